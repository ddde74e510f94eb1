package io.feedrate.kpi.capability;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.UpdateOutcome;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Deployment frequency: model updates that came to serve, per node and day. A node is an asset of
 * that kind, and any other from its first update on. Time counts whether or not the node is on: it
 * is the fleet's real time.
 *
 * <p><b>Formula</b>: served / (node_ms / 86,400,000). <b>Unit</b>: 1/d. <b>Source</b>: DORA
 * deployment frequency (general knowledge). <b>Thread</b>: the engine's. <b>Allocation</b>: 0 but
 * for updates.
 */
public final class DeploymentFrequency implements Meter.Timed {
  private static final int SERVED = 0;
  private static final int NODE_MS = 1;
  private static final long MS_NS = 1_000_000;
  private static final double DAY_MS = 86_400_000;

  /** Served updates per node and day. */
  public static final Kpi KPI =
      new Kpi(
          "model_deployment_frequency",
          "model_deployment_frequency",
          "Model deployment frequency",
          "1/d",
          true,
          "model updates that served / days of nodes",
          "DORA deployment frequency (general knowledge)",
          List.of("served", "node_ms"),
          (n, histogram) ->
              n[NODE_MS] == 0
                  ? Figure.NOT_APPLICABLE
                  : Figure.exact(n[SERVED] / (n[NODE_MS] / DAY_MS)));

  private final boolean[] isNode;
  private final Tally tally;

  public DeploymentFrequency(Setting setting) {
    List<Asset> assets = setting.register().assets();
    isNode = new boolean[assets.size()];
    assets.forEach(a -> isNode[a.id()] = a.kind() == Asset.Kind.NODE);
    tally = setting.tally(KPI);
  }

  @Override
  public void onUpdateOutcome(int asset, UpdateOutcome outcome, long atNs, int change) {
    if (outcome == UpdateOutcome.SERVED) {
      isNode[asset] = true;
      tally.add(asset, SERVED, atNs, change);
    }
  }

  @Override
  public void onTime(int asset, long fromNs, long toNs) {
    if (isNode[asset]) {
      tally.add(asset, NODE_MS, fromNs, (toNs - fromNs) / MS_NS);
    }
  }

  @Override
  public void write(Snapshot.Writer out) {
    for (boolean is : isNode) {
      out.putByte((byte) (is ? 1 : 0));
    }
  }

  @Override
  public void read(Snapshot.Reader in) {
    for (int a = 0; a < isNode.length; a++) {
      isNode[a] = in.getByte() == 1;
    }
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    boolean[] was = ((DeploymentFrequency) old).isNode;
    for (int a = 0; a < isNode.length; a++) {
      isNode[a] |= heirs.oldAsset()[a] >= 0 && was[heirs.oldAsset()[a]];
    }
  }
}
