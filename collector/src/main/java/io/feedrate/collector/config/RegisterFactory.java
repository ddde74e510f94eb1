package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.AssetConfig;
import io.feedrate.collector.config.GatewayConfig.KpiSettings;
import io.feedrate.collector.config.GatewayConfig.SignalConfig;
import io.feedrate.collector.config.GatewayConfig.Source;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.engine.KpiEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Derives the register from a configuration. Ids follow the order of the file, so the same file
 * always gives the same ids.
 */
public final class RegisterFactory {

  private final GatewayConfig config;
  private final List<Asset> assets = new ArrayList<>();
  private final List<Signal> signals = new ArrayList<>();
  private final Map<String, Integer> assetIds = new HashMap<>();
  private final Map<String, Integer> linkIds = new HashMap<>();

  private RegisterFactory(GatewayConfig config) {
    this.config = config;
  }

  /**
   * The register: site, lines, then machines and nodes with their signals; hash included.
   *
   * @throws IllegalArgumentException if the engine cannot work under it
   */
  public static Register register(GatewayConfig config) {
    return new RegisterFactory(config).build();
  }

  private Register build() {
    List<String> links = config.sources().stream().map(Source::name).toList();
    for (String link : links) {
      linkIds.put(link, linkIds.size());
    }
    int site = add(config.site(), Asset.Kind.SITE, Asset.NO_PARENT);
    List<Integer> lines = new ArrayList<>();
    for (AssetConfig asset : config.assets()) {
      lines.add(line(site, asset.line()));
    }
    for (int i = 0; i < config.assets().size(); i++) {
      machine(config.assets().get(i), lines.get(i));
    }
    Register unnamed = new Register("", assets, signals, links, rules());
    KpiEngine.check(unnamed);
    return RegisterJson.withHash(unnamed);
  }

  private Rules rules() {
    KpiSettings kpi = config.kpi();
    Map<String, Long> lateness = new HashMap<>();
    for (Source source : config.sources()) {
      source.lateness().ifPresent(its -> lateness.put(source.name(), its.toNanos()));
    }
    return Rules.STANDARD
        .windows(kpi.window().toNanos(), kpi.signalWindow().toNanos())
        .lateness(kpi.lateness().toNanos(), lateness)
        .revisable(kpi.revisable().toNanos())
        .modelUpdates(kpi.modelUpdateDeadline().toNanos(), kpi.modelUpdateSoak().toNanos())
        .clockLimit(kpi.clockLimit().toNanos())
        .calendar(config.calendar())
        .timeElements(config.timeElements())
        .qualifications(config.qualifications());
  }

  private int add(String path, Asset.Kind kind, int parent) {
    return add(new Asset(assets.size(), path, kind, parent, Asset.NO_LINK, ""));
  }

  private int add(Asset asset) {
    assets.add(asset);
    assetIds.put(asset.path(), asset.id());
    return asset.id();
  }

  private int line(int site, String line) {
    int parent = site;
    String path = config.site();
    for (String level : line.split("/", -1)) {
      path += "/" + level;
      Integer known = assetIds.get(path);
      parent = known == null ? add(path, Asset.Kind.LINE, parent) : known;
    }
    return parent;
  }

  private void machine(AssetConfig machine, int line) {
    int link = linkIds.getOrDefault(machine.source(), Asset.NO_LINK);
    String path = config.site() + "/" + machine.line() + "/" + machine.name();
    int asset =
        add(
            new Asset(
                assets.size(),
                path,
                machine.kind(),
                line,
                link,
                machine.supplier(),
                machine.idealCycle().toNanos()));
    for (SignalConfig signal : machine.signals()) {
      signals.add(
          new Signal(
              signals.size(),
              path + "/" + signal.name(),
              asset,
              link,
              signal.mode(),
              signal.period().toNanos(),
              signal.deadline().toNanos(),
              signal.min(),
              signal.max(),
              signal.unit(),
              signal.text(),
              signal.role(),
              signal.owner(),
              signal.semanticId()));
    }
  }
}
