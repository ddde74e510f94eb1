package io.feedrate.collector.report;

import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Coverage;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.LevelRange;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Scoring;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;

/** The first page: where the plant stands, how sure that is, and what is missing most. */
final class SummaryPage {

  private static final int MOST_MISSING = 5;

  private final Sheet sheet;
  private final ReportData data;
  private final Assessment assessment;
  private final Profile profile;
  private final Html html;

  SummaryPage(Sheet sheet, ReportData data) {
    this.sheet = sheet;
    this.data = data;
    this.assessment = data.assessment();
    this.profile = assessment.profile();
    this.html = sheet.html();
  }

  void write() {
    head();
    headline();
    html.open("table", "class", "plain", "style", "table-layout:fixed").open("tbody").open("tr");
    if (Radar.isDrawn(assessment)) {
      html.open("td", "style", "width:55%;vertical-align:middle;padding-right:0");
      Radar.write(html, assessment, sheet.words());
      html.close("td");
    }
    html.open("td", "style", "vertical-align:middle;padding-right:0");
    assessment.dimensions().forEach(this::dimension);
    html.close("td").close("tr").close("tbody").close("table");
    missing();
    howToRead();
  }

  private void head() {
    html.element("h1", sheet.say(Phrase.TITLE_ASSESSMENT, title()));
    html.element("p", assessment.subject(), "class", "big");
    sheet.facts();
    sheet.fact(
        sheet.say(Phrase.PERIOD),
        sheet.format().period(assessment.startNs(), assessment.endNs())
            + " ("
            + sheet.say(Phrase.TIME_ZONE, sheet.format().zone())
            + ")");
    if (data.isEmpty()) {
      sheet.fact(sheet.say(Phrase.MEASURED_IN), sheet.say(Phrase.NOTHING_MEASURED));
    } else {
      sheet.fact(
          sheet.say(Phrase.MEASURED_IN), sheet.format().period(data.firstNs(), data.lastNs()));
    }
    sheet.fact(sheet.say(Phrase.PROFILE), profile.id() + " " + profile.version());
    sheet.fact(
        sheet.say(Phrase.MADE),
        sheet.format().time(data.request().madeNs()) + ", " + data.request().software());
    sheet.endTable();
    String text = sheet.say(Phrase.SELF_ASSESSMENT);
    if (profile.isProvisional()) {
      text = sheet.words().sentences(sheet.say(Phrase.PROVISIONAL_CAUTION, title()), text);
    }
    html.element("div", text, "class", "caution");
  }

  private String title() {
    return profile.title().in(sheet.words().language().tag());
  }

  private void headline() {
    LevelRange level = assessment.overall().level();
    String said = sheet.format().level(profile, level);
    boolean minimum = profile.scoring().overall() == Scoring.Overall.MINIMUM;
    String text = sheet.say(Phrase.LEVEL_IS, said, profile.levels().size());
    if (minimum && level.isDefined()) {
      StringJoiner weakest = new StringJoiner(sheet.say(Phrase.COMMA));
      assessment.dimensions().stream()
          .filter(d -> d.score().isDefined())
          .filter(d -> d.score().lower() == assessment.overall().minimum().lower())
          .forEach(d -> weakest.add(name(d)));
      text = sheet.words().sentences(text, sheet.say(Phrase.WEAKEST_DECIDES, weakest));
    }
    if (level.isDefined() && !level.isSingle()) {
      String open = sheet.format().share(open(assessment.overall().coverage()));
      text = sheet.words().sentences(text, sheet.say(Phrase.RANGE_BECAUSE, open));
    }
    html.element("div", text, "class", "headline");
  }

  private static double open(Coverage coverage) {
    return coverage.missing() + coverage.declared();
  }

  private String name(DimensionScore dimension) {
    return dimension.dimension().name().in(sheet.words().language().tag());
  }

  private void dimension(DimensionScore dimension) {
    html.open("div", "style", "margin-bottom:7pt;page-break-inside:avoid");
    html.element("div", name(dimension), "class", "name");
    html.element(
        "div",
        sheet.say(
            Phrase.LEVEL_AND_SCORE,
            sheet.format().level(profile, dimension.level()),
            sheet.format().score(dimension.score()),
            sheet.format().number(profile.maxScore(), 0)));
    ScoreBar.write(
        html, dimension.score(), profile.maxScore(), sheet.format().score(dimension.score()));
    html.element("div", coverage(dimension.coverage()), "class", "muted small");
    html.close("div");
  }

  private String coverage(Coverage coverage) {
    if (Double.isNaN(coverage.measured())) {
      return sheet.say(Phrase.NOT_APPLICABLE);
    }
    StringJoiner parts = new StringJoiner(sheet.say(Phrase.COMMA));
    part(parts, coverage.measured(), Phrase.SHARE_MEASURED);
    part(parts, coverage.reviewed(), Phrase.SHARE_REVIEWED);
    part(parts, coverage.declared(), Phrase.SHARE_DECLARED);
    part(parts, coverage.notImplemented(), Phrase.SHARE_NOT_THERE);
    part(parts, coverage.missing(), Phrase.SHARE_OPEN);
    return parts.toString();
  }

  private void part(StringJoiner parts, double share, Phrase phrase) {
    if (share > 0) {
      parts.add(sheet.say(phrase, sheet.format().share(share)));
    }
  }

  /** What an indicator keeps its dimension's proven score from. */
  private record Missing(DimensionScore dimension, IndicatorScore score, double cost) {}

  private void missing() {
    List<Missing> all = new ArrayList<>();
    for (DimensionScore dimension : assessment.dimensions()) {
      for (IndicatorScore score : dimension.indicators()) {
        if (score.verdict().degree().isDefined()) {
          double cost = score.share() * (1 - score.verdict().degree().lower());
          all.add(new Missing(dimension, score, cost));
        }
      }
    }
    List<Missing> most =
        all.stream()
            .filter(m -> m.cost > 0)
            .sorted(
                Comparator.comparingDouble((Missing m) -> m.dimension.score().lower())
                    .thenComparing(Comparator.comparingDouble(Missing::cost).reversed()))
            .toList();
    if (most.isEmpty()) {
      return;
    }
    sheet.heading("h3", Phrase.MISSING_MOST);
    html.open("ol");
    most.stream().limit(MOST_MISSING).forEach(this::missing);
    html.close("ol");
    if (most.size() > MOST_MISSING) {
      sheet.note(sheet.say(Phrase.MORE_MISSING, most.size() - MOST_MISSING));
    }
  }

  private void missing(Missing missing) {
    html.open("li");
    html.element("span", sheet.verdicts().name(missing.score.indicator()), "class", "name");
    html.text(
        sheet.say(
            Phrase.MISSING_ITEM,
            name(missing.dimension),
            sheet.verdicts().why(missing.score),
            sheet.verdicts().next(missing.score)));
    html.close("li");
  }

  private void howToRead() {
    sheet.heading("h3", Phrase.HOW_TO_READ);
    html.open("ul", "class", "small");
    html.element("li", sheet.say(Phrase.READ_SCORE));
    html.element("li", sheet.say(Phrase.READ_LEVEL));
    html.element("li", sheet.say(Phrase.READ_COVERAGE));
    html.element("li", sheet.say(Phrase.READ_BOUNDS));
    html.close("ul");
  }
}
