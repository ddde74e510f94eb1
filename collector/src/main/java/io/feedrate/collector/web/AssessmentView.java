package io.feedrate.collector.web;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.IndicatorState;
import io.feedrate.kpi.maturity.Profile;
import java.time.Instant;
import java.util.List;

/**
 * What a maturity profile makes of the KPIs.
 *
 * @param profile name of the profile
 * @param profileVersion its version
 * @param provisional whether the profile is not an agreed standard: said wherever a score is shown
 * @param time when it was computed
 * @param from start of the time that it looks at, inclusive
 * @param to end of it, exclusive
 */
public record AssessmentView(
    String profile,
    String profileVersion,
    boolean provisional,
    Instant time,
    Instant from,
    Instant to,
    List<Dimension> dimensions) {

  public AssessmentView {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * What the page shows of an assessment, in English. Scores are shares of the highest possible
   * one.
   *
   * @param computed when it was computed
   */
  public static AssessmentView of(Assessment assessment, Instant computed) {
    Profile profile = assessment.profile();
    return new AssessmentView(
        profile.title().english(),
        profile.version(),
        profile.isProvisional(),
        computed,
        Times.instant(assessment.startNs()),
        Times.instant(assessment.endNs()),
        assessment.dimensions().stream().map(d -> dimension(d, profile)).toList());
  }

  private static Dimension dimension(DimensionScore score, Profile profile) {
    int lowest = Math.max(score.level().lowest(), 0);
    int highest = Math.max(score.level().highest(), 0);
    return new Dimension(
        score.dimension().id(),
        score.dimension().name().english(),
        score.score().lower() / profile.maxScore(),
        score.score().upper() / profile.maxScore(),
        score.coverage().measured(),
        lowest,
        highest,
        levelName(profile, lowest),
        levelName(profile, highest),
        score.indicators().stream().map(AssessmentView::indicator).toList());
  }

  private static String levelName(Profile profile, int level) {
    return level == 0 ? "" : profile.levels().get(level - 1).name().english();
  }

  private static Indicator indicator(IndicatorScore score) {
    io.feedrate.kpi.maturity.Indicator asked = score.indicator();
    Figure figure = score.figure();
    boolean measured = asked instanceof io.feedrate.kpi.maturity.Indicator.Measured;
    String kpi = "";
    String unit = "1";
    if (asked instanceof io.feedrate.kpi.maturity.Indicator.Measured m) {
      kpi = m.kpi();
      unit = m.unit();
    }
    return new Indicator(
        asked.id(),
        asked.name().english(),
        kpi,
        unit,
        score.verdict().state(),
        measured ? figure.value() : Double.NaN,
        measured ? figure.lower() : Double.NaN,
        measured ? figure.upper() : Double.NaN,
        score.verdict().degree().lower(),
        score.share(),
        score.verdict().explanation());
  }

  /**
   * One dimension.
   *
   * @param id stable, lower_snake_case
   * @param lower score if everything without evidence were worst, 0 to 1; NaN if nothing applies
   * @param upper score if everything without evidence were best, 0 to 1; NaN if nothing applies
   * @param coverage share of the weight that telemetry decides, 0 to 1; NaN if nothing applies
   * @param lowerLevel level at the lower score, 0 where none is reached
   * @param upperLevel level at the upper score
   * @param lowerLevelName for people, "" where none is reached
   * @param upperLevelName for people
   */
  public record Dimension(
      String id,
      String name,
      double lower,
      double upper,
      double coverage,
      int lowerLevel,
      int upperLevel,
      String lowerLevelName,
      String upperLevelName,
      List<Indicator> indicators) {
    public Dimension {
      indicators = List.copyOf(indicators);
    }
  }

  /**
   * One indicator of a dimension.
   *
   * @param id stable
   * @param kpi the KPI behind it, or "" for a document
   * @param unit UCUM code
   * @param value in the unit, or NaN
   * @param lower lower bound of the value, or NaN
   * @param upper upper bound of the value, or NaN or positive infinity
   * @param satisfaction degree of satisfaction 0 to 1 that is sure, or NaN
   * @param share of its dimension's weight, 0 to 1
   * @param detail why it is so, in a sentence
   */
  public record Indicator(
      String id,
      String name,
      String kpi,
      String unit,
      IndicatorState state,
      double value,
      double lower,
      double upper,
      double satisfaction,
      double share,
      String detail) {}
}
