package io.feedrate.collector.journal;

import java.time.Clock;
import java.time.Instant;

/**
 * Wall-clock time in epoch nanoseconds that never runs backwards: the system's monotonic clock, set
 * to the wall clock at the start and at each {@link #adjust()}. A wall clock that was stepped back
 * is caught up with by standing still, not by going back.
 *
 * <p><b>Thread</b>: any. <b>Allocation</b>: 0 for {@link #nowNs()}.
 */
public final class EpochClock {
  private final Clock wall;
  private volatile long offsetNs;
  private long lastNs = Long.MIN_VALUE;

  public EpochClock() {
    this(Clock.systemUTC());
  }

  EpochClock(Clock wall) {
    this.wall = wall;
    adjust();
  }

  /** The time now. */
  public synchronized long nowNs() {
    lastNs = Math.max(lastNs, System.nanoTime() + offsetNs);
    return lastNs;
  }

  /** Follows the wall clock; call it about once a second. */
  public void adjust() {
    Instant now = wall.instant();
    long wallNs =
        Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    offsetNs = wallNs - System.nanoTime();
  }
}
