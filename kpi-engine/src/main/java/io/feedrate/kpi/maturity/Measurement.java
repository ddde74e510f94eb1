package io.feedrate.kpi.maturity;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import java.util.Map;
import java.util.TreeMap;

/**
 * A KPI's figure over the assessed period, with the base counts that it was computed from.
 *
 * @param figure value, bounds and state
 * @param counts by name; empty where the caller has none
 */
public record Measurement(Figure figure, Map<String, Long> counts) {

  public Measurement {
    counts = Map.copyOf(counts);
  }

  /** A figure without its counts: no minimum can be shown with it. */
  public static Measurement of(Figure figure) {
    return new Measurement(figure, Map.of());
  }

  /** A figure with its counts in the order of {@link Kpi#counts()}. */
  public static Measurement of(Kpi kpi, Figure figure, long[] counts) {
    Map<String, Long> named = new TreeMap<>();
    for (int i = 0; i < counts.length; i++) {
      named.put(kpi.counts().get(i), counts[i]);
    }
    return new Measurement(figure, named);
  }
}
