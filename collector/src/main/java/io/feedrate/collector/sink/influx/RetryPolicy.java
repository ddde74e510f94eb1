package io.feedrate.collector.sink.influx;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a failed request is made again: doubling from {@code first} to {@code
 * most}, less up to half of it by chance, so that many gateways do not come back at once.
 */
record RetryPolicy(Duration first, Duration most) {

  static final RetryPolicy DEFAULT = new RetryPolicy(Duration.ofMillis(500), Duration.ofMinutes(1));

  /** The wait after this many failures in a row, counted from 1. */
  Duration delay(int failures, RandomGenerator random) {
    int doublings = Math.min(failures - 1, 30);
    long wholeMs = Math.min(first.toMillis() << doublings, most.toMillis());
    return Duration.ofMillis(wholeMs - random.nextLong(wholeMs / 2 + 1));
  }
}
