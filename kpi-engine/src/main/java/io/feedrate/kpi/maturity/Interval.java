package io.feedrate.kpi.maturity;

/**
 * What is known of a score: it lies between these two, both included. Undefined stays undefined.
 *
 * @param lower the score if everything unknown were not satisfied, or NaN
 * @param upper the score if everything unknown were fully satisfied, or NaN
 */
public record Interval(double lower, double upper) {

  /** Nothing is applicable, so there is nothing to score. */
  public static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);

  /** Nothing is known. */
  public static final Interval UNKNOWN = new Interval(0, 1);

  private static final double ROUNDING = 1e9;

  public Interval {
    lower = round(lower);
    upper = round(upper);
    if (lower > upper || Double.isNaN(lower) != Double.isNaN(upper)) {
      throw new IllegalArgumentException("not an interval: " + lower + " to " + upper);
    }
  }

  /** A known degree. */
  public static Interval of(Degree degree) {
    return new Interval(degree.value(), degree.value());
  }

  /** From one degree to another. */
  public static Interval of(Degree worst, Degree best) {
    return new Interval(worst.value(), best.value());
  }

  /** Whether there is something to score. */
  public boolean isDefined() {
    return !Double.isNaN(lower);
  }

  /** Whether both ends are the same. */
  public boolean isPoint() {
    return lower == upper;
  }

  /** Upper less lower: what more evidence can still change. */
  public double width() {
    return upper - lower;
  }

  private static double round(double value) {
    return Math.rint(value * ROUNDING) / ROUNDING;
  }
}
