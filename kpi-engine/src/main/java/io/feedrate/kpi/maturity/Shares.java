package io.feedrate.kpi.maturity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Each indicator's share of the whole, 0 to 1: weights are relative to the siblings that count, so
 * what does not count leaves its weight to its own part and not to the others.
 */
final class Shares {

  private final Predicate<Indicator> counts;
  private final Map<String, Double> byIndicator = new HashMap<>();

  private Shares(Predicate<Indicator> counts) {
    this.counts = counts;
  }

  /** The shares by indicator id; those that do not count are absent. */
  static Map<String, Double> of(
      List<Dimension> parts, List<Indicator> indicators, Predicate<Indicator> counts) {
    Shares shares = new Shares(indicator -> indicator.weight() > 0 && counts.test(indicator));
    shares.spread(1, parts, indicators);
    return shares.byIndicator;
  }

  private void spread(double total, List<Dimension> parts, List<Indicator> indicators) {
    double sum = 0;
    for (Dimension part : parts) {
      sum += weight(part);
    }
    for (Indicator indicator : indicators) {
      sum += weight(indicator);
    }
    if (sum == 0) {
      return;
    }
    for (Dimension part : parts) {
      if (weight(part) > 0) {
        spread(total * part.weight() / sum, part.parts(), part.indicators());
      }
    }
    for (Indicator indicator : indicators) {
      if (weight(indicator) > 0) {
        byIndicator.put(indicator.id(), total * indicator.weight() / sum);
      }
    }
  }

  private double weight(Indicator indicator) {
    return counts.test(indicator) ? indicator.weight() : 0;
  }

  private double weight(Dimension part) {
    boolean any =
        part.parts().stream().anyMatch(p -> weight(p) > 0)
            || part.indicators().stream().anyMatch(i -> weight(i) > 0);
    return any ? part.weight() : 0;
  }
}
