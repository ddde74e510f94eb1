package io.feedrate.collector.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The intervals that a plot over time is drawn in: as fine as the period allows, whole minutes,
 * hours or days of the plant.
 */
final class Buckets {

  /** The most points of a plot. */
  static final int MOST = 100;

  /** The most of a plot of waiting times, which are estimated over some events each. */
  static final int FEW = 31;

  private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
  private static final long[] STEPS_S = {
    1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 3 * 3600, 6 * 3600, 12 * 3600
  };
  private static final int[] STEPS_DAYS = {1, 7, 28, 91, 364};

  private final long[] edges;
  private final long stepNs;

  private Buckets(long[] edges, long stepNs) {
    this.edges = edges;
    this.stepNs = stepNs;
  }

  /**
   * Intervals that cover a period.
   *
   * @param windowNs length of the windows that are summed; no interval is shorter
   * @param most about how many there may be
   */
  static Buckets of(long fromNs, long toNs, long windowNs, int most, ZoneId zone) {
    for (long seconds : STEPS_S) {
      long step = TimeUnit.SECONDS.toNanos(seconds);
      if (step >= windowNs && (toNs - fromNs) / step < most) {
        return new Buckets(even(fromNs, toNs, step, zone), step);
      }
    }
    for (int days : STEPS_DAYS) {
      if ((toNs - fromNs) / DAY_NS / days <= most) {
        return new Buckets(days(fromNs, toNs, days, zone), days * DAY_NS);
      }
    }
    int longest = STEPS_DAYS[STEPS_DAYS.length - 1];
    return new Buckets(days(fromNs, toNs, longest, zone), longest * DAY_NS);
  }

  private static long[] even(long fromNs, long toNs, long step, ZoneId zone) {
    long offset = TimeUnit.SECONDS.toNanos(at(fromNs, zone).getOffset().getTotalSeconds());
    long first = Math.floorDiv(fromNs + offset, step) * step - offset;
    int count = (int) Math.max(1, -Math.floorDiv(first - toNs, step));
    long[] edges = new long[count + 1];
    for (int i = 0; i <= count; i++) {
      edges[i] = first + i * step;
    }
    return edges;
  }

  private static long[] days(long fromNs, long toNs, int days, ZoneId zone) {
    List<Long> edges = new ArrayList<>();
    ZonedDateTime day = at(fromNs, zone).truncatedTo(ChronoUnit.DAYS);
    edges.add(ns(day));
    while (ns(day) < toNs || edges.size() == 1) {
      day = day.plusDays(days);
      edges.add(ns(day));
    }
    return edges.stream().mapToLong(Long::longValue).toArray();
  }

  private static ZonedDateTime at(long ns, ZoneId zone) {
    return Instant.ofEpochSecond(0, ns).atZone(zone);
  }

  private static long ns(ZonedDateTime at) {
    return TimeUnit.SECONDS.toNanos(at.toEpochSecond());
  }

  int count() {
    return edges.length - 1;
  }

  long startNs(int bucket) {
    return edges[bucket];
  }

  long endNs(int bucket) {
    return edges[bucket + 1];
  }

  /** Length of one, where days are not made longer or shorter by summer time. */
  long stepNs() {
    return stepNs;
  }

  /** Which interval a time lies in; the nearest one where it lies in none. */
  int of(long ns) {
    int found = Arrays.binarySearch(edges, ns);
    int bucket = found >= 0 ? found : -found - 2;
    return Math.max(0, Math.min(bucket, count() - 1));
  }
}
