package io.feedrate.collector.adapter.opcua;

import io.feedrate.collector.adapter.Adapter;
import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.config.GatewayConfig.OpcUaSource;
import io.feedrate.collector.config.SourceSignals;
import io.feedrate.collector.journal.Journal;
import io.feedrate.kpi.Register;
import java.util.List;

/** All OPC UA servers of a configuration, with the threads and certificates that they share. */
public final class OpcUaAdapters implements Adapter {
  private final OpcUaShared shared;
  private final List<OpcUaAdapter> adapters;

  private OpcUaAdapters(OpcUaShared shared, List<OpcUaAdapter> adapters) {
    this.shared = shared;
    this.adapters = List.copyOf(adapters);
  }

  /** The servers of a configuration, not connected yet; none if it has none. */
  public static List<Adapter> create(GatewayConfig config, Register register, Journal journal) {
    List<OpcUaSource> sources =
        config.sources().stream()
            .filter(OpcUaSource.class::isInstance)
            .map(OpcUaSource.class::cast)
            .toList();
    if (sources.isEmpty()) {
      return List.of();
    }
    OpcUaShared shared = new OpcUaShared(config.data(), config.id());
    List<OpcUaAdapter> adapters =
        sources.stream()
            .map(
                source ->
                    new OpcUaAdapter(
                        source,
                        register.links().indexOf(source.name()),
                        SourceSignals.of(config, register, source.name()),
                        register,
                        journal,
                        shared))
            .toList();
    return List.of(new OpcUaAdapters(shared, adapters));
  }

  @Override
  public void start() {
    adapters.forEach(OpcUaAdapter::start);
  }

  @Override
  public List<LinkStatus> links() {
    return adapters.stream().flatMap(adapter -> adapter.links().stream()).toList();
  }

  @Override
  public void close() {
    adapters.forEach(OpcUaAdapter::close);
    shared.close();
  }
}
