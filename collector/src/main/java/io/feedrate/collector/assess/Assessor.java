package io.feedrate.collector.assess;

import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.ResultRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.capability.UpdateLatency;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Evidence;
import io.feedrate.kpi.maturity.Measurement;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.window.Histograms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sums stored results over a period and holds them against a profile. Counts add and histograms
 * merge over the windows; figures are computed from the sums.
 *
 * <p><b>Thread</b>: any; reads the store.
 */
public final class Assessor {
  private static final double MEDIAN = 0.5;

  private final Profile profile;

  public Assessor(Profile profile) {
    this.profile = profile;
  }

  /** The profile that is held against. */
  public Profile profile() {
    return profile;
  }

  /**
   * Assesses what was measured of a subject in windows that start in {@code [fromNs, toNs)}.
   *
   * @param subject path of a site, line, machine or node
   */
  public Assessment assess(StoreReader reader, String subject, long fromNs, long toNs) {
    Map<String, Measurement> measurements = measure(reader, subject, fromNs, toNs);
    return Assessment.of(
        profile, new Evidence(subject, fromNs, toNs, measurements, List.of(), List.of()));
  }

  /** Every KPI of the catalogue for a subject and period, by id. */
  public static Map<String, Measurement> measure(
      StoreReader reader, String subject, long fromNs, long toNs) {
    Map<String, Sum> sums = new HashMap<>();
    Map<String, Measurement> measurements = new TreeMap<>();
    for (Kpi kpi : Kpis.ALL) {
      if (kpi.id().equals(UpdateLatency.MEDIAN.id())) {
        var estimate = UpdateLatency.over(updates(reader, subject, fromNs, toNs), fromNs, toNs);
        measurements.put(kpi.id(), Measurement.of(estimate.figure(MEDIAN)));
      } else {
        Sum sum =
            sums.computeIfAbsent(
                kpi.basis(), basis -> sum(reader, Kpis.byId(basis), subject, fromNs, toNs));
        measurements.put(
            kpi.id(), Measurement.of(kpi, kpi.figure(sum.counts, sum.histogram), sum.counts));
      }
    }
    return measurements;
  }

  /** Model updates of the nodes at or below a subject that were open at some time of a period. */
  public static List<ModelUpdate> updates(
      StoreReader reader, String subject, long fromNs, long toNs) {
    return reader.modelUpdatesOpenIn(fromNs, toNs, StoreReader.MAX_ROWS).stream()
        .map(ModelUpdateRow::update)
        .filter(u -> u.node().equals(subject) || u.node().startsWith(subject + "/"))
        .toList();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sum(long[] counts, @Nullable Histogram histogram) {}

  private static Sum sum(StoreReader reader, Kpi kpi, String subject, long fromNs, long toNs) {
    long[] counts = new long[kpi.counts().size()];
    Histogram histogram = null;
    for (ResultRow row : reader.resultsOf(kpi.id(), subject, fromNs, toNs, StoreReader.MAX_ROWS)) {
      long[] its = row.result().counts();
      for (int i = 0; i < counts.length; i++) {
        counts[i] += its[i];
      }
      Histogram latencies = Histograms.decode(row.result().histogram());
      if (latencies != null) {
        histogram = histogram == null ? Histograms.empty() : histogram;
        histogram.add(latencies);
      }
    }
    return new Sum(counts, histogram);
  }
}
