package io.feedrate.collector.adapter.mqtt;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling up to 10 s, each time between half and all of
 * it, so that many gateways do not come back to a broker at the same moment.
 */
final class Backoff {
  static final long MAX_MS = 10_000;
  private static final long MIN_MS = 200;

  private final RandomGenerator random;
  private long nextMs = MIN_MS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  long nextMs() {
    long waitMs = random.nextLong(nextMs / 2, nextMs + 1);
    nextMs = Math.min(2 * nextMs, MAX_MS);
    return waitMs;
  }

  void reset() {
    nextMs = MIN_MS;
  }
}
