package io.feedrate.collector.report;

import io.feedrate.collector.report.ReportData.RegisterData;
import io.feedrate.collector.store.Handover;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.State;
import io.feedrate.kpi.maturity.Declaration;
import io.feedrate.kpi.maturity.Document;
import io.feedrate.kpi.maturity.Profile;
import java.util.List;

/** What an assessor needs to find the same again: digests, documents, words. */
final class Annex {
  private final Sheet sheet;
  private final ReportData data;
  private final Html html;

  Annex(Sheet sheet, ReportData data) {
    this.sheet = sheet;
    this.data = data;
    this.html = sheet.html();
  }

  void write() {
    html.open("section");
    sheet.heading("h2", Phrase.ANNEX);
    sheet.paragraph(sheet.say(Phrase.ANNEX_INTRO));
    digests();
    registers();
    documents();
    declarations();
    handovers();
    glossary();
    html.close("section");
  }

  private void digests() {
    Profile profile = data.assessment().profile();
    sheet.heading("h3", Phrase.DIGESTS);
    sheet.facts();
    sheet.fact(
        sheet.say(Phrase.PROFILE),
        profile.id() + " " + profile.version() + ", SHA-256 " + profile.digest());
    sheet.fact(sheet.say(Phrase.SOFTWARE), data.request().software());
    sheet.fact(
        sheet.say(Phrase.LOG_ROOT),
        data.request()
            .logHead()
            .map(
                head ->
                    sheet.say(
                            Phrase.LOG_HEAD,
                            sheet.format().integer(head.size()),
                            sheet.format().time(head.signedNs()))
                        + " "
                        + head.note().replace('\n', ' ').strip())
            .orElseGet(() -> sheet.say(Phrase.NO_LOG)));
    sheet.endTable();
    if (profile.isProvisional()) {
      sheet.note(sheet.say(Phrase.PROVISIONAL_BECAUSE, profile.provisional()));
    }
  }

  private void registers() {
    sheet.heading("h3", Phrase.REGISTERS);
    sheet.paragraph(sheet.say(Phrase.REGISTERS_INTRO));
    sheet.table(
        List.of(22, 10, 10, 58),
        List.of(
            sheet.say(Phrase.SINCE),
            sheet.say(Phrase.ASSET_COUNT) + "#",
            sheet.say(Phrase.SIGNAL_COUNT) + "#",
            "SHA-256"));
    for (RegisterData register : data.registers()) {
      html.open("tr");
      sheet.cell("", sheet.format().time(register.sinceNs()));
      sheet.cell("number", sheet.format().integer(register.assets()));
      sheet.cell("number", sheet.format().integer(register.signals()));
      sheet.cell("digest", register.hash());
      html.close("tr");
    }
    sheet.endTable();
  }

  private void documents() {
    sheet.heading("h3", Phrase.DOCUMENTS);
    List<Document> documents = data.request().stated().documents();
    if (documents.isEmpty()) {
      sheet.paragraph(sheet.say(Phrase.NO_DOCUMENTS));
      return;
    }
    sheet.table(
        List.of(17, 21, 14, 18, 30),
        List.of(
            sheet.say(Phrase.INDICATOR),
            sheet.say(Phrase.DOCUMENT),
            sheet.say(Phrase.ISSUER),
            sheet.say(Phrase.REVIEW),
            "SHA-256"));
    for (Document document : documents) {
      html.open("tr");
      sheet.cell("wide", document.indicator());
      sheet.cell("wide", document.title());
      sheet.cell("wide", document.issuer());
      sheet.cell("wide", sheet.verdicts().review(document));
      sheet.cell("digest", document.digest());
      html.close("tr");
    }
    sheet.endTable();
  }

  private void declarations() {
    List<Declaration> declarations = data.request().stated().declarations();
    if (declarations.isEmpty()) {
      return;
    }
    sheet.heading("h3", Phrase.DECLARATIONS);
    sheet.table(
        List.of(22, 22, 26, 14, 16),
        List.of(
            sheet.say(Phrase.INDICATOR),
            sheet.say(Phrase.DECISION),
            sheet.say(Phrase.REASON),
            sheet.say(Phrase.APPROVER),
            sheet.say(Phrase.ENTERED)));
    for (Declaration d : declarations) {
      Phrase what =
          d instanceof Declaration.NotApplicable
              ? Phrase.DECLARED_NOT_APPLICABLE
              : Phrase.DECLARED_NOT_IMPLEMENTED;
      sheet.row(
          d.indicator(),
          sheet.say(what),
          d.reason(),
          d.approver(),
          sheet.format().time(d.enteredNs()));
    }
    sheet.endTable();
  }

  private void handovers() {
    for (Handover handover : data.handovers()) {
      sheet.note(
          sheet.say(
              Phrase.HANDOVER,
              sheet.format().time(handover.sinceNs()),
              sheet.format().integer(handover.rows().results())));
    }
  }

  private void glossary() {
    sheet.heading("h3", Phrase.GLOSSARY);
    sheet.table(List.of(26, 74), List.of(sheet.say(Phrase.OUTCOME), sheet.say(Phrase.MEANING)));
    for (Outcome outcome : Outcome.values()) {
      html.open("tr")
          .open("td")
          .open("span", "class", "swatch", "style", "background:" + Colours.of(outcome));
      html.close("span").text(sheet.words().name("outcome", outcome)).close("td");
      sheet.cell("", sheet.words().name("outcome-means", outcome));
      html.close("tr");
    }
    for (State state : State.values()) {
      html.open("tr");
      sheet.cell("", sheet.words().name("state", state));
      sheet.cell("", sheet.words().name("state-means", state));
      html.close("tr");
    }
    sheet.endTable();
  }
}
