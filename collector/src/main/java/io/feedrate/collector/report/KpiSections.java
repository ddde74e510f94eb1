package io.feedrate.collector.report;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Half a page for each KPI: figure, decision, plot, causes, method, exclusions. */
final class KpiSections {
  private static final int BAR_WIDTH = 657;
  private static final int BAR_HEIGHT = 13;

  private final Sheet sheet;
  private final ReportData data;
  private final Html html;

  KpiSections(Sheet sheet, ReportData data) {
    this.sheet = sheet;
    this.data = data;
    this.html = sheet.html();
  }

  void write() {
    for (DimensionScore dimension : data.assessment().dimensions()) {
      Map<String, List<IndicatorScore>> asked = asked(dimension);
      if (!asked.isEmpty()) {
        html.open("section");
        html.element(
            "h2",
            sheet.say(
                Phrase.KPIS_OF, dimension.dimension().name().in(sheet.words().language().tag())));
        asked.forEach(this::section);
        html.close("section");
      }
    }
    if (data.request().everyKpi()) {
      html.open("section");
      sheet.heading("h2", Phrase.OTHER_KPIS);
      data.assessment().unmapped().keySet().forEach(id -> section(id, List.of()));
      html.close("section");
    }
  }

  /** One section for a KPI, however many indicators ask for it. */
  private Map<String, List<IndicatorScore>> asked(DimensionScore dimension) {
    Map<String, List<IndicatorScore>> asked = new LinkedHashMap<>();
    for (IndicatorScore score : dimension.indicators()) {
      if (score.indicator() instanceof Indicator.Measured measured
          && data.kpis().containsKey(measured.kpi())) {
        asked.computeIfAbsent(measured.kpi(), kpi -> new ArrayList<>()).add(score);
      }
    }
    return asked;
  }

  private void section(String id, List<IndicatorScore> scores) {
    KpiData its = data.kpis().get(id);
    if (its == null) {
      return;
    }
    html.open("div", "class", "kpi", "id", "kpi-" + id);
    html.element("h3", sheet.words().kpi(its.kpi()));
    verdict(its, scores);
    if (its.isDrawn()) {
      Indicator.Measured indicator =
          scores.isEmpty() ? null : (Indicator.Measured) scores.get(0).indicator();
      TimePlot.write(html, its, sheet.words(), sheet.format(), indicator);
      sheet.note(legend(its, indicator != null));
    }
    causes(its);
    method(its, scores);
    html.close("div");
  }

  private String legend(KpiData its, boolean isJudged) {
    String each = sheet.format().duration(its.buckets().stepNs());
    String text = sheet.say(Phrase.PLOT_LEGEND, each);
    return isJudged ? sheet.words().sentences(text, sheet.say(Phrase.PLOT_THRESHOLD)) : text;
  }

  private void verdict(KpiData its, List<IndicatorScore> scores) {
    Figure figure = its.figure();
    html.open("table", "class", "plain").open("tbody").open("tr");
    html.open("td", "style", "width:32%");
    html.element("span", sheet.format().figure(figure, its.unit()), "class", "big");
    String bounds = sheet.format().bounds(figure, its.unit());
    if (!bounds.isEmpty()) {
      html.empty("br");
      html.element("span", sheet.say(Phrase.BETWEEN, bounds), "class", "muted small");
    }
    html.close("td").open("td");
    if (scores.isEmpty()) {
      html.element("p", sheet.words().name("state", figure.state()));
    }
    for (IndicatorScore score : scores) {
      html.open("p");
      html.element(
          "span",
          sheet.verdicts().degree(score),
          "class",
          "degree " + sheet.verdicts().colour(score));
      String why = sheet.say(Phrase.BECAUSE, sheet.verdicts().why(score)) + sheet.say(Phrase.STOP);
      html.text(
          sheet
              .words()
              .sentences(why, sheet.verdicts().thresholds((Indicator.Measured) score.indicator())));
      html.close("p");
    }
    html.close("td").close("tr").close("tbody").close("table");
  }

  private void causes(KpiData its) {
    boolean isAny = its.counts().stream().anyMatch(count -> count > 0);
    if (!isAny) {
      return;
    }
    if (isOfSlots(its.kpi())) {
      OutcomeBar.write(html, its.counts(), BAR_WIDTH, BAR_HEIGHT, sheet.say(Phrase.OUTCOMES_SHOW));
      outcomes(its.counts());
      return;
    }
    StringJoiner counts = new StringJoiner(sheet.say(Phrase.SEMICOLON));
    for (int i = 0; i < its.kpi().counts().size(); i++) {
      String name = its.kpi().counts().get(i);
      counts.add(sheet.words().count(name) + " " + count(name, its.counts().get(i)));
    }
    html.open("p", "class", "small");
    html.element("span", sheet.say(Phrase.COUNTS) + sheet.say(Phrase.COLON), "class", "name");
    html.text(counts.toString()).close("p");
  }

  /** Times are told as times. */
  private String count(String name, long count) {
    if (name.endsWith("_ms")) {
      return sheet.format().quantity(count / 1e3, "s");
    } else if (name.endsWith("_us")) {
      return sheet.format().quantity(count / 1e6, "s");
    } else if (name.endsWith("_s") || name.endsWith("_seconds")) {
      return sheet.format().quantity((double) count, "s");
    } else if (name.equals("ambiguous_ppm") || name.equals("sum_ppm")) {
      return sheet.format().number(count / 1e6, 3);
    }
    return sheet.format().integer(count);
  }

  static boolean isOfSlots(Kpi kpi) {
    return kpi.basis().equals("sensor_data_completeness");
  }

  private void outcomes(List<Long> counts) {
    long all = OutcomeBar.inScope(counts);
    html.open("p", "class", "small", "style", "margin-top:3pt");
    for (Outcome outcome : Outcome.values()) {
      long count = counts.get(outcome.ordinal());
      if (count > 0) {
        html.open("span", "class", "item");
        html.open("span", "class", "swatch", "style", "background:" + Colours.of(outcome));
        html.close("span");
        String share =
            outcome == Outcome.EXCLUDED || all == 0
                ? ""
                : " (" + sheet.format().quantity((double) count / all, "1") + ")";
        html.text(
            sheet.words().name("outcome", outcome) + " " + sheet.format().integer(count) + share);
        html.close("span").text("   ");
      }
    }
    html.close("p");
  }

  private void method(KpiData its, List<IndicatorScore> scores) {
    sheet.facts();
    sheet.fact(
        sheet.say(Phrase.METHOD), sheet.words().formula(its.kpi()) + " [" + its.kpi().id() + "]");
    sheet.fact(sheet.say(Phrase.UNIT), sheet.format().unit(its.kpi()));
    sheet.fact(sheet.say(Phrase.SOURCE), sheet.words().source(its.kpi()));
    if (!scores.isEmpty()) {
      Indicator.Measured first = (Indicator.Measured) scores.get(0).indicator();
      sheet.fact(
          sheet.say(Phrase.THRESHOLDS_BY), sheet.say(Phrase.THRESHOLDS_ARE, first.thresholdsBy()));
    }
    sheet.fact(sheet.say(Phrase.EXCLUSIONS), exclusions(its));
    sheet.endTable();
  }

  private String exclusions(KpiData its) {
    for (String name : List.of("excluded", "excluded_ms", "out_of_scope_ms")) {
      if (its.kpi().counts().contains(name)) {
        long count = its.count(name);
        return count == 0
            ? sheet.say(Phrase.NOTHING_EXCLUDED)
            : sheet.say(Phrase.EXCLUDED, sheet.words().count(name) + " " + count(name, count));
      }
    }
    return data.exclusionCount() == 0
        ? sheet.say(Phrase.NOTHING_EXCLUDED)
        : sheet.say(Phrase.SEE_EXCLUSIONS);
  }
}
