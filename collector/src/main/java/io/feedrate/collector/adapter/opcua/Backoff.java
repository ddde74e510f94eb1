package io.feedrate.collector.adapter.opcua;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Waiting times between attempts: doubling from half a second up to 8 s, give or take a quarter, so
 * that many gateways do not knock at a returning server all at once.
 *
 * <p><b>Thread</b>: its owner's.
 */
final class Backoff {
  private static final long FIRST_MS = 500;
  private static final long MAX_MS = 8_000;
  private long nextMs = FIRST_MS;

  long nextMs() {
    long ms = nextMs;
    nextMs = Math.min(MAX_MS, ms * 2);
    return jitter(ms);
  }

  void reset() {
    nextMs = FIRST_MS;
  }

  static long jitter(long ms) {
    return ms * 3 / 4 + ThreadLocalRandom.current().nextLong(ms / 2 + 1);
  }
}
