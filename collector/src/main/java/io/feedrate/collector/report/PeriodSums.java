package io.feedrate.collector.report;

import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.window.Histograms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Base counts of many windows, added up; histograms, merged. Figures come from the sums. */
final class PeriodSums {
  private final long[] counts;
  private @Nullable Histogram histogram;
  private boolean isEmpty = true;

  PeriodSums(Kpi basis) {
    counts = new long[basis.counts().size()];
  }

  /** A result of a version that knew fewer counts adds those that it has. */
  void add(Result result) {
    long[] its = result.counts();
    for (int i = 0; i < Math.min(counts.length, its.length); i++) {
      counts[i] += its[i];
    }
    histogram = Histograms.merge(histogram, Histograms.decode(result.histogram()));
    isEmpty = false;
  }

  /** Adds what another one has summed, which stays as it is. */
  void addAll(PeriodSums other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    histogram = Histograms.merge(histogram, other.histogram);
    isEmpty &= other.isEmpty;
  }

  /** Nothing where no window was added. */
  Optional<Figure> figure(Kpi kpi) {
    return isEmpty ? Optional.empty() : Optional.of(kpi.figure(counts, histogram));
  }

  boolean isEmpty() {
    return isEmpty;
  }

  List<Long> counts() {
    return Arrays.stream(counts).boxed().toList();
  }

  /**
   * The sums of a subject over a period. Whole days are read as the days that are stored, which are
   * the sums of their windows, and only what is left as windows: a month of 200 machines has 43,000
   * windows a machine and 31 days.
   */
  static PeriodSums of(StoreReader reader, Kpi basis, String subject, long fromNs, long toNs) {
    PeriodSums sums = new PeriodSums(basis);
    List<long[]> days = new ArrayList<>();
    Consumer<Result> day =
        result -> {
          if (result.endNs() <= toNs) {
            sums.add(result);
            days.add(new long[] {result.startNs(), result.endNs()});
          }
        };
    reader.forEachResultOf(basis.id(), subject, Span.DAY, fromNs, toNs, day);
    long fromHere = fromNs;
    for (long[] its : days) {
      windows(reader, basis, subject, fromHere, its[0], sums);
      fromHere = its[1];
    }
    windows(reader, basis, subject, fromHere, toNs, sums);
    return sums;
  }

  private static void windows(
      StoreReader reader, Kpi basis, String subject, long fromNs, long toNs, PeriodSums sums) {
    if (fromNs < toNs) {
      reader.forEachResultOf(basis.id(), subject, Span.WINDOW, fromNs, toNs, sums::add);
    }
  }
}
