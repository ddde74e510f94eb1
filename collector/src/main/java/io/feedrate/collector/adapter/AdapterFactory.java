package io.feedrate.collector.adapter;

import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.journal.Journal;
import io.feedrate.kpi.Register;
import java.util.List;

/** Makes the adapters of one protocol that a configuration asks for. */
@FunctionalInterface
public interface AdapterFactory {

  /**
   * Adapters that are not started yet; none if no source speaks this protocol.
   *
   * @param register made of the configuration
   */
  List<Adapter> create(GatewayConfig config, Register register, Journal journal);
}
