package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.config.GatewayConfig.Broker;
import java.util.Arrays;
import java.util.List;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * MQTT 3.1.1 with Eclipse Paho. The protocol can neither limit the size of packets nor the number
 * of messages in flight: that is for the broker's own settings.
 */
final class PahoV3Connection implements MqttConnection, MqttCallbackExtended {
  private static final int REFUSED = 0x80;

  private final Broker broker;
  private final Handler handler;
  private final MqttAsyncClient client;

  PahoV3Connection(Broker broker, Handler handler) throws MqttFailure {
    this.broker = broker;
    this.handler = handler;
    try {
      client =
          new MqttAsyncClient(
              BrokerUrl.ofPaho(broker.url()), broker.clientId(), new MemoryPersistence());
    } catch (MqttException | IllegalArgumentException e) {
      throw new MqttFailure(MqttFailure.describe(e), true, e);
    }
  }

  @Override
  public void open(List<String> filters) throws MqttFailure {
    client.setManualAcks(true);
    client.setCallback(this);
    int[] qualities = new int[filters.size()];
    Arrays.fill(qualities, 1);
    try {
      // Longer than the socket's own limit: an attempt that is given up must not connect later and
      // take the session away from the next one.
      client.connect(options()).waitForCompletion(2 * TIMEOUT_MS);
      IMqttToken token = client.subscribe(filters.toArray(String[]::new), qualities);
      token.waitForCompletion(TIMEOUT_MS);
      for (int i = 0; i < filters.size(); i++) {
        if (token.getGrantedQos()[i] == REFUSED) {
          String why = "the broker refused the subscription to " + filters.get(i);
          throw new MqttFailure(why, true, new IllegalStateException("code 128"));
        }
      }
    } catch (MqttException e) {
      int code = e.getReasonCode();
      boolean person =
          code == MqttException.REASON_CODE_FAILED_AUTHENTICATION
              || code == MqttException.REASON_CODE_NOT_AUTHORIZED
              || code == MqttException.REASON_CODE_INVALID_CLIENT_ID
              || code == MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION;
      String why = MqttFailure.refusal(code);
      throw new MqttFailure(person ? why : MqttFailure.describe(e), person, e);
    }
  }

  private MqttConnectOptions options() {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(false);
    options.setKeepAliveInterval((int) Math.max(1, broker.keepAlive().toSeconds()));
    options.setConnectionTimeout(TIMEOUT_MS / 1000);
    options.setAutomaticReconnect(false);
    broker
        .user()
        .ifPresent(
            user -> {
              options.setUserName(user.username());
              options.setPassword(user.password().toCharArray());
            });
    return options;
  }

  @Override
  public void close() {
    try {
      // 0 would wait for ever.
      client.disconnectForcibly(1, 500, client.isConnected());
    } catch (MqttException | RuntimeException e) {
      handler.onLost(MqttFailure.describe(e));
    }
    try {
      client.close(true);
    } catch (MqttException | RuntimeException e) {
      handler.onLost(MqttFailure.describe(e));
    }
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) throws MqttException {
    if (handler.onMessage(topic, message.getPayload(), message.isRetained())) {
      client.messageArrivedComplete(message.getId(), message.getQos());
    }
  }

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {
    handler.onConnected();
  }

  @Override
  public void connectionLost(Throwable cause) {
    handler.onLost(MqttFailure.describe(cause));
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {
    // Nothing is published.
  }
}
