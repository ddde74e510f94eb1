package io.feedrate.collector.adapter.mqtt;

import java.util.List;

/**
 * One connection to a broker over some client library: opened once, and thrown away when it is
 * lost, so that no library's own way of reconnecting matters.
 *
 * <p>All implementations ask for a persistent session, subscribe at QoS 1 and acknowledge a message
 * only after the handler said so.
 */
interface MqttConnection extends AutoCloseable {

  /** The largest packet that is asked of the broker, where the protocol can say that. */
  int MAX_PACKET = 16 << 20;

  /** Messages that the broker may send before the first of them is acknowledged. */
  int RECEIVE_MAXIMUM = 256;

  /** How long connecting may take, and then subscribing again. */
  int TIMEOUT_MS = 10_000;

  /** Connects and subscribes; returns when both are done. Blocks, so never from a callback. */
  void open(List<String> filters) throws MqttFailure;

  /** Frees everything; the session stays at the broker. Does not throw. */
  @Override
  void close();

  /** What comes over the connection, one call at a time, on the library's thread. */
  interface Handler {
    /** Connected; messages of the kept session may follow before {@link #open} returns. */
    void onConnected();

    /** A message; returns whether it may be acknowledged. */
    boolean onMessage(String topic, byte[] payload, boolean retained);

    /** The connection is gone. */
    void onLost(String why);
  }

  /** Makes connections; a library is one of these. */
  @FunctionalInterface
  interface Factory {
    MqttConnection create(Handler handler) throws MqttFailure;
  }
}
