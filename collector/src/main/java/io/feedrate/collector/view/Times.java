package io.feedrate.collector.view;

import java.time.Instant;

/** Epoch nanoseconds and instants. */
final class Times {
  private static final long SECOND_NS = 1_000_000_000L;

  private Times() {}

  static Instant instant(long ns) {
    return Instant.ofEpochSecond(Math.floorDiv(ns, SECOND_NS), Math.floorMod(ns, SECOND_NS));
  }

  /** Saturates beyond 1677 and 2262. */
  static long ns(Instant time) {
    try {
      return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND_NS), time.getNano());
    } catch (ArithmeticException e) {
      return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
