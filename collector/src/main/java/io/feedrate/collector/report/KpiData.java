package io.feedrate.collector.report;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import java.util.List;
import java.util.Optional;

/**
 * A KPI over the period.
 *
 * @param kpi what it is
 * @param figure over the whole period
 * @param counts base counts over the whole period, in the order of {@link Kpi#counts()}
 * @param buckets intervals of its plot
 * @param series the figure of each interval, computed from the interval's sums; empty where nothing
 *     was stored
 */
record KpiData(
    Kpi kpi, Figure figure, List<Long> counts, Buckets buckets, List<Optional<Figure>> series) {

  KpiData {
    counts = List.copyOf(counts);
    series = List.copyOf(series);
  }

  /** Whether there is anything to draw. */
  boolean isDrawn() {
    return series.stream().flatMap(Optional::stream).anyMatch(f -> Double.isFinite(f.value()));
  }

  /** A base count by its name, 0 where the KPI has none of it. */
  long count(String name) {
    int index = kpi.counts().indexOf(name);
    return index < 0 ? 0 : counts.get(index);
  }

  /** The unit that its figure is written in: of a mean number, none. */
  String unit() {
    return unit(kpi);
  }

  static String unit(Kpi kpi) {
    return kpi.id().equals("alarms_stale") ? "" : kpi.unit();
  }
}
