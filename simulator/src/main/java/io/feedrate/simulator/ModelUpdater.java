package io.feedrate.simulator;

import io.feedrate.kpi.ModelStage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How one node gets and changes its model: stage by stage with its own delays, some updates fail, a
 * few are rolled back. A newer version replaces one that does not serve yet.
 *
 * <p><b>Thread</b>: under the node's lock.
 */
final class ModelUpdater {
  static final int WARM_UPS = 3;

  private static final long CONFIRM_MS = 2_000;

  /** The first updates go well by themselves, so that a short demo shows how it should be. */
  private static final int SMOOTH_UPDATES = 2;

  /** A stage to be reached, this long after the one before. */
  private record Step(ModelStage stage, long afterMs, String detail) {}

  /** A stage that a version reached. */
  record Report(String version, ModelStage stage, String detail) {}

  private final String node;
  private final SplittableRandom random;
  private final double scale;
  private final double speed;
  private final boolean mayFail;
  private final Deque<Step> steps = new ArrayDeque<>();
  private @Nullable Rollout pending;
  private @Nullable Rollout serving;
  private @Nullable Rollout previous;
  private ModelStage reached = ModelStage.APPROVED;
  private long nextMs;
  private int warmUpsLeft;
  private int offers;

  ModelUpdater(String node, int number, LinePlan plan) {
    this.node = node;
    random = new SplittableRandom(plan.seed() * 7919 + number);
    scale = plan.rolloutScale();
    mayFail = plan.trouble();
    speed = 1 + 0.8 * (number - 1) / Math.max(1, plan.nodes() - 1);
  }

  /** The version that answers in production; null for the one of the factory. */
  @Nullable Rollout serving() {
    return serving;
  }

  /** The update that is loaded and warms up, if one does. */
  @Nullable Rollout warmingUp() {
    return warmUpsLeft > 0 ? pending : null;
  }

  /** One warm-up inference of {@link #warmingUp()} is done; after the last one it serves. */
  void warmedUp(long nowMs) {
    warmUpsLeft--;
    if (warmUpsLeft == 0) {
      previous = serving;
      serving = pending;
      pending = null;
      steps.clear();
      planAfterServing();
      nextMs = nowMs + peekDelay();
    }
  }

  /** A new version is approved for this node. */
  void offer(Rollout rollout, boolean mustFail, long nowMs) {
    if (pending != null) {
      pending.supersede();
    }
    pending = rollout;
    warmUpsLeft = 0;
    offers++;
    reached = ModelStage.APPROVED;
    steps.clear();
    steps.addAll(plan(mustFail));
    nextMs = nowMs + peekDelay();
  }

  private List<Step> plan(boolean mustFail) {
    boolean rough = mayFail && offers > SMOOTH_UPDATES;
    boolean fails = mustFail || (rough && random.nextInt(10) == 0);
    double slow = rough && random.nextInt(8) == 0 ? 6 : 1;
    List<Step> plan = new ArrayList<>();
    plan.add(step(ModelStage.ANNOUNCED, 200, 1_000));
    plan.add(step(ModelStage.DOWNLOADING, 100, 500));
    plan.add(step(ModelStage.DOWNLOADED, 1_000 * slow * speed, 4_000 * slow * speed));
    if (fails && random.nextBoolean()) {
      plan.add(new Step(ModelStage.FAILED, delay(100, 500), "digest does not match"));
      return plan;
    }
    plan.add(step(ModelStage.VERIFIED, 100, 500));
    plan.add(step(ModelStage.LOADING, 100, 300));
    if (fails) {
      plan.add(new Step(ModelStage.FAILED, delay(500, 2_000), "out of memory"));
      return plan;
    }
    plan.add(step(ModelStage.LOADED, 800 * speed, 2_500 * speed));
    return plan;
  }

  private void planAfterServing() {
    steps.add(new Step(ModelStage.CONFIRMED, (long) (CONFIRM_MS * scale), ""));
    // Not before the new version's first inference, however fast updates are: what serves is no
    // fallback.
    steps.add(new Step(ModelStage.FALLBACK_READY, random.nextLong(600, 1_200), ""));
    if (mayFail && offers > SMOOTH_UPDATES && random.nextInt(12) == 0) {
      steps.add(new Step(ModelStage.ROLLED_BACK, delay(3_000, 8_000), "overkill rate too high"));
    } else if (mayFail && random.nextInt(6) == 0) {
      steps.add(new Step(ModelStage.FALLBACK_LOST, delay(2_000, 6_000), "the disk was full"));
    }
  }

  private Step step(ModelStage stage, double fromMs, double toMs) {
    return new Step(stage, delay(fromMs, toMs), "");
  }

  private long delay(double fromMs, double toMs) {
    return Math.round(random.nextDouble(fromMs, toMs) * scale);
  }

  private long peekDelay() {
    Step next = steps.peek();
    return next == null ? 0 : next.afterMs();
  }

  /**
   * Goes on if it is time.
   *
   * @param stalled whether a download does not end
   * @return the stage that is reached now, if one is
   */
  @Nullable Report tick(long nowMs, boolean stalled) {
    Step next = steps.peek();
    if (next == null || nowMs < nextMs) {
      return null;
    }
    if (stalled && reached == ModelStage.DOWNLOADING) {
      return null;
    }
    steps.remove();
    nextMs = nowMs + peekDelay();
    return reach(next);
  }

  private Report reach(Step step) {
    reached = step.stage();
    if (reached == ModelStage.FALLBACK_READY || reached == ModelStage.FALLBACK_LOST) {
      String kept = previous == null ? InferenceNode.FACTORY_VERSION : previous.version();
      return new Report(kept, reached, step.detail());
    }
    Rollout rollout = pending != null ? pending : serving;
    if (rollout == null) {
      throw new IllegalStateException(node + " has a step without a model: " + step);
    }
    rollout.reach(reached);
    switch (reached) {
      case LOADED -> warmUpsLeft = WARM_UPS;
      case FAILED -> pending = null;
      case ROLLED_BACK -> serving = previous;
      default -> {}
    }
    return new Report(rollout.version(), reached, step.detail());
  }
}
