package io.feedrate.collector.exclusions;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Epoch nanoseconds and instants. */
final class Times {
  private Times() {}

  static Instant instant(long epochNs) {
    return Instant.ofEpochSecond(0, epochNs);
  }

  /**
   * Epoch nanoseconds.
   *
   * @throws ArithmeticException if they are too many for a long: before 1677 or after 2262
   */
  static long ns(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), TimeUnit.SECONDS.toNanos(1)), at.getNano());
  }
}
