package io.feedrate.kpi.capability;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelEvent;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.meter.StateTimeline;
import io.feedrate.kpi.window.Tally;
import io.feedrate.kpi.window.Windows;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * Rollback readiness: nodes that could go back to a verified version of each model that they serve,
 * of the nodes that served one. A node counts once for each window in which it made a production
 * inference (or was seen serving), and as ready if it was at the window's end. Ready is a version
 * that was reported so (FALLBACK_READY) and is neither lost nor the one that serves; once a version
 * serves it must be reported again.
 *
 * <p><b>Formula</b>: ready / nodes, both in node-windows. <b>Unit</b>: 1. <b>Source</b>: house
 * definition; OPC 10000-100 CachedLoading FallbackVersion. <b>Thread</b>: the engine's.
 * <b>Allocation</b>: 0 but for changes. <b>Bounds</b>: {@link PerModel#MAX} models of nodes, {@link
 * #MAX_FALLBACKS} fallback versions each.
 */
public final class RollbackReadiness implements Meter {
  /** The most fallback versions kept of a model on a node; the oldest is forgotten. */
  static final int MAX_FALLBACKS = 16;

  private static final int NODES = 0;
  private static final int READY_COUNT = 1;

  /** Nodes with a verified fallback, of the nodes that serve. */
  public static final Kpi KPI =
      new Kpi(
          "model_rollback_readiness",
          "model_rollback_readiness",
          "Model rollback readiness",
          "1",
          true,
          "node-windows with a verified fallback for each served model / node-windows serving",
          "house definition; OPC 10000-100 CachedLoading FallbackVersion",
          List.of("nodes", "ready"),
          (n, histogram) -> Figure.ratio(n[READY_COUNT], n[NODES]));

  private static final int NOT_SERVING = -1;
  private static final int WITHOUT = 0;
  private static final int WITH = 1;

  private static final class Node {
    final StateTimeline state = new StateTimeline(1, NOT_SERVING);
    final IntArrayList fallbacks = new IntArrayList();
    int serving = NOT_SERVING;

    void set(long atNs) {
      int now = serving < 0 ? NOT_SERVING : fallbacks.isEmpty() ? WITHOUT : WITH;
      if (now != state.current(0)) {
        state.set(0, atNs, now);
      }
    }
  }

  private final Windows windows;
  private final Tally tally;
  private final PerModel<Node> models;
  private final long[] closedNs;

  public RollbackReadiness(Setting setting) {
    int assets = setting.register().assets().size();
    windows = setting.windows();
    tally = setting.tally(KPI);
    models = new PerModel<>(assets, model -> new Node());
    closedNs = new long[assets];
    Arrays.fill(closedNs, Long.MIN_VALUE);
  }

  @Override
  public void onInference(Inference i) {
    if (i.mode == InferenceMode.PRODUCTION && i.ok) {
      onServing(i.asset, i.model, i.version, i.atNs);
    }
  }

  @Override
  public void onModelEvent(ModelEvent e) {
    if (e.asset() < 0) {
      return;
    }
    switch (e.stage()) {
      case SERVING -> onServing(e.asset(), e.model(), e.version(), e.eventNs());
      case FALLBACK_READY -> onReady(e);
      case FALLBACK_LOST -> onLost(e, false);
      case DRAINED -> onDrained(e);
      case NODE_RETIRED -> onLost(e, true);
      default -> {}
    }
  }

  private void onServing(int asset, int model, int version, long atNs) {
    Node node = models.of(asset, model);
    if (node == null) {
      return;
    }
    if (node.serving != version) {
      node.serving = version;
      node.fallbacks.removeInt(version);
      node.set(atNs);
    }
    if (tally.get(asset, NODES, atNs) == 0) {
      tally.add(asset, NODES, atNs, 1);
      long endNs = windows.endNs(atNs);
      if (endNs <= closedNs[asset] && isReady(asset, endNs)) {
        tally.add(asset, READY_COUNT, atNs, 1);
      }
    }
  }

  private void onReady(ModelEvent e) {
    Node node = models.of(e.asset(), e.model());
    if (node == null || node.serving == e.version() || node.fallbacks.containsInt(e.version())) {
      return;
    }
    if (node.fallbacks.size() == MAX_FALLBACKS) {
      node.fallbacks.removeAt(0);
    }
    node.fallbacks.addInt(e.version());
    node.set(e.eventNs());
  }

  private void onLost(ModelEvent e, boolean isRetired) {
    Node node = models.get(e.asset(), e.model());
    if (node != null) {
      if (isRetired) {
        node.fallbacks.clear();
        node.serving = NOT_SERVING;
      } else {
        node.fallbacks.removeInt(e.version());
      }
      node.set(e.eventNs());
    }
  }

  private void onDrained(ModelEvent e) {
    Node node = models.get(e.asset(), e.model());
    if (node != null && node.serving == e.version()) {
      node.serving = NOT_SERVING;
      node.set(e.eventNs());
    }
  }

  @Override
  public void onClose(int asset, long startNs, long endNs) {
    closedNs[asset] = endNs;
    List<Node> all = models.of(asset);
    if (all.isEmpty()) {
      return;
    }
    if (tally.get(asset, NODES, startNs) > 0 && isReady(asset, endNs)) {
      tally.add(asset, READY_COUNT, startNs, 1);
    }
    for (int m = 0; m < all.size(); m++) {
      all.get(m).state.forget(0, windows.revisableSinceNs());
    }
  }

  /** Whether each model that an asset serves just before a time has a fallback. */
  private boolean isReady(int asset, long beforeNs) {
    boolean any = false;
    List<Node> all = models.of(asset);
    for (int m = 0; m < all.size(); m++) {
      int state = all.get(m).state.at(0, beforeNs - 1);
      if (state == WITHOUT) {
        return false;
      }
      any |= state == WITH;
    }
    return any;
  }

  @Override
  public void write(Snapshot.Writer out) {
    models.write(
        out,
        node -> {
          node.state.write(out);
          out.putZigzag(node.serving);
          out.putVarint(node.fallbacks.size());
          for (int i = 0; i < node.fallbacks.size(); i++) {
            out.putVarint(node.fallbacks.getInt(i));
          }
        });
    out.putLongs(closedNs);
  }

  @Override
  public void read(Snapshot.Reader in) {
    models.read(
        in,
        node -> {
          node.state.read(in);
          node.serving = (int) in.getZigzag();
          int n = (int) in.getVarint();
          for (int i = 0; i < n; i++) {
            node.fallbacks.addInt((int) in.getVarint());
          }
        });
    in.getLongs(closedNs);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    RollbackReadiness other = (RollbackReadiness) old;
    models.takeOver(other.models, heirs, (asset, gone) -> {});
    for (int a = 0; a < closedNs.length; a++) {
      if (heirs.oldAsset()[a] >= 0) {
        closedNs[a] = other.closedNs[heirs.oldAsset()[a]];
      }
    }
  }
}
