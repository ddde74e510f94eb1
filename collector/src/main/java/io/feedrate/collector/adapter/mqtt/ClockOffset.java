package io.feedrate.collector.adapter.mqtt;

import java.util.Arrays;

/**
 * How far a source's clock is from ours, from the times in its heartbeats. A heartbeat is only ever
 * delayed, so of the last {@value #KEPT} the least delayed one tells most, and how much the better
 * half of them differ tells how sure that is: one that was held up says nothing about the clock.
 *
 * <p><b>Units</b>: nanoseconds, source minus collector. <b>Allocation</b>: 0.
 */
final class ClockOffset {
  private static final int KEPT = 5;
  private static final long EVERY_NS = 5_000_000_000L;

  /** A change by this much is told at once: it may decide how samples are counted. */
  private static final long NOTABLE_NS = 20_000_000L;

  /** What even the least delayed heartbeat may have taken through a broker, and its rounding. */
  private static final long LEAST_UNCERTAINTY_NS = 5_000_000L;

  private final long[] offsets = new long[KEPT];
  private final long[] sorted = new long[KEPT];
  private int count;
  private int next;
  private long toldNs = Long.MIN_VALUE;
  private long toldOffsetNs;
  private long toldUncertaintyNs;
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
    boolean changed =
        Math.abs(offsetNs() - toldOffsetNs) > NOTABLE_NS
            || Math.abs(uncertaintyNs() - toldUncertaintyNs) > NOTABLE_NS;
    if (toldNs != Long.MIN_VALUE && receivedNs - toldNs < EVERY_NS && !changed) {
      return false;
    }
    toldNs = receivedNs;
    toldOffsetNs = offsetNs();
    toldUncertaintyNs = uncertaintyNs();
    return true;
  }

  /** Offset of the least delayed heartbeat. */
  long offsetNs() {
    return best(0);
  }

  long uncertaintyNs() {
    return best(0) - best(count / 2) + LEAST_UNCERTAINTY_NS;
  }

  /** The offset of the heartbeat with so many less delayed ones. */
  private long best(int rank) {
    System.arraycopy(offsets, 0, sorted, 0, count);
    Arrays.sort(sorted, 0, count);
    return count == 0 ? 0 : sorted[count - 1 - rank];
  }
}
