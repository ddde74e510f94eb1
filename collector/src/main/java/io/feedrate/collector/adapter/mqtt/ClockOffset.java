package io.feedrate.collector.adapter.mqtt;

import java.util.Arrays;

/**
 * How far a source's clock is from ours, from the times in its heartbeats. A heartbeat is only ever
 * delayed, so of the last {@value #KEPT} the least delayed one tells most, and how much they differ
 * tells how sure that is.
 *
 * <p><b>Units</b>: nanoseconds, source minus collector. <b>Allocation</b>: 0.
 */
final class ClockOffset {
  private static final int KEPT = 5;
  private static final long EVERY_NS = 5_000_000_000L;

  /** What even the least delayed heartbeat may have taken through a broker, and its rounding. */
  private static final long LEAST_UNCERTAINTY_NS = 5_000_000L;

  private final long[] offsets = new long[KEPT];
  private int count;
  private int next;
  private long toldNs = Long.MIN_VALUE;
  private long beforeNs = Long.MIN_VALUE;

  /** The connection is new: what comes first may have waited in the broker. */
  void reset() {
    count = 0;
    next = 0;
    beforeNs = Long.MIN_VALUE;
  }

  /**
   * Takes a heartbeat's time. One that comes sooner after the one before than half a heartbeat had
   * waited somewhere, and is left out.
   *
   * @return whether {@link #offsetNs()} should be journaled now
   */
  boolean add(long timeNs, long receivedNs, long heartbeatNs) {
    boolean waited = beforeNs == Long.MIN_VALUE || receivedNs - beforeNs < heartbeatNs / 2;
    beforeNs = receivedNs;
    if (waited) {
      return false;
    }
    offsets[next] = timeNs - receivedNs;
    next = (next + 1) % KEPT;
    count = Math.min(count + 1, KEPT);
    if (toldNs != Long.MIN_VALUE && receivedNs - toldNs < EVERY_NS) {
      return false;
    }
    toldNs = receivedNs;
    return true;
  }

  /** Offset of the least delayed heartbeat. */
  long offsetNs() {
    return Arrays.stream(offsets, 0, count).max().orElse(0);
  }

  long uncertaintyNs() {
    return offsetNs() - Arrays.stream(offsets, 0, count).min().orElse(0) + LEAST_UNCERTAINTY_NS;
  }
}
