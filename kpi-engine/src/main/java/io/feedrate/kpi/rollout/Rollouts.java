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
import io.feedrate.kpi.UpdateOutcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows each model update target (node, model, version) from approval to its end, and through the
 * soak time after it served.
 *
 * <ul>
 *   <li>The clock starts at APPROVED and stops at the first production inference by that version on
 *       that node; stages in between are kept as they were reported. Where serving was polled, the
 *       poll before tells since when it may have been.
 *   <li>A newer approval for the same node and model ends an open target as SUPERSEDED; newer is
 *       what was approved later, not what became known later. A second approval of a version that
 *       is open, or has been serving ever since, changes nothing of it; of another one it is a new
 *       attempt, which the next inference ends if the node serves that version already. An approval
 *       no newer than the one that is known is that one, delivered again.
 *   <li>A version is its digest as well. The approved digest is the target's; an inference by
 *       another one does not end it, a stage of another one does not change it, and an approval of
 *       another one is a new attempt. That there is another one is a finding, kept beside the
 *       target. Where a digest is not told, nothing speaks against it.
 *   <li>A rollback of a served version keeps its latency and is noted beside it; of an open one it
 *       ends it as FAILED.
 *   <li>An inference may become known before its approval. It ends the target when the approval
 *       arrives: the first one of a version that was never approved before, also with a negative
 *       latency, which stays negative; or the one with which the node went back to a version, if
 *       that was not before the approval. What a version inferred before another one took its place
 *       is old and ends no later attempt, when it becomes known too late.
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

  private final Names names;
  private final ResultListener listener;
  private final Set<Target> targets = new LinkedHashSet<>();
  private final Long2ObjectHashMap<Target> byKey = new Long2ObjectHashMap<>();
  private final Long2ObjectHashMap<Lane> lanes = new Long2ObjectHashMap<>();
  private final Waits waits = new Waits();
  private long untracked;

  /** The highest attempt of a target that left: should it return, it goes on above that. */
  private int highestLeft;

  public Rollouts(Names names, ResultListener listener) {
    this.names = names;
    this.listener = listener;
  }

  private static long key(int node, int model, int version) {
    return (long) node << 40 | (long) model << 20 | version;
  }

  private @Nullable Lane lane(int node, int model) {
    return lanes.get(key(node, model, 0));
  }

  private Lane lane(Target t) {
    return lanes.computeIfAbsent(key(t.node, t.model, 0), key -> new Lane());
  }

  /** A stage was reached. */
  public void onModelEvent(ModelEvent e, Judge judge) {
    switch (e.stage()) {
      case FALLBACK_READY, FALLBACK_LOST -> {} // about what could serve, not about an update
      case SERVING ->
          onServing(
              e.node(),
              e.model(),
              e.version(),
              e.digest(),
              e.notBeforeNs(),
              e.eventNs(),
              e.receivedNs(),
              judge);
      default -> onStage(e, judge);
    }
  }

  private void onStage(ModelEvent e, Judge judge) {
    Target t = target(e.node(), e.model(), e.version());
    if (t == null) {
      return;
    }
    boolean isChanged = false;
    if (e.stage() == ModelStage.APPROVED) {
      if (!approve(t, e, judge)) {
        return;
      }
      isChanged = true;
    } else if (t.isAgain && e.eventNs() < t.approvedNs) {
      return; // of an attempt before
    } else if (!t.isBuild(e.digest())) {
      if (t.note(e.digest())) {
        publish(t, e.receivedNs(), judge);
      }
      return;
    } else {
      t.note(e.digest());
      isChanged = apply(t, e, judge);
    }
    boolean isNew = t.stagesNs.putIfAbsent(e.stage(), e.eventNs()) == null;
    if (isNew || isChanged) {
      publish(t, e.receivedNs(), judge);
    }
  }

  /** What a stage changes beside being noted; whether it did. */
  private boolean apply(Target t, ModelEvent e, Judge judge) {
    return switch (e.stage()) {
      case FAILED, REJECTED -> endIfOpen(t, End.FAILED, e, judge);
      case CANCELLED -> endIfOpen(t, End.CANCELLED, e, judge);
      case NODE_RETIRED -> endIfOpen(t, End.NODE_RETIRED, e, judge);
      case ROLLED_BACK ->
          t.end == End.SERVED ? rollBack(t, e, judge) : endIfOpen(t, End.FAILED, e, judge);
      default -> false;
    };
  }

  /** Whether this approval counts: false for a second one of the same. */
  private boolean approve(Target t, ModelEvent e, Judge judge) {
    Lane lane = lane(t);
    Target last = lane.approved;
    if (t.isApproved() && e.eventNs() <= t.approvedNs) {
      return false; // delivered again
    }
    if (last != null && last != t && e.eventNs() < last.approvedNs) {
      return approveLate(t, e, judge);
    }
    boolean isInForce = t.isOpen() || (t.isServing() && lane.serves(t));
    if (last != null && last.isOpen() && !(last == t && t.isBuild(e.digest()))) {
      end(last, End.SUPERSEDED, e.eventNs(), e.eventNs(), e.receivedNs(), judge);
      publish(last, e.receivedNs(), judge);
    }
    lane.approved = t;
    if (isInForce && t.isBuild(e.digest())) {
      return false;
    }
    if (t.end != End.PENDING) {
      settle(t, UpdateOutcome.STABLE, e.eventNs(), judge); // while nobody rolled it back
      t.again();
    }
    start(t, e);
    waits.open(t);
    boolean isServing = lane.serves(t);
    if (t.firstNs != Target.NEVER && (isServing || t.firstNs >= t.approvedNs)) {
      end(t, End.SERVED, t.firstNotBeforeNs, t.firstNs, t.firstReceivedNs, judge);
    } else if (isServing && lane.sinceNs() >= t.approvedNs) {
      end(t, End.SERVED, lane.sinceNotBeforeNs(), lane.sinceNs(), lane.sinceReceivedNs(), judge);
    } else if (isServing) {
      lane.lookAgain();
    }
    return true;
  }

  private static void start(Target t, ModelEvent e) {
    t.approveDigest(e.digest());
    t.approvedNs = e.eventNs();
    t.approvedReceivedNs = e.receivedNs();
  }

  /** An approval that another one followed before it became known. */
  private boolean approveLate(Target t, ModelEvent e, Judge judge) {
    if (t.isApproved()) {
      return false; // it is the other one's place that counts now
    }
    start(t, e);
    long nextNs =
        targets.stream()
            .filter(o -> o != t && o.node == t.node && o.model == t.model && o.isApproved())
            .mapToLong(o -> o.approvedNs)
            .filter(ns -> ns > t.approvedNs)
            .min()
            .orElseThrow();
    if (t.firstNs != Target.NEVER && t.firstNs < nextNs) {
      end(t, End.SERVED, t.firstNotBeforeNs, t.firstNs, t.firstReceivedNs, judge);
    } else {
      end(t, End.SUPERSEDED, nextNs, nextNs, e.receivedNs(), judge);
    }
    return true;
  }

  private boolean rollBack(Target t, ModelEvent e, Judge judge) {
    if (t.rolledBackNs != Target.NEVER) {
      return false;
    }
    t.rolledBackNs = e.eventNs();
    if (e.eventNs() <= t.endNs + judge.soakNs()) {
      if (t.settledNs != Target.NEVER) {
        outcome(t, UpdateOutcome.STABLE, t.settledNs, -1, judge); // this became known late
        t.settledNs = Target.NEVER;
      }
      settle(t, UpdateOutcome.ROLLED_BACK, e.eventNs(), judge);
    }
    return true;
  }

  private boolean endIfOpen(Target t, End end, ModelEvent e, Judge judge) {
    if (!t.isOpen()) {
      return false;
    }
    end(t, end, e.eventNs(), e.eventNs(), e.receivedNs(), judge);
    return true;
  }

  private void end(Target t, End end, long notBeforeNs, long atNs, long receivedNs, Judge judge) {
    t.end = end;
    t.endNotBeforeNs = notBeforeNs;
    t.endNs = atNs;
    t.endReceivedNs = receivedNs;
    waits.ended(t);
    if (!t.isJudged) {
      long dueNs = t.approvedNs + judge.deadlineNs();
      if (end == End.SERVED || end == End.FAILED) {
        judge(t, end == End.SERVED && atNs <= dueNs, atNs, judge);
      } else if (atNs > dueNs) {
        judge(t, false, dueNs, judge); // it was late before it ended otherwise
      }
    }
    if (end == End.SERVED) {
      outcome(t, UpdateOutcome.SERVED, atNs, 1, judge);
    } else if (end == End.FAILED) {
      outcome(t, UpdateOutcome.FAILED, atNs, 1, judge);
    }
  }

  private static void judge(Target t, boolean onTime, long atNs, Judge judge) {
    t.isJudged = true;
    int asset = judge.assetOf(t.node);
    if (asset >= 0) {
      judge.onJudged(asset, onTime, atNs);
    }
  }

  private void settle(Target t, UpdateOutcome outcome, long atNs, Judge judge) {
    if (t.isSoaking()) {
      t.settledNs = atNs;
      waits.settled(t);
      outcome(t, outcome, atNs, 1, judge);
    }
  }

  private static void outcome(Target t, UpdateOutcome outcome, long atNs, int change, Judge judge) {
    int asset = judge.assetOf(t.node);
    if (asset >= 0) {
      judge.onOutcome(asset, outcome, atNs, change);
    }
  }

  /** A production inference by a version; anything else is of no interest here. */
  public void onInference(Inference i, Judge judge) {
    if (i.mode != InferenceMode.PRODUCTION || !i.ok) {
      return;
    }
    long atNs = i.inferenceNs == Sample.NO_TIME ? i.receivedNs : i.inferenceNs;
    onServing(i.node, i.model, i.version, i.digest, atNs, atNs, i.receivedNs, judge);
  }

  private void onServing(
      int node,
      int model,
      int version,
      int digest,
      long notBeforeNs,
      long atNs,
      long receivedNs,
      Judge judge) {
    Lane lane = lane(node, model);
    if (lane != null && lane.serves(version, digest)) {
      return;
    }
    Target t = target(node, model, version);
    lane = t == null ? lane : lane(t);
    if (lane == null || (t != null && t.leftNs != Target.NEVER && atNs < t.leftNs)) {
      return;
    }
    Target before = lane.serving;
    if (before != null && before != t) {
      before.leftNs = Math.max(before.leftNs, atNs);
    }
    lane.serve(version, digest, notBeforeNs, atNs, receivedNs);
    lane.serving = t;
    if (t != null) {
      served(t, digest, notBeforeNs, atNs, receivedNs, judge);
    }
  }

  private void served(
      Target t, int digest, long notBeforeNs, long atNs, long receivedNs, Judge judge) {
    boolean isNews = t.note(digest);
    if (t.isBuild(digest)) {
      if (t.firstNs == Target.NEVER) {
        t.firstNs = atNs;
        t.firstReceivedNs = receivedNs;
        t.firstNotBeforeNs = notBeforeNs;
      }
      // Superseded ones too: it had served before, which became known only now.
      if (t.isOpen() || (t.end == End.SUPERSEDED && atNs < t.endNs)) {
        end(t, End.SERVED, notBeforeNs, atNs, receivedNs, judge);
        isNews = true;
      }
    }
    if (isNews) {
      publish(t, receivedNs, judge);
    }
  }

  /** Counts open targets whose deadline, and served ones whose soak time, passed before a time. */
  public void judgeOverdue(long beforeNs, Judge judge) {
    if (waits.mayBeOverdue(beforeNs, judge.deadlineNs())) {
      for (Target t : waits.overdue(beforeNs, judge.deadlineNs())) {
        judge(t, false, t.approvedNs + judge.deadlineNs(), judge);
      }
    }
    if (waits.mayBeSoaked(beforeNs, judge.soakNs())) {
      for (Target t : waits.soaked(beforeNs, judge.soakNs())) {
        settle(t, UpdateOutcome.STABLE, t.endNs + judge.soakNs(), judge);
      }
    }
  }

  private @Nullable Target target(int node, int model, int version) {
    Target t = byKey.get(key(node, model, version));
    if (t == null) {
      if (targets.size() >= MAX_TARGETS && !makeRoom()) {
        untracked++;
        return null;
      }
      t = new Target(node, model, version);
      t.attempt = highestLeft + 1;
      add(t);
    }
    return t;
  }

  private void add(Target t) {
    targets.add(t);
    byKey.put(key(t.node, t.model, t.version), t);
    lane(t).targets++;
  }

  /** Drops the oldest target that nobody approved, or else the oldest one that ended. */
  private boolean makeRoom() {
    if (waits.openCount() >= MAX_TARGETS) {
      return false;
    }
    Target leaving = null;
    for (Target t : targets) {
      if (!t.isApproved()) {
        leaving = t;
        break;
      }
      if (!t.isOpen() && (leaving == null || (leaving.isSoaking() && !t.isSoaking()))) {
        leaving = t;
      }
    }
    if (leaving == null) {
      return false;
    }
    if (leaving.isApproved()) {
      highestLeft = Math.max(highestLeft, leaving.attempt);
    }
    forget(leaving);
    return true;
  }

  private void forget(Target t) {
    targets.remove(t);
    waits.settled(t);
    byKey.remove(key(t.node, t.model, t.version));
    Lane lane = lane(t);
    lane.forget(t);
    if (lane.targets == 0) {
      lanes.remove(key(t.node, t.model, 0));
    }
  }

  private void publish(Target t, long receivedNs, Judge judge) {
    if (t.isApproved()) {
      t.revision++;
      ModelUpdate update = t.view(names);
      listener.onModelUpdate(update);
      judge.onUpdate(t.node, update, receivedNs);
    }
  }

  /** All approved targets, oldest first. */
  public List<ModelUpdate> targets() {
    return targets.stream().filter(Target::isApproved).map(t -> t.view(names)).toList();
  }

  /** Reports for targets that could not be followed because there were too many. */
  public long untracked() {
    return untracked;
  }

  /** What judging a target needs of the engine: where it counts, and by which rules. */
  public interface Judge {
    /** Register index of the asset with this name, or -1. */
    int assetOf(int node);

    /** An update turned out to be on time or late. */
    void onJudged(int asset, boolean onTime, long atNs);

    /**
     * It is known what became of an attempt.
     *
     * @param change 1, or -1 where what was said before is taken back
     */
    void onOutcome(int asset, UpdateOutcome outcome, long atNs, int change);

    /** An update has a new state. */
    void onUpdate(int node, ModelUpdate update, long receivedNs);

    /** How soon after its approval a version must serve. */
    long deadlineNs();

    /** For how long a served version must not be rolled back. */
    long soakNs();
  }

  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    out.putLong(untracked);
    out.putInt(highestLeft);
    out.putInt(targets.size());
    targets.forEach(t -> t.write(out));
    long[] keys = lanes.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    for (long key : keys) {
      lanes.get(key).write(out);
    }
  }

  public void read(Snapshot.Reader in) {
    in.section(MARKER);
    untracked = in.getLong();
    highestLeft = in.getInt();
    targets.clear();
    byKey.clear();
    lanes.clear();
    waits.clear();
    int n = in.getInt();
    for (int i = 0; i < n; i++) {
      Target t = Target.read(in);
      add(t);
      waits.resume(t);
    }
    long[] keys = lanes.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    for (long key : keys) {
      lanes.get(key).read(in, version -> byKey.get(key | version));
    }
  }
}
