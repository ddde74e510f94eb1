package io.feedrate.kpi.maturity;

/** The English sentences of verdicts. */
final class Sentences {

  private Sentences() {}

  static String notEnough(String why) {
    return "not enough evidence: " + why;
  }

  /** Such as "partly met: lower bound 91.2 % (partly from 80 %, mostly from 95 %)". */
  static String decision(Indicator.Measured indicator, double lower, double upper, Degree degree) {
    StringBuilder text = new StringBuilder(degree.words());
    text.append(": ").append(decidedOn(indicator, lower, upper)).append(" (");
    if (degree != Degree.NOT) {
      text.append(threshold(indicator, degree));
    }
    if (degree != Degree.FULLY) {
      text.append(degree == Degree.NOT ? "" : ", ")
          .append(threshold(indicator, next(indicator, degree)));
    }
    return text.append(')').toString();
  }

  private static String decidedOn(Indicator.Measured indicator, double lower, double upper) {
    String unit = indicator.unit();
    if (lower == upper) {
      return Quantities.text(lower, unit);
    }
    return switch (indicator.scale().better()) {
      case HIGHER -> "lower bound " + Quantities.text(lower, unit);
      case LOWER ->
          Double.isFinite(upper)
              ? "upper bound " + Quantities.text(upper, unit)
              : "at least " + Quantities.text(lower, unit);
      case WITHIN ->
          "between " + Quantities.text(lower, unit) + " and " + Quantities.text(upper, unit);
    };
  }

  // Where two degrees have the same threshold, the next one is the higher of the two.
  private static Degree next(Indicator.Measured indicator, Degree degree) {
    Degree next = Degree.values()[degree.ordinal() + 1];
    while (next != Degree.FULLY
        && indicator
            .scale()
            .range(next)
            .equals(indicator.scale().range(Degree.values()[next.ordinal() + 1]))) {
      next = Degree.values()[next.ordinal() + 1];
    }
    return next;
  }

  private static String threshold(Indicator.Measured indicator, Degree degree) {
    Scale.Range range = indicator.scale().range(degree);
    String word = degree.words().replace(" met", "");
    String min = Quantities.text(range.min(), indicator.unit());
    String max = Quantities.text(range.max(), indicator.unit());
    return switch (indicator.scale().better()) {
      case HIGHER -> word + " from " + min;
      case LOWER -> word + " up to " + max;
      case WITHIN -> word + " from " + min + " to " + max;
    };
  }
}
