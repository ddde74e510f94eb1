package io.feedrate.collector.sink.prometheus;

import io.feedrate.collector.web.Distribution;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects the metric families of one scrape. Names are given without the suffix {@code _total},
 * which the formats add to counters.
 */
final class Families {

  private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
  private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
  private final Map<String, HistogramSnapshot.Builder> histograms = new LinkedHashMap<>();

  void counter(String name, String help, long value, String... labels) {
    counters
        .computeIfAbsent(name, n -> CounterSnapshot.builder().name(n).help(help))
        .dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder()
                .value((double) value)
                .labels(Labels.of(labels))
                .build());
  }

  void gauge(String name, String help, long value, String... labels) {
    gauge(name, help, (double) value, labels);
  }

  /** NaN is not said: an absent series is what PromQL understands as unknown. */
  void gauge(String name, String help, double value, String... labels) {
    if (Double.isNaN(value)) {
      return;
    }
    gauges
        .computeIfAbsent(name, n -> GaugeSnapshot.builder().name(n).help(help))
        .dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(Labels.of(labels))
                .build());
  }

  void histogram(String name, String help, Distribution distribution, String... labels) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    int last = distribution.upperSeconds().size();
    for (int i = 0; i <= last; i++) {
      double bound = i == last ? Double.POSITIVE_INFINITY : distribution.upperSeconds().get(i);
      buckets.bucket(bound, distribution.counts().get(i));
    }
    histograms
        .computeIfAbsent(name, n -> HistogramSnapshot.builder().name(n).help(help))
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(distribution.sumSeconds())
                .labels(Labels.of(labels))
                .build());
  }

  MetricSnapshots build() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    counters.values().forEach(c -> all.metricSnapshot(c.build()));
    gauges.values().forEach(g -> all.metricSnapshot(g.build()));
    histograms.values().forEach(h -> all.metricSnapshot(h.build()));
    return all.build();
  }
}
