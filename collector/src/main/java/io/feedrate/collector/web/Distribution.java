package io.feedrate.collector.web;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Counted durations in buckets, as Prometheus wants them: running totals that only grow.
 *
 * @param upperSeconds upper bounds of the buckets in ascending order, without the last, unbounded
 *     one
 * @param counts durations per bucket, one more than bounds
 * @param sumSeconds sum of all durations
 */
public record Distribution(List<Double> upperSeconds, List<Long> counts, double sumSeconds) {

  /** Bounds for model updates: ten seconds to a week. */
  public static final List<Double> UPDATE_BOUNDS =
      List.of(
          1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 1_800.0, 3_600.0, 14_400.0, 43_200.0, 86_400.0,
          604_800.0);

  /** Bounds for inferences: a millisecond to ten seconds. */
  public static final List<Double> INFERENCE_BOUNDS =
      List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0);

  private static final double MICROS = 1e6;

  public Distribution {
    upperSeconds = List.copyOf(upperSeconds);
    counts = List.copyOf(counts);
    if (counts.size() != upperSeconds.size() + 1) {
      throw new IllegalArgumentException("one count more than bounds: " + counts.size());
    }
  }

  /** Nothing counted yet. */
  public static Distribution empty(List<Double> bounds) {
    return of(new Histogram(1), bounds);
  }

  /**
   * The durations of a histogram of microseconds, as results carry them. A duration counts to the
   * bucket that its histogram's resolution puts it in.
   */
  public static Distribution of(Histogram micros, List<Double> bounds) {
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i <= bounds.size(); i++) {
      counts.add(0L);
    }
    double sum = 0;
    for (var value : micros.recordedValues()) {
      double seconds = micros.medianEquivalentValue(value.getValueIteratedTo()) / MICROS;
      int bucket = bucket(bounds, seconds);
      counts.set(bucket, counts.get(bucket) + value.getCountAtValueIteratedTo());
      sum += seconds * value.getCountAtValueIteratedTo();
    }
    return new Distribution(bounds, counts, sum);
  }

  /** The same with one more duration, for tests and for rare events. */
  public Distribution plus(double seconds) {
    List<Long> more = new ArrayList<>(counts);
    int bucket = bucket(upperSeconds, seconds);
    more.set(bucket, more.get(bucket) + 1);
    return new Distribution(upperSeconds, more, sumSeconds + seconds);
  }

  /** How many durations were counted. */
  public long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static int bucket(List<Double> bounds, double seconds) {
    int i = 0;
    while (i < bounds.size() && seconds > bounds.get(i)) {
      i++;
    }
    return i;
  }
}
