package io.feedrate.kpi.rollout;

import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One version of one model for one node, in its latest attempt.
 *
 * <p><b>Thread</b>: the engine's.
 */
final class Target {
  static final long NEVER = ModelUpdate.PENDING;

  private static final ModelStage[] STAGES = ModelStage.values();
  private static final End[] ENDS = End.values();

  final int node;
  final int model;
  final int version;

  /** The approved digest; before the approval the first that was told. */
  int digest = Names.EMPTY;

  /** Another one that was told of the same version. */
  int otherDigest = Names.EMPTY;

  int attempt = 1;
  int revision = -1;

  /** Whether there was an attempt before that is still remembered. */
  boolean isAgain;

  long approvedNs = NEVER;
  long approvedReceivedNs = NEVER;

  /** The first production inference with this digest, also from before the approval. */
  long firstNs = NEVER;

  long firstReceivedNs = NEVER;
  long firstNotBeforeNs = NEVER;
  long endNs = NEVER;
  long endReceivedNs = NEVER;
  long endNotBeforeNs = NEVER;
  long rolledBackNs = NEVER;
  End end = End.PENDING;

  /** When another version took its place last; what it inferred before that says nothing new. */
  long leftNs = NEVER;

  /** Whether it was counted as on time or late. */
  boolean isJudged;

  /** When its outcome after serving was counted, by event time, or {@link #NEVER}. */
  long settledNs = NEVER;

  final Map<ModelStage, Long> stagesNs = new LinkedHashMap<>();

  Target(int node, int model, int version) {
    this.node = node;
    this.model = model;
    this.version = version;
  }

  boolean isApproved() {
    return approvedNs != NEVER;
  }

  boolean isOpen() {
    return isApproved() && end == End.PENDING;
  }

  /** Served, and it is not counted yet whether it lasted. */
  boolean isSoaking() {
    return end == End.SERVED && settledNs == NEVER;
  }

  /** Served, and no other version took its place since, as far as is known. */
  boolean isServing() {
    return end == End.SERVED && rolledBackNs == NEVER && (leftNs == NEVER || leftNs < endNs);
  }

  /** Whether a digest may be its own: where one of the two was not told, nothing speaks against. */
  boolean isBuild(int its) {
    return its == Names.EMPTY || digest == Names.EMPTY || its == digest;
  }

  /** Takes note of a digest that was told of it; whether that is a new finding. */
  boolean note(int its) {
    if (digest == Names.EMPTY) {
      digest = its;
    } else if (!isBuild(its) && its != otherDigest) {
      otherDigest = its;
      return true;
    }
    return false;
  }

  /** A digest was approved: whatever else was told of the version is another one. */
  void approveDigest(int its) {
    if (isBuild(its)) {
      note(its);
    } else {
      otherDigest = digest;
      digest = its;
      firstNs = NEVER; // by another digest
      firstReceivedNs = NEVER;
      firstNotBeforeNs = NEVER;
    }
  }

  /** Begins the next attempt. */
  void again() {
    attempt++;
    revision = -1;
    isAgain = true;
    end = End.PENDING;
    endNs = NEVER;
    endReceivedNs = NEVER;
    endNotBeforeNs = NEVER;
    rolledBackNs = NEVER;
    firstNs = NEVER;
    firstReceivedNs = NEVER;
    firstNotBeforeNs = NEVER;
    isJudged = false;
    settledNs = NEVER;
    stagesNs.clear();
  }

  ModelUpdate view(Names names) {
    return new ModelUpdate(
        names.name(node),
        names.name(model),
        names.name(version),
        names.name(digest),
        attempt,
        revision,
        approvedNs,
        approvedReceivedNs,
        endNotBeforeNs,
        endNs,
        endReceivedNs,
        end,
        rolledBackNs,
        names.name(otherDigest),
        stagesNs);
  }

  void write(Snapshot.Writer out) {
    out.putInt(node);
    out.putInt(model);
    out.putInt(version);
    out.putInt(digest);
    out.putInt(otherDigest);
    out.putInt(attempt);
    out.putInt(revision);
    out.putByte((byte) (isAgain ? 1 : 0));
    out.putLong(approvedNs);
    out.putLong(approvedReceivedNs);
    out.putLong(firstNs);
    out.putLong(firstReceivedNs);
    out.putLong(firstNotBeforeNs);
    out.putLong(endNs);
    out.putLong(endReceivedNs);
    out.putLong(endNotBeforeNs);
    out.putLong(rolledBackNs);
    out.putByte((byte) end.ordinal());
    out.putLong(leftNs);
    out.putByte((byte) (isJudged ? 1 : 0));
    out.putLong(settledNs);
    out.putInt(stagesNs.size());
    stagesNs.forEach(
        (stage, ns) -> {
          out.putByte((byte) stage.ordinal());
          out.putLong(ns);
        });
  }

  static Target read(Snapshot.Reader in) {
    Target t = new Target(in.getInt(), in.getInt(), in.getInt());
    t.digest = in.getInt();
    t.otherDigest = in.getInt();
    t.attempt = in.getInt();
    t.revision = in.getInt();
    t.isAgain = in.getByte() == 1;
    t.approvedNs = in.getLong();
    t.approvedReceivedNs = in.getLong();
    t.firstNs = in.getLong();
    t.firstReceivedNs = in.getLong();
    t.firstNotBeforeNs = in.getLong();
    t.endNs = in.getLong();
    t.endReceivedNs = in.getLong();
    t.endNotBeforeNs = in.getLong();
    t.rolledBackNs = in.getLong();
    t.end = ENDS[in.getByte()];
    t.leftNs = in.getLong();
    t.isJudged = in.getByte() == 1;
    t.settledNs = in.getLong();
    int stages = in.getInt();
    for (int s = 0; s < stages; s++) {
      t.stagesNs.put(STAGES[in.getByte()], in.getLong());
    }
    return t;
  }
}
