package io.feedrate.kpi.window;

import io.feedrate.kpi.Snapshot;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * A histogram of a window while it is counted into: the buckets of {@link Histograms} that hold
 * anything, in order. A minute's durations lie in some ten of the 3,300 buckets, and these are
 * added, packed and reported without looking at the others. Nothing is lost by it.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: grows with the number of buckets.
 */
final class Buckets {
  private static final int FIRST = 8;

  /** Values up to here have a bucket each: 2^8 is the first power of two that two digits need. */
  private static final int EXACT_BITS = 8;

  private static final int HALF_BITS = EXACT_BITS - 1;
  private static final int HALF = 1 << HALF_BITS;

  private int size;
  private int[] bucket = new int[FIRST];
  private long[] count = new long[FIRST];

  /** Counts a value of 0 or more. */
  void record(long value) {
    add(bucketOf(value), 1);
  }

  /** Adds all of another one. */
  void add(Buckets other) {
    for (int i = 0; i < other.size; i++) {
      add(other.bucket[i], other.count[i]);
    }
  }

  private void add(int its, long amount) {
    int at = Arrays.binarySearch(bucket, 0, size, its);
    if (at < 0) {
      at = -at - 1;
      insert(at, its);
    }
    count[at] += amount;
  }

  private void insert(int at, int its) {
    if (size == bucket.length) {
      bucket = Arrays.copyOf(bucket, 2 * size);
      count = Arrays.copyOf(count, 2 * size);
    }
    System.arraycopy(bucket, at, bucket, at + 1, size - at);
    System.arraycopy(count, at, count, at + 1, size - at);
    bucket[at] = its;
    count[at] = 0;
    size++;
  }

  /** Makes a histogram the same as this. */
  void copyTo(Histogram histogram) {
    histogram.reset();
    for (int i = 0; i < size; i++) {
      histogram.recordValueWithCount(lowestOf(bucket[i]), count[i]);
    }
  }

  /** Number of a value's bucket, as HdrHistogram numbers them. */
  static int bucketOf(long value) {
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - EXACT_BITS);
    return (shift << HALF_BITS) + (int) (value >>> shift);
  }

  /** The lowest value of a bucket. */
  static long lowestOf(int its) {
    int shift = Math.max(0, (its >> HALF_BITS) - 1);
    return shift == 0 ? its : (long) ((its & (HALF - 1)) + HALF) << shift;
  }

  void write(Snapshot.Writer out) {
    out.putVarint(size);
    int last = -1;
    for (int i = 0; i < size; i++) {
      out.putVarint(bucket[i] - last);
      out.putVarint(count[i]);
      last = bucket[i];
    }
  }

  /** Adds what was written. */
  void read(Snapshot.Reader in) {
    int its = -1;
    for (long n = in.getVarint(); n > 0; n--) {
      its += (int) in.getVarint();
      add(its, in.getVarint());
    }
  }
}
