package io.feedrate.kpi.rollout;

import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.ModelEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows each model update target (node, model, version) from approval to its end.
 *
 * <ul>
 *   <li>The clock starts at APPROVED and stops at the first production inference by that version on
 *       that node; stages in between are kept as they were reported.
 *   <li>A newer approval for the same node and model ends an open target as SUPERSEDED. A second
 *       approval of an open or serving version changes nothing; of an ended one it is a new
 *       attempt, which the next inference ends if the node serves that version already. An approval
 *       no newer than the one that is known is that one, delivered again.
 *   <li>A rollback of a served version keeps its latency and is noted beside it; of an open one it
 *       ends it as FAILED.
 *   <li>An inference may become known before its approval: the first one of a version is kept, and
 *       ends the target when the approval arrives. A negative latency stays negative.
 * </ul>
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 for an inference that changes nothing;
 * events allocate. <b>Bounds</b>: {@link #MAX_TARGETS}; targets that nobody approved leave first,
 * then ended ones.
 */
public final class Rollouts {

  /** The most targets kept; what is over is counted and not followed. */
  static final int MAX_TARGETS = 20_000;

  private static final int MARKER = 0x524f4c4c;
  private static final long NONE = -1;

  private final Names names;
  private final ResultListener listener;
  private final Map<Long, Target> targets = new LinkedHashMap<>();
  private final Map<Long, Target> open = new LinkedHashMap<>(); // one per node and model
  private final Long2LongHashMap serving = new Long2LongHashMap(NONE);
  private long untracked;
  private long deadlineNs;

  /** No open target's deadline is earlier: so that time can pass without looking at each. */
  private long nothingDueBeforeNs = Long.MIN_VALUE;

  /** The highest attempt of a target that left: should it return, it goes on above that. */
  private int highestLeft;

  private static final class Target {
    final int node;
    final int model;
    final int version;
    int digest = Names.EMPTY;
    int attempt = 1;
    int revision = -1;
    long approvedNs = ModelUpdate.PENDING;
    long approvedReceivedNs = ModelUpdate.PENDING;
    long firstInferenceNs = ModelUpdate.PENDING;
    long firstInferenceReceivedNs = ModelUpdate.PENDING;
    long endNs = ModelUpdate.PENDING;
    long endReceivedNs = ModelUpdate.PENDING;
    long rolledBackNs = ModelUpdate.PENDING;
    End end = End.PENDING;
    boolean judged;
    final Map<ModelStage, Long> stagesNs = new LinkedHashMap<>();

    Target(int node, int model, int version) {
      this.node = node;
      this.model = model;
      this.version = version;
    }

    boolean isApproved() {
      return approvedNs != ModelUpdate.PENDING;
    }

    boolean isOpen() {
      return isApproved() && end == End.PENDING;
    }
  }

  public Rollouts(Names names, ResultListener listener) {
    this.names = names;
    this.listener = listener;
  }

  private static long key(int node, int model, int version) {
    return (long) node << 40 | (long) model << 20 | version;
  }

  /** A stage was reached. */
  public void onModelEvent(ModelEvent event, Judge judge) {
    long eventNs = event.eventNs();
    long receivedNs = event.receivedNs();
    ModelStage stage = event.stage();
    Target t = target(event.node(), event.model(), event.version());
    if (t == null) {
      return;
    }
    if (t.digest == Names.EMPTY) {
      t.digest = event.digest();
    }
    End before = t.end;
    if (stage == ModelStage.APPROVED && !approve(t, eventNs, receivedNs, judge)) {
      return;
    }
    switch (stage) {
      case FAILED, REJECTED -> endIfOpen(t, End.FAILED, eventNs, receivedNs, judge);
      case CANCELLED -> endIfOpen(t, End.CANCELLED, eventNs, receivedNs, judge);
      case NODE_RETIRED -> endIfOpen(t, End.NODE_RETIRED, eventNs, receivedNs, judge);
      case ROLLED_BACK -> rollBack(t, eventNs, receivedNs, judge);
      default -> {}
    }
    boolean isNew = t.stagesNs.putIfAbsent(stage, eventNs) == null;
    if (isNew || stage == ModelStage.APPROVED || t.end != before) {
      publish(t, receivedNs, judge);
    }
  }

  /** Whether this approval counts: false for a second one of the same. */
  private boolean approve(Target t, long eventNs, long receivedNs, Judge judge) {
    boolean isServing = serving.get(key(t.node, t.model, 0)) == t.version;
    boolean isRepeated = t.isApproved() && eventNs <= t.approvedNs;
    if (t.isOpen() || isRepeated || (t.end == End.SERVED && isServing)) {
      return false;
    }
    supersede(t, eventNs, receivedNs, judge);
    if (t.end != End.PENDING) {
      again(t);
    }
    t.approvedNs = eventNs;
    t.approvedReceivedNs = receivedNs;
    open.put(key(t.node, t.model, 0), t);
    nothingDueBeforeNs = Long.MIN_VALUE;
    if (t.firstInferenceNs != ModelUpdate.PENDING && isServing) {
      end(t, End.SERVED, t.firstInferenceNs, t.firstInferenceReceivedNs, judge);
    } else if (isServing) {
      serving.remove(key(t.node, t.model, 0)); // so that its next inference is looked at
    }
    return true;
  }

  private static void again(Target t) {
    t.attempt++;
    t.revision = -1;
    t.end = End.PENDING;
    t.endNs = ModelUpdate.PENDING;
    t.endReceivedNs = ModelUpdate.PENDING;
    t.rolledBackNs = ModelUpdate.PENDING;
    t.firstInferenceNs = ModelUpdate.PENDING;
    t.firstInferenceReceivedNs = ModelUpdate.PENDING;
    t.judged = false;
    t.stagesNs.clear();
  }

  private void supersede(Target newer, long eventNs, long receivedNs, Judge judge) {
    Target older = open.get(key(newer.node, newer.model, 0));
    if (older != null) {
      end(older, End.SUPERSEDED, eventNs, receivedNs, judge);
      publish(older, receivedNs, judge);
    }
  }

  private void rollBack(Target t, long eventNs, long receivedNs, Judge judge) {
    if (t.end == End.SERVED) {
      t.rolledBackNs = eventNs;
    } else {
      endIfOpen(t, End.FAILED, eventNs, receivedNs, judge);
    }
  }

  private void endIfOpen(Target t, End end, long eventNs, long receivedNs, Judge judge) {
    if (t.isOpen()) {
      end(t, end, eventNs, receivedNs, judge);
    }
  }

  private void end(Target t, End end, long atNs, long receivedNs, Judge judge) {
    open.remove(key(t.node, t.model, 0));
    t.end = end;
    t.endNs = atNs;
    t.endReceivedNs = receivedNs;
    if (!t.judged && (end == End.SERVED || end == End.FAILED)) {
      boolean onTime = end == End.SERVED && atNs - t.approvedNs <= judge.deadlineNs();
      judge(t, onTime, atNs, judge);
    }
  }

  private static void judge(Target t, boolean onTime, long atNs, Judge judge) {
    t.judged = true;
    int asset = judge.assetOf(t.node);
    if (asset >= 0) {
      judge.onJudged(asset, onTime, atNs);
    }
  }

  /** A production inference by a version; anything else is of no interest here. */
  public void onInference(Inference i, Judge judge) {
    if (i.mode != InferenceMode.PRODUCTION || !i.ok) {
      return;
    }
    long inferenceNs = i.inferenceNs == Sample.NO_TIME ? i.receivedNs : i.inferenceNs;
    onServing(i.node, i.model, i.version, i.digest, inferenceNs, i.receivedNs, judge);
  }

  private void onServing(
      int node,
      int model,
      int version,
      int digest,
      long inferenceNs,
      long receivedNs,
      Judge judge) {
    long its = key(node, model, 0);
    if (serving.get(its) == version) {
      return;
    }
    serving.put(its, version);
    Target t = target(node, model, version);
    if (t == null) {
      return;
    }
    if (t.digest == Names.EMPTY) {
      t.digest = digest;
    }
    if (t.firstInferenceNs == ModelUpdate.PENDING) {
      t.firstInferenceNs = inferenceNs;
      t.firstInferenceReceivedNs = receivedNs;
    }
    if (t.isOpen()) {
      end(t, End.SERVED, inferenceNs, receivedNs, judge);
      publish(t, receivedNs, judge);
    }
  }

  /** Counts open targets whose deadline passed before {@code beforeNs} as late. */
  public void judgeOverdue(long beforeNs, Judge judge) {
    if (nothingDueBeforeNs >= beforeNs && deadlineNs == judge.deadlineNs()) {
      return;
    }
    deadlineNs = judge.deadlineNs();
    nothingDueBeforeNs = Long.MAX_VALUE;
    for (Target t : open.values()) {
      long dueNs = t.approvedNs + deadlineNs;
      if (!t.judged && dueNs < beforeNs) {
        judge(t, false, dueNs, judge);
      } else if (!t.judged) {
        nothingDueBeforeNs = Math.min(nothingDueBeforeNs, dueNs);
      }
    }
  }

  private @Nullable Target target(int node, int model, int version) {
    Target t = targets.get(key(node, model, version));
    if (t == null) {
      if (targets.size() >= MAX_TARGETS && !makeRoom()) {
        untracked++;
        return null;
      }
      t = new Target(node, model, version);
      t.attempt = highestLeft + 1;
      targets.put(key(node, model, version), t);
    }
    return t;
  }

  /** Drops the oldest target that nobody approved, or else the oldest one that ended. */
  private boolean makeRoom() {
    Target leaving = null;
    for (Target t : targets.values()) {
      if (!t.isApproved()) {
        leaving = t;
        break;
      }
      if (leaving == null && !t.isOpen()) {
        leaving = t;
      }
    }
    if (leaving == null) {
      return false;
    }
    if (leaving.isApproved()) {
      highestLeft = Math.max(highestLeft, leaving.attempt);
    }
    targets.remove(key(leaving.node, leaving.model, leaving.version));
    return true;
  }

  private void publish(Target t, long receivedNs, Judge judge) {
    if (t.isApproved()) {
      t.revision++;
      ModelUpdate update = view(t);
      listener.onModelUpdate(update);
      judge.onUpdate(t.node, update, receivedNs);
    }
  }

  private ModelUpdate view(Target t) {
    return new ModelUpdate(
        names.name(t.node),
        names.name(t.model),
        names.name(t.version),
        names.name(t.digest),
        t.attempt,
        t.revision,
        t.approvedNs,
        t.approvedReceivedNs,
        t.endNs,
        t.endReceivedNs,
        t.end,
        t.rolledBackNs,
        t.stagesNs);
  }

  /** All approved targets, oldest first. */
  public List<ModelUpdate> targets() {
    return targets.values().stream().filter(Target::isApproved).map(this::view).toList();
  }

  /** Reports for targets that could not be followed because there were too many. */
  public long untracked() {
    return untracked;
  }

  /** What judging a target needs of the engine: where it counts, and by which deadline. */
  public interface Judge {
    /** Register index of the asset with this name, or -1. */
    int assetOf(int node);

    /** An update turned out to be on time or late. */
    void onJudged(int asset, boolean onTime, long atNs);

    /** An update has a new state. */
    void onUpdate(int node, ModelUpdate update, long receivedNs);

    /** How soon after its approval a version must serve. */
    long deadlineNs();
  }

  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    out.putLong(untracked);
    out.putInt(highestLeft);
    out.putInt(targets.size());
    targets.values().forEach(t -> write(t, out));
    out.putInt(serving.size());
    long[] keys = serving.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    for (long key : keys) {
      out.putLong(key);
      out.putLong(serving.get(key));
    }
  }

  private static void write(Target t, Snapshot.Writer out) {
    out.putInt(t.node);
    out.putInt(t.model);
    out.putInt(t.version);
    out.putInt(t.digest);
    out.putInt(t.attempt);
    out.putInt(t.revision);
    out.putLong(t.approvedNs);
    out.putLong(t.approvedReceivedNs);
    out.putLong(t.firstInferenceNs);
    out.putLong(t.firstInferenceReceivedNs);
    out.putLong(t.endNs);
    out.putLong(t.endReceivedNs);
    out.putLong(t.rolledBackNs);
    out.putByte((byte) t.end.ordinal());
    out.putByte((byte) (t.judged ? 1 : 0));
    out.putInt(t.stagesNs.size());
    t.stagesNs.forEach(
        (stage, ns) -> {
          out.putByte((byte) stage.ordinal());
          out.putLong(ns);
        });
  }

  public void read(Snapshot.Reader in) {
    in.section(MARKER);
    untracked = in.getLong();
    highestLeft = in.getInt();
    nothingDueBeforeNs = Long.MIN_VALUE;
    targets.clear();
    open.clear();
    int n = in.getInt();
    for (int i = 0; i < n; i++) {
      Target t = new Target(in.getInt(), in.getInt(), in.getInt());
      read(t, in);
      targets.put(key(t.node, t.model, t.version), t);
      if (t.isOpen()) {
        open.put(key(t.node, t.model, 0), t);
      }
    }
    serving.clear();
    n = in.getInt();
    for (int i = 0; i < n; i++) {
      serving.put(in.getLong(), in.getLong());
    }
  }

  private static void read(Target t, Snapshot.Reader in) {
    t.digest = in.getInt();
    t.attempt = in.getInt();
    t.revision = in.getInt();
    t.approvedNs = in.getLong();
    t.approvedReceivedNs = in.getLong();
    t.firstInferenceNs = in.getLong();
    t.firstInferenceReceivedNs = in.getLong();
    t.endNs = in.getLong();
    t.endReceivedNs = in.getLong();
    t.rolledBackNs = in.getLong();
    t.end = End.values()[in.getByte()];
    t.judged = in.getByte() == 1;
    int stages = in.getInt();
    for (int s = 0; s < stages; s++) {
      t.stagesNs.put(ModelStage.values()[in.getByte()], in.getLong());
    }
  }
}
