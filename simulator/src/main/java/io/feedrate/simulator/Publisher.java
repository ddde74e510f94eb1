package io.feedrate.simulator;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * The MQTT connection of one source: publishes below {@code feedrate/v1/<source>} with QoS 1, and
 * leaves {@code {"online":false}} behind when it dies. What is published while disconnected is
 * lost, as on a node without a store.
 *
 * <p><b>Thread</b>: any.
 */
final class Publisher implements AutoCloseable {
  static final String ROOT = "feedrate/v1/";
  static final String STATUS = "status";

  private static final byte[] OFFLINE = "{\"online\":false}".getBytes(StandardCharsets.UTF_8);
  private static final int QOS = 1;
  private static final int MAX_IN_FLIGHT = 1000;
  private static final int KEEP_ALIVE_SECONDS = 5;
  private static final int RECONNECT_MS = 1000;
  private static final long WAIT_MS = 10_000;
  private static final long CLOSE_MS = 1_000;

  private final String topic;
  private final MqttAsyncClient client;

  Publisher(String source, InetSocketAddress broker) {
    topic = ROOT + source + "/";
    try {
      client =
          new MqttAsyncClient(
              "tcp://" + broker.getHostString() + ":" + broker.getPort(),
              "feedrate-simulator-" + source,
              new MemoryPersistence());
      client.connect(options()).waitForCompletion(WAIT_MS);
    } catch (MqttException e) {
      throw new IllegalStateException(source + " does not reach the broker", e);
    }
  }

  private MqttConnectOptions options() {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(true);
    options.setAutomaticReconnect(true);
    options.setMaxReconnectDelay(RECONNECT_MS);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setMaxInflight(MAX_IN_FLIGHT);
    options.setWill(topic + STATUS, OFFLINE, QOS, true);
    return options;
  }

  /**
   * Publishes without waiting.
   *
   * @return false if it is lost, since there is no connection
   */
  boolean publish(String leaf, byte[] payload) {
    try {
      client.publish(topic + leaf, payload, QOS, false);
      return true;
    } catch (MqttException e) {
      return false;
    }
  }

  /** Publishes and waits until the broker has it. */
  boolean publishAndWait(String leaf, byte[] payload) {
    try {
      client.publish(topic + leaf, payload, QOS, false).waitForCompletion(WAIT_MS);
      return true;
    } catch (MqttException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      if (client.isConnected()) {
        client.publish(topic + STATUS, OFFLINE, QOS, true).waitForCompletion(CLOSE_MS);
        client.disconnect(0).waitForCompletion(CLOSE_MS);
      } else {
        // Not 0: to the client that means to wait for ever.
        client.disconnectForcibly(1, 1, false);
      }
    } catch (MqttException e) {
      // Closing goes on: the connection is gone either way.
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      throw new IllegalStateException("MQTT client of " + topic + " does not close", e);
    }
  }
}
