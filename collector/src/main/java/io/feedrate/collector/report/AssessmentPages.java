package io.feedrate.collector.report;

import io.feedrate.kpi.maturity.Profile;

/** The assessment report from its first page to its annex: one template for every form. */
final class AssessmentPages {
  private AssessmentPages() {}

  static Layout.Page of(ReportData data, Language language) {
    Sheet sheet = Sheet.of(language, data.zone());
    new SummaryPage(sheet, data).write();
    new IndicatorTables(sheet, data.assessment()).write();
    new KpiSections(sheet, data).write();
    new PlantTables(sheet, data).write();
    new Annex(sheet, data).write();
    ReportRequest request = data.request();
    Profile profile = request.profile();
    String title = sheet.say(Phrase.TITLE_ASSESSMENT, profile.title().in(language.tag()));
    String caution = sheet.say(profile.isProvisional() ? Phrase.FOOTER_PROVISIONAL : Phrase.FOOTER);
    return new Layout.Page(
        title + ", " + request.subject(),
        request.subject()
            + ", "
            + sheet.format().period(request.fromNs(), request.toNs())
            + ". "
            + caution,
        sheet.html().toString(),
        language,
        request.madeNs(),
        request.software());
  }
}
