package io.feedrate.collector.report;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import java.util.List;

/** For each dimension what it asks for, what was found and what was decided. */
final class IndicatorTables {

  /** So many rows are kept together on a page. */
  private static final int MOST_TOGETHER = 14;

  private final Sheet sheet;
  private final Assessment assessment;
  private final Html html;
  private final String language;

  IndicatorTables(Sheet sheet, Assessment assessment) {
    this.sheet = sheet;
    this.assessment = assessment;
    this.html = sheet.html();
    this.language = sheet.words().language().tag();
  }

  void write() {
    html.open("section");
    sheet.heading("h2", Phrase.INDICATORS);
    sheet.paragraph(sheet.say(Phrase.INDICATORS_INTRO));
    assessment.dimensions().forEach(d -> dimension(d, ""));
    html.close("section");
    unmapped();
  }

  private void dimension(DimensionScore dimension, String above) {
    String name = above + dimension.dimension().name().in(language);
    List<Indicator> own = dimension.dimension().indicators();
    boolean isShort = own.size() <= MOST_TOGETHER;
    html.open("div", "class", isShort ? "together" : "long");
    html.element("h3", name);
    if (above.isEmpty()) {
      sheet.note(
          sheet.say(
              Phrase.LEVEL_AND_SCORE,
              sheet.format().level(assessment.profile(), dimension.level()),
              sheet.format().score(dimension.score()),
              sheet.format().number(assessment.profile().maxScore(), 0)));
    }
    if (!own.isEmpty()) {
      sheet.table(
          List.of(29, 13, 15, 15, 28),
          List.of(
              sheet.say(Phrase.INDICATOR),
              sheet.say(Phrase.FIGURE) + "#",
              sheet.say(Phrase.BOUNDS) + "#",
              sheet.say(Phrase.FULLY_FROM) + "#",
              sheet.say(Phrase.DECISION)));
      dimension.indicators().stream()
          .filter(score -> own.contains(score.indicator()))
          .forEach(this::row);
      sheet.endTable();
    }
    html.close("div");
    dimension.parts().forEach(part -> dimension(part, name + " / "));
  }

  private void row(IndicatorScore score) {
    Indicator indicator = score.indicator();
    html.open("tr").open("td");
    if (indicator instanceof Indicator.Measured measured) {
      html.element("a", sheet.verdicts().name(indicator), "href", "#kpi-" + measured.kpi());
    } else {
      html.text(sheet.verdicts().name(indicator));
    }
    if (indicator.mandatory()) {
      html.text(" (" + sheet.say(Phrase.MANDATORY_FOR, indicator.level()) + ")");
    }
    html.close("td");
    if (indicator instanceof Indicator.Measured measured) {
      sheet.cell("number", sheet.format().figure(score.figure(), measured.unit()));
      sheet.cell("number", sheet.format().bounds(score.figure(), measured.unit()));
      sheet.cell("number", sheet.verdicts().asked(indicator));
    } else {
      html.element(
          "td",
          sheet.say(Phrase.DOCUMENT),
          "class",
          "muted",
          "colspan",
          "3",
          "style",
          "text-align:right");
    }
    html.open("td");
    html.element(
        "span",
        sheet.verdicts().degree(score),
        "class",
        "degree " + sheet.verdicts().colour(score));
    html.text(sheet.say(Phrase.BECAUSE, sheet.verdicts().why(score)));
    html.close("td").close("tr");
  }

  private void unmapped() {
    if (assessment.unmapped().isEmpty()) {
      return;
    }
    html.open("section");
    sheet.heading("h2", Phrase.OTHER_KPIS);
    sheet.paragraph(sheet.say(Phrase.OTHER_KPIS_INTRO));
    sheet.table(
        List.of(36, 13, 16, 35),
        List.of(
            sheet.say(Phrase.KPI),
            sheet.say(Phrase.FIGURE) + "#",
            sheet.say(Phrase.BOUNDS) + "#",
            sheet.say(Phrase.FORMULA)));
    for (Kpi kpi : Kpis.ALL) {
      if (assessment.unmapped().containsKey(kpi.id())) {
        html.open("tr");
        sheet.cell("", sheet.words().kpi(kpi));
        sheet.cell(
            "number",
            sheet.format().figure(assessment.unmapped().get(kpi.id()), KpiData.unit(kpi)));
        sheet.cell(
            "number",
            sheet.format().bounds(assessment.unmapped().get(kpi.id()), KpiData.unit(kpi)));
        sheet.cell("small muted", sheet.words().formula(kpi));
        html.close("tr");
      }
    }
    sheet.endTable();
    html.close("section");
  }
}
