package io.feedrate.kpi.maturity;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The English sentences of verdicts. */
final class Sentences {

  private Sentences() {}

  static String notEnough(String why) {
    return "not enough evidence: " + why;
  }

  /** Such as "partly met: lower bound 91.2 % (partly from 80 %, mostly from 95 %)". */
  static String decision(Indicator.Measured indicator, double lower, double upper, Degree degree) {
    List<Degree> shown = new ArrayList<>();
    if (degree != Degree.NOT) {
      shown.add(degree);
    }
    if (degree != Degree.FULLY) {
      shown.add(next(indicator, degree));
    }
    List<Double> limits = new ArrayList<>();
    StringJoiner thresholds = new StringJoiner(", ", " (", ")");
    for (Degree each : shown) {
      limits.add(indicator.scale().range(each).min());
      limits.add(indicator.scale().range(each).max());
      thresholds.add(threshold(indicator, each));
    }
    return degree.words() + ": " + decidedOn(indicator, lower, upper, limits) + thresholds;
  }

  /** What just misses a threshold must not read as the threshold. */
  private static String decidedOn(
      Indicator.Measured indicator, double lower, double upper, List<Double> limits) {
    String least = Quantities.textUnlike(lower, indicator.unit(), limits);
    if (lower == upper) {
      return least;
    }
    String most = Quantities.textUnlike(upper, indicator.unit(), limits);
    return switch (indicator.scale().better()) {
      case HIGHER -> "lower bound " + least;
      case LOWER -> Double.isFinite(upper) ? "upper bound " + most : "at least " + least;
      case WITHIN -> "between " + least + " and " + most;
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
