package io.feedrate.collector.web;

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

  /** What is known of an indicator. */
  public enum IndicatorState {
    /** By telemetry, with enough evidence. */
    MEASURED,
    /** Something was due, but what is known does not carry a figure. */
    INSUFFICIENT_EVIDENCE,
    /** Does not apply here; takes its weight out. */
    NOT_APPLICABLE,
    /** Known not to be done. */
    NOT_IMPLEMENTED,
    /** By a document that a person has to judge. */
    DECLARED
  }

  /**
   * One dimension.
   *
   * @param id stable, lower_snake_case
   * @param lower score if everything without evidence were worst, 0 to 1; NaN if nothing applies
   * @param upper score if everything without evidence were best, 0 to 1; NaN if nothing applies
   * @param coverage share of the weight that has evidence, 0 to 1
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
   * @param satisfaction degree of satisfaction 0 to 1 that the value earns, or NaN
   * @param weight in its dimension
   * @param detail what a person should know: why there is no evidence, what is missing
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
      double weight,
      String detail) {}
}
