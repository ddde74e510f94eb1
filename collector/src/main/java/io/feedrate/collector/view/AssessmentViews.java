package io.feedrate.collector.view;

import io.feedrate.collector.web.AssessmentView;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns an assessment into what the page shows of it. */
final class AssessmentViews {
  private final Assessment assessment;

  private AssessmentViews(Assessment assessment) {
    this.assessment = assessment;
  }

  static AssessmentView of(Assessment assessment, Instant time) {
    AssessmentViews views = new AssessmentViews(assessment);
    return new AssessmentView(
        assessment.profile().title().english(),
        assessment.profile().version(),
        assessment.profile().isProvisional(),
        time,
        Times.instant(assessment.startNs()),
        Times.instant(assessment.endNs()),
        assessment.dimensions().stream().map(views::dimension).toList());
  }

  private AssessmentView.Dimension dimension(DimensionScore score) {
    int lower = Math.max(0, score.level().lowest());
    int upper = Math.max(0, score.level().highest());
    return new AssessmentView.Dimension(
        score.dimension().id(),
        score.dimension().name().english(),
        score.score().lower(),
        score.score().upper(),
        score.coverage().measured(),
        lower,
        upper,
        levelName(lower),
        levelName(upper),
        indicators(score));
  }

  private String levelName(int level) {
    List<Level> levels = assessment.profile().levels();
    return level == 0 ? "" : levels.get(level - 1).name().english();
  }

  private static List<AssessmentView.Indicator> indicators(DimensionScore score) {
    List<AssessmentView.Indicator> indicators = new ArrayList<>();
    score.indicators().forEach(i -> indicators.add(indicator(i)));
    score.parts().forEach(part -> indicators.addAll(indicators(part)));
    return indicators;
  }

  private static AssessmentView.Indicator indicator(IndicatorScore score) {
    Indicator indicator = score.indicator();
    String kpi = indicator instanceof Indicator.Measured m ? m.kpi() : "";
    String unit = indicator instanceof Indicator.Measured m ? m.unit() : "";
    var degree = score.verdict().degree();
    return new AssessmentView.Indicator(
        indicator.id(),
        indicator.name().english(),
        kpi,
        unit,
        AssessmentView.IndicatorState.valueOf(score.verdict().state().name()),
        score.figure().value(),
        score.figure().lower(),
        score.figure().upper(),
        degree.isDefined() && degree.isPoint() ? degree.lower() : Double.NaN,
        indicator.weight(),
        score.verdict().explanation());
  }
}
