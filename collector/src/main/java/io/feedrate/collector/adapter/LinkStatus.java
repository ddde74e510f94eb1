package io.feedrate.collector.adapter;

/**
 * State of one link now. Counters start at 0 with the process; {@code received = journaled +
 * rejected} at all times.
 *
 * @param link id in the register
 * @param name of the source in the config
 * @param protocol "opcua" or "mqtt"
 * @param endpoint where it connects to, without secrets
 * @param state what it is doing
 * @param detail what a person should know, in a sentence; "" where there is nothing
 * @param sinceNs since when it is in this state, epoch ns
 * @param received values, events and inferences received
 * @param journaled of those, how many the journal has
 * @param rejected of those, how many became reject records
 * @param reconnects connections made after the first
 */
public record LinkStatus(
    int link,
    String name,
    String protocol,
    String endpoint,
    State state,
    String detail,
    long sinceNs,
    long received,
    long journaled,
    long rejected,
    long reconnects) {

  /** What a link is doing. */
  public enum State {
    CONNECTING,
    UP,
    DOWN,
    /** A person must do something first: trust a certificate, mend a password. */
    ATTENTION
  }
}
