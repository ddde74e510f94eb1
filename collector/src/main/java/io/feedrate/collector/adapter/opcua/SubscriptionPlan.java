package io.feedrate.collector.adapter.opcua;

import java.time.Duration;

/**
 * What is asked of a server's subscription, so that it cannot lose silently and proves in good time
 * that it lives.
 *
 * <p><b>Source</b>: OPC 10000-4, 5.13.1 (sampling, queues), 5.14.1 (keep-alives, lifetime).
 *
 * @param publishingMs publishing interval
 * @param keepAliveCount publishing cycles without values until a keep-alive
 * @param lifetimeCount publishing cycles without a sign of the client until the server gives up
 * @param outageMs how long an outage the servers' queues should bridge
 */
record SubscriptionPlan(
    double publishingMs, int keepAliveCount, int lifetimeCount, double outageMs) {

  /** The most values per publish response: the default message limit holds about six times that. */
  static final int MAX_NOTIFICATIONS = 10_000;

  /** Queues beyond this size are refused or cut by common controllers. */
  static final int MAX_QUEUE = 1_000;

  /** A dead link is to be found soon, however patient the plant is with late data. */
  private static final double MAX_KEEP_ALIVE_MS = 5_000;

  /** How long a subscription outlives its connection, and with it its queues. */
  private static final double LIFETIME_MS = 60_000;

  private static final double MAX_OUTAGE_MS = 30_000;

  /**
   * Slots are settled by ticks and as wholes: so long after the lateness a value may still count.
   */
  private static final double SETTLING_MS = 2_000;

  static SubscriptionPlan of(Duration publishing, Duration lateness) {
    double publishingMs = Math.max(1, publishing.toNanos() / 1e6);
    double latenessMs = lateness.toNanos() / 1e6;
    double keepAliveMs = Math.min(latenessMs / 3, MAX_KEEP_ALIVE_MS);
    int keepAlives = Math.max(1, (int) (keepAliveMs / publishingMs));
    int lifetime = Math.max(keepAlives * 5, (int) Math.ceil(LIFETIME_MS / publishingMs));
    return new SubscriptionPlan(
        publishingMs, keepAlives, lifetime, Math.min(latenessMs + SETTLING_MS, MAX_OUTAGE_MS));
  }

  /** The queue without which a healthy connection overflows. */
  int leastQueue(Duration sampling) {
    double samplingMs = Math.max(1, sampling.toNanos() / 1e6);
    return (int) Math.max(2, Math.min(Math.ceil(publishingMs / samplingMs) * 2, MAX_QUEUE));
  }

  /** The queue to ask for: with a margin for an outage. */
  int queue(Duration sampling) {
    double samplingMs = Math.max(1, sampling.toNanos() / 1e6);
    double outage = Math.ceil(outageMs / samplingMs);
    return (int) Math.min(leastQueue(sampling) + outage, MAX_QUEUE);
  }

  /** How long a living subscription may be silent, given what the server made of the plan. */
  static long silenceNs(double publishingMs, long keepAliveCount) {
    return (long) ((publishingMs * (keepAliveCount + 1) * 2 + 1_000) * 1e6);
  }
}
