package io.feedrate.kpi.integration;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles of durations that were told by clocks, some of which came out negative. A negative one
 * is a fault of clocks and not a duration of 0: what it really was is not known, so it is not in
 * the value but widens its bounds, to where the quantile would be if all of them were shorter, or
 * longer, than the rest.
 */
final class Durations {
  private static final double MICROSECONDS = 1e6;
  private static final int PERCENT = 100;

  private Durations() {}

  /**
   * A percentile in seconds of durations in microseconds: the smallest that at least so many
   * percent do not exceed.
   *
   * @param negative how many more were told that cannot be
   */
  static Figure percentile(@Nullable Histogram histogram, int percentile, long negative) {
    long n = histogram == null ? 0 : histogram.getTotalCount();
    if (histogram == null || n == 0) {
      return negative > 0 ? Figure.INSUFFICIENT : Figure.NOT_APPLICABLE;
    }
    long rank = rank(n, percentile);
    long ofAll = rank(n + negative, percentile);
    return new Figure(
        State.MEASURED,
        valueAt(histogram, rank),
        ofAll <= negative ? 0 : valueAt(histogram, ofAll - negative),
        ofAll > n ? Double.POSITIVE_INFINITY : valueAt(histogram, ofAll));
  }

  private static long rank(long n, int percentile) {
    return Math.max(1, (n * percentile + PERCENT - 1) / PERCENT);
  }

  private static double valueAt(Histogram histogram, long rank) {
    long passed = 0;
    for (HistogramIterationValue each : histogram.recordedValues()) {
      passed += each.getCountAtValueIteratedTo();
      if (passed >= rank) {
        return histogram.highestEquivalentValue(each.getValueIteratedTo()) / MICROSECONDS;
      }
    }
    throw new IllegalStateException("a histogram counts fewer than it says");
  }
}
