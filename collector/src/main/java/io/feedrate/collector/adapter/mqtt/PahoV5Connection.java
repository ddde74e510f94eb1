package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.config.GatewayConfig.Broker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/** MQTT 5 with Eclipse Paho. Callbacks never block and never call the client but to acknowledge. */
final class PahoV5Connection implements MqttConnection, MqttCallback {
  private static final long MAX_EXPIRY_SECONDS = 0xFFFF_FFFFL;

  private final Broker broker;
  private final Handler handler;
  private final MqttAsyncClient client;

  PahoV5Connection(Broker broker, Handler handler) throws MqttFailure {
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
    try {
      // Longer than the socket's own limit: an attempt that is given up must not connect later and
      // take the session away from the next one.
      client.connect(options()).waitForCompletion(2 * TIMEOUT_MS);
      MqttSubscription[] subscriptions =
          filters.stream().map(f -> new MqttSubscription(f, 1)).toArray(MqttSubscription[]::new);
      IMqttToken token = client.subscribe(subscriptions);
      token.waitForCompletion(TIMEOUT_MS);
      refused(token.getReasonCodes(), filters);
    } catch (MqttException e) {
      int code = e.getReasonCode();
      boolean person =
          code == MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED
              || code == MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD
              || code == MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID
              || code == MqttReturnCode.RETURN_CODE_UNSUPPORTED_PROTOCOL_VERSION;
      String why = MqttFailure.refusal(code);
      throw new MqttFailure(person ? why : MqttFailure.describe(e), person, e);
    }
  }

  private static void refused(int[] codes, List<String> filters) throws MqttFailure {
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
        String why = "the broker refused the subscription to " + filters.get(i);
        throw new MqttFailure(why, true, new IllegalStateException("code " + codes[i]));
      }
    }
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(
        Math.min(broker.sessionExpiry().toSeconds(), MAX_EXPIRY_SECONDS));
    options.setKeepAliveInterval((int) Math.max(1, broker.keepAlive().toSeconds()));
    options.setConnectionTimeout(TIMEOUT_MS / 1000);
    options.setAutomaticReconnect(false);
    options.setReceiveMaximum(RECEIVE_MAXIMUM);
    options.setMaximumPacketSize((long) MAX_PACKET);
    options.setUseSubscriptionIdentifiers(false);
    broker
        .user()
        .ifPresent(
            user -> {
              options.setUserName(user.username());
              options.setPassword(user.password().getBytes(StandardCharsets.UTF_8));
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
  public void disconnected(MqttDisconnectResponse response) {
    MqttException e = response.getException();
    handler.onLost(
        e != null
            ? MqttFailure.describe(e)
            : "the broker disconnected, MQTT reason code " + response.getReturnCode());
  }

  @Override
  public void mqttErrorOccurred(MqttException e) {
    handler.onLost(MqttFailure.describe(e));
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    // Nothing is published.
  }

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {
    // No enhanced authentication was asked for.
  }
}
