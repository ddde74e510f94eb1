package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.config.GatewayConfig.MqttSource;
import io.feedrate.collector.config.SignalAddress;
import java.util.List;

/**
 * One source behind the broker.
 *
 * @param link id in the register
 * @param source of the config
 * @param node path of the asset that the source is of; "" if it is of none or of several, then its
 *     messages must name their node
 * @param signals what it may send samples of
 */
public record MqttLink(int link, MqttSource source, String node, List<SignalAddress> signals) {
  public MqttLink {
    signals = List.copyOf(signals);
  }
}
