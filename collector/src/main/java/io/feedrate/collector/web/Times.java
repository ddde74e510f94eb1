package io.feedrate.collector.web;

import java.time.Duration;
import java.time.Instant;

/** Epoch nanoseconds and {@link Instant}, exactly. */
final class Times {

  private static final long NS_PER_SECOND = 1_000_000_000L;

  private Times() {}

  static Instant instant(long epochNs) {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNs, NS_PER_SECOND), Math.floorMod(epochNs, NS_PER_SECOND));
  }

  static long ns(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), NS_PER_SECOND), (long) time.getNano());
  }

  static double seconds(long ns) {
    return ns / (double) NS_PER_SECOND;
  }

  static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / (double) NS_PER_SECOND;
  }
}
