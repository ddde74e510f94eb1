package io.feedrate.kpi.capability;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Episode.Kind;
import io.feedrate.kpi.Fingerprint;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.episode.Episodes;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import java.util.List;

/**
 * Recovery time of failed model updates: from the time at which an update of a node's model is
 * known to have failed or was rolled back, to the first production inference (or poll) by a version
 * that is approved for the node and was not withdrawn. Where the version before goes on serving
 * that is its next inference. A rejected update changed nothing on the node, so there is nothing to
 * recover from. A second failure before the recovery goes on with the first one's clock.
 *
 * <p>A good version must have been approved in the collector's sight; one that served before the
 * collector came, and was never approved since, ends nothing.
 *
 * <p><b>Formula</b>: quantile of restored - detected over all episodes, open ones included.
 * <b>Unit</b>: s. <b>Source</b>: DORA failed-deployment recovery time: restored - detected, not
 * from the deployment (per secondary source). <b>Thread</b>: the engine's. <b>Allocation</b>: per
 * failure and recovery. <b>Bounds</b>: {@link PerModel#MAX} models of nodes.
 */
public final class RecoveryTime implements Meter {
  private static final double HALF = 0.5;
  private static final double NINE_TENTHS = 0.9;
  private static final long NEVER = Long.MIN_VALUE;

  /** Median. */
  public static final Kpi MEDIAN =
      of("model_update_recovery", "Model update recovery time (median)", HALF);

  /** 90th percentile. */
  public static final Kpi P90 =
      of("model_update_recovery_p90", "Model update recovery time (90th percentile)", NINE_TENTHS);

  private static Kpi of(String id, String name, double quantile) {
    return Kpi.waiting(
        id,
        name,
        "smallest t with F(t) >= %s, F cumulative incidence of an approved version serving again"
                .formatted(quantile)
            + " since the failure or rollback",
        "DORA failed deployment recovery time (per secondary source)",
        new Kpi.Waiting(Kind.RECOVERY, quantile, false));
  }

  private static final class Recovery {
    final int model;
    final Approvals approvals = new Approvals();
    long detectedNs = NEVER;
    boolean isOpen;

    Recovery(int model) {
      this.model = model;
    }
  }

  private final List<Asset> assets;
  private final Episodes episodes;
  private final Names names;
  private final PerModel<Recovery> models;

  public RecoveryTime(Setting setting) {
    assets = setting.register().assets();
    episodes = setting.episodes();
    names = setting.names();
    models = new PerModel<>(assets.size(), Recovery::new);
  }

  @Override
  public void onModelUpdate(int asset, ModelUpdate u, long receivedNs) {
    Recovery r = asset < 0 ? null : models.of(asset, names.id(u.model()));
    if (r == null) {
      return;
    }
    r.approvals.on(u, names.id(u.version()), names.id(u.digest()));
    long failedNs = failedNs(u);
    // A later state of the same failure, or an older one, tells nothing new.
    if (failedNs > r.detectedNs) {
      r.detectedNs = failedNs;
      if (!r.isOpen) {
        r.isOpen = true;
        episodes.begin(Kind.RECOVERY, assets.get(asset).path(), key(r), failedNs, receivedNs);
      }
    }
  }

  /** When an update was found to have failed after it changed something, or {@link #NEVER}. */
  private static long failedNs(ModelUpdate u) {
    if (u.rolledBackNs() != ModelUpdate.PENDING) {
      return u.rolledBackNs();
    }
    Long rejectedNs = u.stagesNs().get(ModelStage.REJECTED);
    boolean isRejected = rejectedNs != null && rejectedNs == u.endNs();
    return u.end() == End.FAILED && !isRejected ? u.endNs() : NEVER;
  }

  private long key(Recovery r) {
    return Fingerprint.of(names.name(r.model));
  }

  @Override
  public void onInference(Inference i) {
    if (i.mode == InferenceMode.PRODUCTION && i.ok) {
      onServing(i.asset, i.model, i.version, i.digest, i.atNs, i.receivedNs);
    }
  }

  @Override
  public void onModelEvent(ModelEvent e) {
    if (e.asset() < 0) {
      return;
    }
    if (e.stage() == ModelStage.SERVING) {
      onServing(e.asset(), e.model(), e.version(), e.digest(), e.eventNs(), e.receivedNs());
    } else if (e.stage() == ModelStage.NODE_RETIRED) {
      Recovery r = models.get(e.asset(), e.model());
      if (r != null) {
        end(e.asset(), r, Episode.End.LAPSED, e.eventNs(), e.receivedNs());
      }
    }
  }

  private void onServing(
      int asset, int model, int version, int digest, long atNs, long receivedNs) {
    Recovery r = models.get(asset, model);
    // From before the failure: it says nothing about the time after it.
    if (r != null && r.isOpen && atNs >= r.detectedNs && r.approvals.isGood(version, digest)) {
      end(asset, r, Episode.End.DONE, atNs, receivedNs);
    }
  }

  private void end(int asset, Recovery r, Episode.End end, long atNs, long receivedNs) {
    if (r.isOpen) {
      r.isOpen = false;
      episodes.end(Kind.RECOVERY, assets.get(asset).path(), key(r), end, atNs, receivedNs);
    }
  }

  @Override
  public void write(Snapshot.Writer out) {
    models.write(
        out,
        r -> {
          r.approvals.write(out);
          out.putLong(r.detectedNs);
          out.putByte((byte) (r.isOpen ? 1 : 0));
        });
  }

  @Override
  public void read(Snapshot.Reader in) {
    models.read(
        in,
        r -> {
          r.approvals.read(in);
          r.detectedNs = in.getLong();
          r.isOpen = in.getByte() == 1;
        });
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    RecoveryTime other = (RecoveryTime) old;
    models.takeOver(
        other.models,
        heirs,
        (asset, gone) -> other.end(asset, gone, Episode.End.LAPSED, heirs.nowNs(), heirs.nowNs()));
  }
}
