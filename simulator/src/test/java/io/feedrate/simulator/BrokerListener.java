package io.feedrate.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An MQTT client that keeps every message below the contract's root. */
final class BrokerListener implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One message as it came. */
  record Received(String topic, String payload, boolean retained, long atMs) {
    JsonNode json() {
      try {
        return JSON.readTree(payload);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(topic + " " + payload, e);
      }
    }
  }

  private final List<Received> messages = new CopyOnWriteArrayList<>();
  private final MqttAsyncClient client;

  BrokerListener(String url) throws Exception {
    client = new MqttAsyncClient(url, "listener-" + System.nanoTime(), new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    client.connect(options).waitForCompletion(5_000);
    client
        .subscribe(
            Publisher.ROOT + "#",
            1,
            (topic, message) ->
                messages.add(
                    new Received(
                        topic,
                        new String(message.getPayload(), StandardCharsets.UTF_8),
                        message.isRetained(),
                        System.currentTimeMillis())))
        .waitForCompletion(5_000);
  }

  List<Received> of(String source, String leaf) {
    String topic = SimulatedLine.topic(source) + "/" + leaf;
    return messages.stream().filter(m -> m.topic().equals(topic)).toList();
  }

  List<JsonNode> json(String source, String leaf) {
    return of(source, leaf).stream().map(Received::json).toList();
  }

  void forget() {
    messages.clear();
  }

  @Override
  public void close() throws MqttException {
    // In peace: an acknowledgement after the farewell breaks the broker.
    client.unsubscribe(Publisher.ROOT + "#").waitForCompletion(5_000);
    client.disconnect(5_000).waitForCompletion(10_000);
    client.close(true);
  }
}
