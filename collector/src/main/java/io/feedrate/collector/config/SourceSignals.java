package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.AssetConfig;
import io.feedrate.collector.config.GatewayConfig.SignalConfig;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import java.util.ArrayList;
import java.util.List;

/** What an adapter must know of the register: the signals and assets of its source. */
public final class SourceSignals {

  private SourceSignals() {}

  /**
   * The signals that this source brings, in the order of their ids.
   *
   * @param register made of this configuration
   */
  public static List<SignalAddress> of(GatewayConfig config, Register register, String source) {
    List<SignalAddress> addresses = new ArrayList<>();
    int id = 0;
    for (AssetConfig asset : config.assets()) {
      for (SignalConfig signal : asset.signals()) {
        if (asset.source().equals(source)) {
          addresses.add(
              new SignalAddress(
                  id,
                  register.signals().get(id).path(),
                  signal.address(),
                  signal.sampling(),
                  signal.text()));
        }
        id++;
      }
    }
    return addresses;
  }

  /** The machines and nodes that are reached by this source, in the order of their ids. */
  public static List<Asset> assetsOf(Register register, String source) {
    int link = register.links().indexOf(source);
    return link < 0
        ? List.of()
        : register.assets().stream().filter(asset -> asset.link() == link).toList();
  }
}
