package io.feedrate.kpi.window;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * The histograms of results: microseconds (or another unit that the KPI tells) with two significant
 * digits up to one hour; more counts as one hour. They are packed: a few values take some hundred
 * bytes instead of 27 KB, and each of thousands of assets may have one.
 */
public final class Histograms {
  /** The largest value. */
  public static final long HIGHEST = 3_600_000_000L;

  private static final int DIGITS = 2;

  // Of HdrHistogram's V2 encoding.
  private static final int HEADER_BYTES = 40;
  private static final int MAX_COUNT_BYTES = 9;
  private static final byte[] NONE = {};

  private Histograms() {}

  /** An empty one. */
  public static Histogram empty() {
    return new PackedHistogram(HIGHEST, DIGITS);
  }

  /** An empty one that is fast and takes 27 KB. */
  static Histogram dense() {
    return new Histogram(HIGHEST, DIGITS);
  }

  /** Adds one to another, which is made where it is missing; null stays null for nothing. */
  public static @Nullable Histogram merge(@Nullable Histogram into, @Nullable Histogram from) {
    if (from == null || from.getTotalCount() == 0) {
      return into;
    }
    Histogram sum = into == null ? empty() : into;
    sum.add(from);
    return sum;
  }

  /** HdrHistogram's V2 encoding, as results carry it; empty for nothing. */
  public static byte[] encode(@Nullable Histogram histogram) {
    if (histogram == null || histogram.getTotalCount() == 0) {
      return NONE;
    }
    int buckets = Buckets.bucketOf(histogram.getMaxValue()) + 1;
    ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + buckets * MAX_COUNT_BYTES);
    int length = histogram.encodeIntoByteBuffer(buffer);
    byte[] bytes = new byte[length];
    buffer.flip();
    buffer.get(bytes);
    return bytes;
  }

  /** What {@link #encode} wrote, or null for nothing. */
  public static @Nullable Histogram decode(byte[] bytes) {
    return bytes.length == 0
        ? null
        : PackedHistogram.decodeFromByteBuffer(ByteBuffer.wrap(bytes), 0);
  }
}
