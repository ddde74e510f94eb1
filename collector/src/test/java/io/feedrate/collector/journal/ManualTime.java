package io.feedrate.collector.journal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** A wall clock and a monotonic clock that stand still unless a test moves them. */
public final class ManualTime extends Clock {
  private volatile long wallNs;
  private volatile long monotonicNs;

  public ManualTime(Instant start) {
    wallNs = TimeUnit.SECONDS.toNanos(start.getEpochSecond()) + start.getNano();
  }

  /** The clock to give to a journal. */
  public EpochClock clock() {
    return new EpochClock(this, () -> monotonicNs);
  }

  /** Time passes. */
  public void pass(long amount, TimeUnit unit) {
    wallNs += unit.toNanos(amount);
    monotonicNs += unit.toNanos(amount);
  }

  /** Somebody sets the wall clock. */
  public void stepWall(long amount, TimeUnit unit) {
    wallNs += unit.toNanos(amount);
  }

  /** The wall clock now. */
  public long wallNs() {
    return wallNs;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, wallNs);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
