package io.feedrate.collector.journal;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Wall-clock time in epoch nanoseconds that never runs backwards: the system's monotonic clock, set
 * to the wall clock at the start and at each {@link #adjust()}. A wall clock that was stepped back
 * is caught up with by standing still, not by going back.
 *
 * <p><b>Thread</b>: any. <b>Allocation</b>: 0 for {@link #nowNs()}.
 */
public final class EpochClock {
  private final Clock wall;
  private final LongSupplier monotonicNs;
  private long offsetNs;
  private long lastNs = Long.MIN_VALUE;

  public EpochClock() {
    this(Clock.systemUTC(), System::nanoTime);
  }

  /** For tests and simulations: any wall clock, any monotonic clock. */
  public EpochClock(Clock wall, LongSupplier monotonicNs) {
    this.wall = wall;
    this.monotonicNs = monotonicNs;
    adjust();
  }

  /** The time now. */
  public synchronized long nowNs() {
    lastNs = Math.max(lastNs, monotonicNs.getAsLong() + offsetNs);
    return lastNs;
  }

  /** Follows the wall clock; call it about once a second. */
  public synchronized void adjust() {
    Instant now = wall.instant();
    long wallNs =
        Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    offsetNs = wallNs - monotonicNs.getAsLong();
  }

  /** How far the wall clock is behind, which is how long this one stands still; 0 if it runs. */
  public synchronized long behindNs() {
    return Math.max(0, lastNs - (monotonicNs.getAsLong() + offsetNs));
  }

  /** No time before this one will be told: it is already in the journal. */
  synchronized void notBefore(long timeNs) {
    lastNs = Math.max(lastNs, timeNs);
  }
}
