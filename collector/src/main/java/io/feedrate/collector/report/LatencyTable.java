package io.feedrate.collector.report;

import java.util.List;

/** Some KPIs of the subject with their bounds and formulas. */
final class LatencyTable {
  private LatencyTable() {}

  static void write(Sheet sheet, ReportData data, List<String> kpis) {
    sheet.table(
        List.of(33, 14, 18, 35),
        List.of(
            sheet.say(Phrase.KPI),
            sheet.say(Phrase.FIGURE) + "#",
            sheet.say(Phrase.BOUNDS) + "#",
            sheet.say(Phrase.FORMULA)));
    for (String id : kpis) {
      KpiData its = data.kpis().get(id);
      if (its == null) {
        throw new IllegalStateException("no KPI " + id);
      }
      sheet.html().open("tr");
      sheet.cell("", sheet.words().kpi(its.kpi()));
      sheet.cell("number", sheet.format().figure(its.figure(), its.unit()));
      sheet.cell("number", sheet.format().bounds(its.figure(), its.unit()));
      sheet.cell("small muted", sheet.words().formula(its.kpi()));
      sheet.html().close("tr");
    }
    sheet.endTable();
  }
}
