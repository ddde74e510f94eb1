package io.feedrate.collector.sink;

/**
 * State of a sink now, for the page and the metrics. Counters start at 0 with the process.
 *
 * @param name of the sink, such as "influx"
 * @param endpoint where it writes to, without secrets
 * @param state what it is doing
 * @param delivered results that the target has confirmed
 * @param refused results that the target will never take; each is in the log with the reason
 * @param retries requests that failed and were made again
 * @param backlog results stored and not yet delivered
 * @param oldestPendingNs end of the window of the oldest result not yet delivered, epoch ns, or
 *     {@link #NONE}: now minus this is how far the target is behind
 * @param lastError what went wrong last, in a sentence; "" where nothing has
 * @param lastErrorNs when that was, epoch ns, or {@link #NONE}
 */
public record SinkStatus(
    String name,
    String endpoint,
    State state,
    long delivered,
    long refused,
    long retries,
    long backlog,
    long oldestPendingNs,
    String lastError,
    long lastErrorNs) {

  /** The time of what there is not. */
  public static final long NONE = Long.MIN_VALUE;

  /** What a sink is doing. */
  public enum State {
    /** Delivering, or nothing to deliver. */
    OK,
    /** The target cannot be reached or is overloaded: trying again. */
    RETRYING,
    /** The target refuses us (token, bucket): trying again, but a person must mend it. */
    ATTENTION,
    CLOSED
  }
}
