package io.feedrate.collector.journal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock and a monotonic clock that stand still unless a test moves them. */
public final class ManualTime extends Clock {
  private final AtomicLong wallNs = new AtomicLong();
  private final AtomicLong monotonicNs = new AtomicLong();

  public ManualTime(Instant start) {
    wallNs.set(TimeUnit.SECONDS.toNanos(start.getEpochSecond()) + start.getNano());
  }

  /** The clock to give to a journal. */
  public EpochClock clock() {
    return new EpochClock(this, monotonicNs::get);
  }

  /** Time passes. */
  public void pass(long amount, TimeUnit unit) {
    wallNs.addAndGet(unit.toNanos(amount));
    monotonicNs.addAndGet(unit.toNanos(amount));
  }

  /** Somebody sets the wall clock. */
  public void stepWall(long amount, TimeUnit unit) {
    wallNs.addAndGet(unit.toNanos(amount));
  }

  /** The wall clock now. */
  public long wallNs() {
    return wallNs.get();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, wallNs.get());
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
