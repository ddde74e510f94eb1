package io.feedrate.collector.assess;

import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
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

  /**
   * Every KPI of the catalogue for a subject and period, by id. Windows are added up, not shifts or
   * days: those begin and end when people say, and the period when the asker does.
   */
  public static Map<String, Measurement> measure(
      StoreReader reader, String subject, long fromNs, long toNs) {
    Map<String, Sum> sums = new HashMap<>();
    Waits waits = new Waits(reader, subject, fromNs, toNs);
    Map<String, Measurement> measurements = new TreeMap<>();
    for (Kpi kpi : Kpis.ALL) {
      if (kpi.waiting().isPresent()) {
        measurements.put(kpi.id(), Measurement.of(waits.figure(kpi)));
      } else {
        Sum sum =
            sums.computeIfAbsent(
                kpi.basis(), basis -> sum(reader, Kpis.byId(basis), subject, fromNs, toNs));
        measurements.put(kpi.id(), sum.measurement(kpi));
      }
    }
    return measurements;
  }

  /** Model updates of the nodes at or below a subject that were open at some time of a period. */
  public static List<ModelUpdate> updates(
      StoreReader reader, String subject, long fromNs, long toNs) {
    return reader.modelUpdatesOpenIn(fromNs, toNs).stream()
        .map(ModelUpdateRow::update)
        .filter(u -> isAtOrBelow(subject, u.node()))
        .toList();
  }

  static boolean isAtOrBelow(String subject, String path) {
    return path.equals(subject) || path.startsWith(subject + "/");
  }

  private static Sum sum(StoreReader reader, Kpi kpi, String subject, long fromNs, long toNs) {
    Sum sum = new Sum(kpi.counts().size());
    reader.forEachResultOf(kpi.id(), subject, Span.WINDOW, fromNs, toNs, sum::add);
    return sum;
  }

  /** Base counts of many windows. */
  private static final class Sum {
    private final long[] counts;
    private @Nullable Histogram histogram;

    Sum(int kinds) {
      counts = new long[kinds];
    }

    /** A result of a version that knew fewer counts adds those that it has. */
    void add(Result result) {
      long[] its = result.counts();
      for (int i = 0; i < Math.min(counts.length, its.length); i++) {
        counts[i] += its[i];
      }
      histogram = Histograms.merge(histogram, Histograms.decode(result.histogram()));
    }

    Measurement measurement(Kpi kpi) {
      return Measurement.of(kpi, kpi.figure(counts, histogram), counts);
    }
  }
}
