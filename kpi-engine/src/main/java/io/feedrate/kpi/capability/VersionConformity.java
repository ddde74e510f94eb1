package io.feedrate.kpi.capability;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelEvent;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.State;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.meter.StateTimeline;
import io.feedrate.kpi.window.Tally;
import io.feedrate.kpi.window.Windows;
import java.util.Arrays;
import java.util.List;

/**
 * Version conformity: the time in which nodes served the approved version of a model, of the time
 * in which they served any, per node and model.
 *
 * <ul>
 *   <li>A version serves from its first production inference (or poll) until another one does, it
 *       is drained, or the node is retired; only seconds count in which the node's link was proven
 *       alive and that are not excluded.
 *   <li>Approved is what was approved last and not withdrawn (see {@link Approvals}), so a new
 *       approval makes a node non-conforming until it serves the new version. Another digest is
 *       another version.
 *   <li>Before the first approval is known it cannot be told: such time widens the bounds.
 * </ul>
 *
 * <p>What becomes known late corrects windows that can still be revised.
 *
 * <p><b>Formula</b>: conforming_ms / (conforming_ms + other_ms). <b>Unit</b>: 1. <b>Source</b>:
 * house definition; like hawkBit IN_SYNC and KServe UpToDate. <b>Thread</b>: the engine's.
 * <b>Allocation</b>: 0 but for changes. <b>Bounds</b>: {@link PerModel#MAX} models of nodes.
 */
public final class VersionConformity implements Meter.Timed {
  private static final int CONFORMING = 0;
  private static final int OTHER = 1;
  private static final int UNDECIDED = 2;
  private static final int KINDS = 3;
  private static final int SEEN = 1;
  private static final int UNSEEN = 0;
  private static final long MS_NS = 1_000_000L;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long NEVER = Long.MIN_VALUE;

  /** Time serving the approved version, of the time serving. */
  public static final Kpi KPI =
      new Kpi(
          "model_version_conformity",
          "model_version_conformity",
          "Model version conformity",
          "1",
          true,
          "node-time serving the approved version / node-time serving",
          "house definition; like hawkBit IN_SYNC, KServe UpToDate",
          List.of("conforming_ms", "other_ms", "undecided_ms"),
          (n, histogram) -> figure(n));

  private static final class Serving {
    final StateTimeline serving = new StateTimeline(1, Builds.NONE);
    final StateTimeline approved = new StateTimeline(1, Builds.NONE);
    final Approvals approvals = new Approvals();
    long servingSetNs = NEVER;
    long approvedSetNs = NEVER;
  }

  private final int[] linkOf;
  private final LinkTimelines links;
  private final Exclusions exclusions;
  private final Windows windows;
  private final Names names;
  private final Tally tally;
  private final Builds builds = new Builds();
  private final PerModel<Serving> models;
  private final StateTimeline seen;
  private final long[] countedNs;

  // The stretch that is being summed; fields, so that no second costs an allocation.
  private final StateTimeline.Visitor onServing = this::visitServing;
  private final StateTimeline.Visitor onApproved = this::visitApproved;
  private final StateTimeline.Visitor onSeen = this::visitSeen;
  private final long[] sums = new long[KINDS];
  private Serving its = new Serving();
  private int itsAsset;
  private int itsBuild;
  private int itsKind;

  public VersionConformity(Setting setting) {
    int assets = setting.register().assets().size();
    linkOf = setting.register().assets().stream().mapToInt(Asset::link).toArray();
    links = setting.links();
    exclusions = setting.exclusions();
    windows = setting.windows();
    names = setting.names();
    tally = setting.tally(KPI);
    models = new PerModel<>(assets, model -> new Serving());
    seen = new StateTimeline(assets, UNSEEN);
    countedNs = new long[assets];
    Arrays.fill(countedNs, NEVER);
  }

  private static Figure figure(long[] n) {
    long decided = n[CONFORMING] + n[OTHER];
    long all = decided + n[UNDECIDED];
    if (all == 0) {
      return Figure.NOT_APPLICABLE;
    }
    double lower = (double) n[CONFORMING] / all;
    double upper = (double) (n[CONFORMING] + n[UNDECIDED]) / all;
    return decided == 0
        ? new Figure(State.INSUFFICIENT_EVIDENCE, Double.NaN, lower, upper)
        : new Figure(State.MEASURED, (double) n[CONFORMING] / decided, lower, upper);
  }

  @Override
  public void onInference(Inference i) {
    if (i.mode == InferenceMode.PRODUCTION && i.ok) {
      onServing(i.asset, i.model, i.version, i.digest, i.atNs);
    }
  }

  @Override
  public void onModelEvent(ModelEvent e) {
    if (e.asset() < 0) {
      return;
    }
    switch (e.stage()) {
      case SERVING -> onServing(e.asset(), e.model(), e.version(), e.digest(), e.eventNs());
      case DRAINED -> onGone(e, false);
      case NODE_RETIRED -> onGone(e, true);
      default -> {}
    }
  }

  private void onServing(int asset, int model, int version, int digest, long atNs) {
    Serving s = models.of(asset, model);
    if (s != null && !builds.isToldOf(s.serving.current(0), version, digest)) {
      setServing(asset, s, atNs, builds.of(version, digest));
    }
  }

  private void onGone(ModelEvent e, boolean whateverServes) {
    Serving s = models.get(e.asset(), e.model());
    if (s != null && (whateverServes || builds.isVersion(s.serving.current(0), e.version()))) {
      setServing(e.asset(), s, e.eventNs(), Builds.NONE);
    }
  }

  private void setServing(int asset, Serving s, long atNs, int build) {
    if (isForgotten(atNs, s.servingSetNs)) {
      return;
    }
    long[] before = late(asset, s, atNs);
    s.serving.set(0, atNs, build);
    s.servingSetNs = Math.max(s.servingSetNs, atNs);
    correct(asset, s, atNs, before);
  }

  @Override
  public void onModelUpdate(int asset, ModelUpdate update, long receivedNs) {
    Serving s = asset < 0 ? null : models.of(asset, names.id(update.model()));
    if (s == null) {
      return;
    }
    Approvals.Change change =
        s.approvals.on(update, names.id(update.version()), names.id(update.digest()));
    if (change != null && !isForgotten(change.atNs(), s.approvedSetNs)) {
      long[] before = late(asset, s, change.atNs());
      s.approved.set(0, change.atNs(), builds.of(change.version(), change.digest()));
      s.approvedSetNs = Math.max(s.approvedSetNs, change.atNs());
      correct(asset, s, change.atNs(), before);
    }
  }

  /** Whether what followed a change is not in the timeline any more. */
  private boolean isForgotten(long atNs, long lastNs) {
    return atNs < lastNs && atNs < windows.revisableSinceNs();
  }

  /** What was counted since a time, by window, where that is so; else nothing. */
  private long[] late(int asset, Serving s, long atNs) {
    long fromNs = Math.max(atNs, windows.revisableSinceNs());
    if (fromNs >= countedNs[asset]) {
      return new long[0];
    }
    long[] counts = new long[KINDS * parts(fromNs, countedNs[asset])];
    int at = 0;
    for (long ns = fromNs; ns < countedNs[asset]; ns = windows.endNs(ns)) {
      sum(asset, s, ns, Math.min(windows.endNs(ns), countedNs[asset]));
      System.arraycopy(sums, 0, counts, at, KINDS);
      at += KINDS;
    }
    return counts;
  }

  private int parts(long fromNs, long toNs) {
    int n = 0;
    for (long ns = fromNs; ns < toNs; ns = windows.endNs(ns)) {
      n++;
    }
    return n;
  }

  private void correct(int asset, Serving s, long atNs, long[] before) {
    if (before.length == 0) {
      return;
    }
    long[] after = late(asset, s, atNs);
    long ns = Math.max(atNs, windows.revisableSinceNs());
    for (int at = 0; at < after.length; at += KINDS) {
      for (int k = 0; k < KINDS; k++) {
        if (after[at + k] != before[at + k]) {
          tally.add(asset, k, ns, after[at + k] - before[at + k]);
        }
      }
      ns = windows.endNs(ns);
    }
  }

  @Override
  public void onTime(int asset, long fromNs, long toNs) {
    countedNs[asset] = toNs;
    List<Serving> all = models.of(asset);
    if (all.isEmpty()) {
      return;
    }
    see(asset, fromNs, toNs);
    for (int m = 0; m < all.size(); m++) {
      sum(asset, all.get(m), fromNs, toNs);
      for (int k = 0; k < KINDS; k++) {
        if (sums[k] != 0) {
          tally.add(asset, k, fromNs, sums[k]);
        }
      }
    }
  }

  private void see(int asset, long fromNs, long toNs) {
    for (long ns = fromNs; ns < toNs; ns += SECOND_NS) {
      int now = isSeen(asset, ns, ns + SECOND_NS) ? SEEN : UNSEEN;
      if (now != seen.current(asset)) {
        seen.set(asset, ns, now);
      }
    }
  }

  private boolean isSeen(int asset, long fromNs, long toNs) {
    int link = linkOf[asset];
    boolean isAlive =
        link == Asset.NO_LINK
            || (links.worst(link, fromNs, toNs) <= LinkTimelines.GAP
                && links.provenNs(link) >= toNs);
    return isAlive && !exclusions.coversAsset(asset, fromNs, toNs);
  }

  /** Sums what a model of an asset did in an interval, by kind, in ms. */
  private void sum(int asset, Serving s, long fromNs, long toNs) {
    Arrays.fill(sums, 0);
    its = s;
    itsAsset = asset;
    s.serving.visit(0, fromNs, toNs, onServing);
  }

  private void visitServing(int subject, int build, long fromNs, long toNs) {
    if (build != Builds.NONE) {
      itsBuild = build;
      its.approved.visit(0, fromNs, toNs, onApproved);
    }
  }

  private void visitApproved(int subject, int approved, long fromNs, long toNs) {
    itsKind =
        approved == Builds.NONE
            ? UNDECIDED
            : builds.isSame(itsBuild, approved) ? CONFORMING : OTHER;
    seen.visit(itsAsset, fromNs, toNs, onSeen);
  }

  private void visitSeen(int asset, int state, long fromNs, long toNs) {
    if (state == SEEN) {
      // Of whole times, so that the parts of an interval add up to it.
      sums[itsKind] += Math.floorDiv(toNs, MS_NS) - Math.floorDiv(fromNs, MS_NS);
    }
  }

  @Override
  public void onClose(int asset, long startNs, long endNs) {
    long untilNs = windows.revisableSinceNs();
    seen.forget(asset, untilNs);
    List<Serving> all = models.of(asset);
    for (int m = 0; m < all.size(); m++) {
      all.get(m).serving.forget(0, untilNs);
      all.get(m).approved.forget(0, untilNs);
    }
  }

  @Override
  public void write(Snapshot.Writer out) {
    builds.write(out);
    models.write(out, s -> write(s, out));
    seen.write(out);
    out.putLongs(countedNs);
  }

  private static void write(Serving s, Snapshot.Writer out) {
    s.serving.write(out);
    s.approved.write(out);
    s.approvals.write(out);
    out.putLong(s.servingSetNs);
    out.putLong(s.approvedSetNs);
  }

  @Override
  public void read(Snapshot.Reader in) {
    builds.read(in);
    models.read(in, s -> read(s, in));
    seen.read(in);
    in.getLongs(countedNs);
  }

  private static void read(Serving s, Snapshot.Reader in) {
    s.serving.read(in);
    s.approved.read(in);
    s.approvals.read(in);
    s.servingSetNs = in.getLong();
    s.approvedSetNs = in.getLong();
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    VersionConformity other = (VersionConformity) old;
    builds.takeOver(other.builds);
    models.takeOver(other.models, heirs, (asset, gone) -> {});
    seen.takeOver(other.seen, heirs.oldAsset());
    for (int a = 0; a < countedNs.length; a++) {
      if (heirs.oldAsset()[a] >= 0) {
        countedNs[a] = other.countedNs[heirs.oldAsset()[a]];
      }
    }
  }
}
