package io.feedrate.collector.adapter.mqtt;

import io.feedrate.collector.adapter.Adapter;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.config.GatewayConfig.Broker;
import io.feedrate.collector.config.GatewayConfig.MqttSource;
import io.feedrate.collector.config.SourceSignals;
import io.feedrate.collector.journal.Journal;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The adapters of a configuration: one for each broker that a source is behind. */
public final class MqttAdapters {

  private MqttAdapters() {}

  /** The brokers of a configuration, not connected yet; none if no source is behind any. */
  public static List<Adapter> create(GatewayConfig config, Register register, Journal journal) {
    List<Adapter> adapters = new ArrayList<>();
    Map<String, String> nodes = nodes(register);
    for (Broker broker : config.brokers()) {
      List<MqttLink> links =
          config.sources().stream()
              .filter(MqttSource.class::isInstance)
              .map(MqttSource.class::cast)
              .filter(source -> source.broker().equals(broker.name()))
              .map(source -> link(source, config, register))
              .toList();
      if (!links.isEmpty()) {
        adapters.add(new MqttAdapter(broker, links, nodes, journal));
      }
    }
    return adapters;
  }

  private static MqttLink link(MqttSource source, GatewayConfig config, Register register) {
    List<Asset> assets = SourceSignals.assetsOf(register, source.name());
    return new MqttLink(
        register.links().indexOf(source.name()),
        source,
        assets.size() == 1 ? assets.get(0).path() : "",
        SourceSignals.of(config, register, source.name()));
  }

  /** Paths by what a payload may call a node: its path, or its name where only one has it. */
  private static Map<String, String> nodes(Register register) {
    Map<String, String> nodes = new HashMap<>();
    Map<String, Integer> uses = new HashMap<>();
    for (Asset asset : register.assets()) {
      uses.merge(name(asset), 1, Integer::sum);
    }
    for (Asset asset : register.assets()) {
      nodes.put(asset.path(), asset.path());
      if (uses.getOrDefault(name(asset), 0) == 1) {
        nodes.putIfAbsent(name(asset), asset.path());
      }
    }
    return nodes;
  }

  private static String name(Asset asset) {
    return asset.path().substring(asset.path().lastIndexOf('/') + 1);
  }
}
