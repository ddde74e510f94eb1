package io.feedrate.collector.report;

import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.report.ReportData.AssetData;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.kpi.ModelUpdate;
import java.util.List;

/** Machines by completeness, model updates and exclusions. */
final class PlantTables {
  private static final int BAR_WIDTH = 230;
  private static final int BAR_HEIGHT = 9;

  private final Sheet sheet;
  private final ReportData data;
  private final Html html;

  PlantTables(Sheet sheet, ReportData data) {
    this.sheet = sheet;
    this.data = data;
    this.html = sheet.html();
  }

  void write() {
    html.open("section");
    assets();
    updates();
    exclusions();
    html.close("section");
  }

  private void assets() {
    sheet.heading("h2", Phrase.ASSETS);
    if (data.assets().isEmpty()) {
      sheet.paragraph(sheet.say(Phrase.NO_ASSETS));
      return;
    }
    sheet.paragraph(sheet.say(Phrase.ASSETS_INTRO));
    sheet.table(
        List.of(30, 22, 12, 36),
        List.of(
            sheet.say(Phrase.ASSET),
            sheet.say(Phrase.SUPPLIER),
            sheet.say(Phrase.COMPLETENESS) + "#",
            sheet.say(Phrase.CAUSES)));
    for (AssetData asset : data.assets()) {
      html.open("tr");
      sheet.cell("wide", asset.path());
      sheet.cell("", asset.supplier().isEmpty() ? Format.NOTHING : asset.supplier());
      sheet.cell("number", sheet.format().figure(asset.figure(), "1"));
      html.open("td");
      OutcomeBar.write(
          html, asset.outcomes(), BAR_WIDTH, BAR_HEIGHT, sheet.say(Phrase.OUTCOMES_SHOW));
      html.close("td").close("tr");
    }
    sheet.endTable();
    more(data.assetCount() - data.assets().size());
    sheet.note(sheet.say(Phrase.COLOURS_ARE));
  }

  private void more(int count) {
    if (count > 0) {
      sheet.note(sheet.say(Phrase.MORE_ROWS, sheet.format().integer(count)));
    }
  }

  private void updates() {
    sheet.heading("h2", Phrase.MODEL_UPDATES);
    if (data.updates().isEmpty()) {
      sheet.paragraph(sheet.say(Phrase.NO_UPDATES));
      return;
    }
    sheet.paragraph(
        sheet.say(
            Phrase.UPDATES_INTRO,
            sheet.format().integer(data.updateCount()),
            sheet.format().integer(data.pendingCount())));
    sheet.table(
        List.of(27, 22, 27, 13, 11),
        List.of(
            sheet.say(Phrase.NODE),
            sheet.say(Phrase.MODEL),
            sheet.say(Phrase.APPROVED),
            sheet.say(Phrase.STATE),
            sheet.say(Phrase.TOOK) + "#"));
    for (ModelUpdate update : data.updates()) {
      html.open("tr");
      sheet.cell("wide", update.node());
      sheet.cell("wide", update.model() + " " + update.version());
      sheet.cell("time", sheet.format().time(update.approvedNs()));
      sheet.cell("", sheet.words().name("end", update.end()));
      sheet.cell("number", took(update));
      html.close("tr");
    }
    sheet.endTable();
    more(data.updateCount() - data.updates().size());
  }

  /** How long until it served; of what is pending, how long it has been waiting. */
  private String took(ModelUpdate update) {
    return switch (update.end()) {
      case SERVED -> sheet.format().duration(update.latencyNs());
      case PENDING -> {
        long waitedNs = data.request().toNs() - update.approvedNs();
        yield "> " + sheet.format().duration(Math.max(0, waitedNs));
      }
      case FAILED, CANCELLED, SUPERSEDED, NODE_RETIRED -> Format.NOTHING;
    };
  }

  private void exclusions() {
    sheet.heading("h2", Phrase.EXCLUSIONS);
    sheet.paragraph(sheet.say(Phrase.EXCLUSIONS_INTRO));
    if (data.exclusions().isEmpty()) {
      sheet.paragraph(sheet.say(Phrase.NO_EXCLUSIONS));
      return;
    }
    sheet.table(
        List.of(16, 19, 19, 15, 11, 20),
        List.of(
            sheet.say(Phrase.SUBJECT),
            sheet.say(Phrase.FROM),
            sheet.say(Phrase.TO),
            sheet.say(Phrase.REASON),
            sheet.say(Phrase.APPROVER),
            sheet.say(Phrase.ENTERED)));
    for (ExclusionRow row : data.exclusions()) {
      ExclusionRecord said = row.said();
      String late =
          row.late() == ExclusionRow.Late.NO ? "" : " (" + sheet.say(Phrase.ENTERED_LATE) + ")";
      String kind =
          said.kind() == ExclusionKind.EXCLUSION
              ? ""
              : " (" + sheet.words().name("exclusion", said.kind()) + ")";
      sheet.row(
          said.subject(),
          sheet.format().time(said.fromNs()),
          sheet.format().time(said.toNs()),
          said.reason() + kind,
          said.approver(),
          sheet.format().time(row.journaledNs()) + late);
    }
    sheet.endTable();
    more(data.exclusionCount() - data.exclusions().size());
  }
}
