package io.feedrate.kpi;

/**
 * A KPI's value with its bounds. Undefined stays undefined: {@link Double#NaN}, never 0 or 1.
 *
 * @param state what the value is worth
 * @param value in the KPI's unit, or NaN
 * @param lower lower bound, or NaN; negative infinity never occurs
 * @param upper upper bound, or NaN; positive infinity where only ">= lower" is known
 */
public record Figure(State state, double value, double lower, double upper) {

  /** Nothing was due. */
  public static final Figure NOT_APPLICABLE =
      new Figure(State.NOT_APPLICABLE, Double.NaN, Double.NaN, Double.NaN);

  /** Something was due, but it cannot be told what became of it. */
  public static final Figure INSUFFICIENT =
      new Figure(State.INSUFFICIENT_EVIDENCE, Double.NaN, Double.NaN, Double.NaN);

  /** A measured value without uncertainty, such as a census ratio. */
  public static Figure exact(double value) {
    return new Figure(State.MEASURED, value, value, value);
  }

  /** A ratio of counts; a denominator of 0 means that nothing was due. */
  public static Figure ratio(long numerator, long denominator) {
    return denominator == 0 ? NOT_APPLICABLE : exact((double) numerator / denominator);
  }
}
