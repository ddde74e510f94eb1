package io.feedrate.simulator;

import static io.feedrate.kpi.Outcome.AMBIGUOUS;
import static io.feedrate.kpi.Outcome.GOOD;
import static io.feedrate.kpi.Outcome.GOOD_LATE;
import static io.feedrate.kpi.Outcome.SILENT;
import static io.feedrate.simulator.FaultBench.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.capability.UpdateOnTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks that are set wrong, and a model download that does not end. */
class ClockAndModelFaultsIT {
  private static final String FAST_MILL = "cnc-01";
  private static final String SLOW_MILL = "cnc-02";
  private static final String FAST_CAMERA = "vision-01";
  private static final String SLOW_CAMERA = "vision-02";
  private static final String STALLED = "vision-03";
  private static final String PROMPT = "vision-04";
  private static final Duration STEP = Duration.ofSeconds(30);

  /** A clock is read this often, the next heartbeats decide whether it was one held up. */
  private static final long DETECTION_MS = 6_000;

  private static FaultBench bench;
  private static ActiveFault fastMill;
  private static ActiveFault slowMill;
  private static ActiveFault fastCamera;
  private static ActiveFault slowCamera;
  private static ModelUpdate pending;

  @BeforeAll
  static void strikeAndRecover(@TempDir Path directory) throws Exception {
    bench = FaultBench.start(LinePlan.quiet().withSize(3, 5), directory);
    SimulatedLine line = bench.line();
    fastMill = line.inject(new Fault.StepClock(FAST_MILL, STEP));
    slowMill = line.inject(new Fault.StepClock(SLOW_MILL, STEP.negated()));
    fastCamera = line.inject(new Fault.StepClock(FAST_CAMERA, STEP));
    slowCamera = line.inject(new Fault.StepClock(SLOW_CAMERA, STEP.negated()));
    ActiveFault stalled = line.inject(new Fault.StallDownload(STALLED));
    line.approve();
    awaitOffset(FAST_MILL, STEP);
    awaitOffset(SLOW_MILL, STEP.negated());
    awaitOffset(FAST_CAMERA, STEP);
    awaitOffset(SLOW_CAMERA, STEP.negated());
    bench.hold(slowCamera, Duration.ofSeconds(9));
    List.of(fastMill, slowMill, fastCamera, slowCamera).forEach(line::clear);
    FaultBench.awaiting().until(() -> onTime(STALLED)[0] + onTime(STALLED)[1] > 0);
    pending = update(STALLED).orElseThrow();
    line.clear(stalled);
    FaultBench.awaiting().until(() -> update(STALLED).map(ModelUpdate::end).equals(served()));
    for (String asset : List.of(FAST_MILL, SLOW_MILL, FAST_CAMERA, SLOW_CAMERA)) {
      awaitOffset(asset, Duration.ZERO);
    }
    bench.finish();
  }

  private static Optional<End> served() {
    return Optional.of(End.SERVED);
  }

  private static void awaitOffset(String asset, Duration offset) {
    FaultBench.awaiting()
        .until(() -> bench.clockOffset(asset).minus(offset).abs().toMillis() < 1_000);
  }

  private static long[] onTime(String node) {
    return bench.counts(UpdateOnTime.KPI, node);
  }

  private static Optional<ModelUpdate> update(String node) {
    return bench.reader().modelUpdates(0, Long.MAX_VALUE, Optional.empty(), 100).stream()
        .map(row -> row.update())
        .filter(update -> update.node().endsWith("/" + node))
        .findFirst();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void valuesFromAheadAreAmbiguousAtOnceAndUntilTheClockIsReadAgain() {
    assertAmbiguous(fastMill, 0);
    assertAmbiguous(fastCamera, 0);
  }

  @Test
  void valuesFromThePastAreMissingUntilTheClockIsReadAndAmbiguousFromThenOn() {
    assertAmbiguous(slowMill, DETECTION_MS);
    assertAmbiguous(slowCamera, DETECTION_MS);
    // Not too late: the slots of half a minute ago were before the line was measured at all.
    assertThat(bench.counts().clockSuspect()).isPositive();
  }

  /** At most {@code detectionMs} of silence, then doubt as long as the clock is not known good. */
  private static void assertAmbiguous(ActiveFault fault, long detectionMs) {
    for (SignalSpec signal : bench.line().signals(fault.fault().asset())) {
      Map<Outcome, Long> slots = bench.slots(fault.fault().asset(), signal.name());
      String what = fault + " " + signal.name() + " " + slots;
      if (!signal.isPeriodic()) {
        // What did not change needs no time; what changed is in doubt.
        assertThat(slots.keySet()).as(what).isSubsetOf(GOOD, GOOD_LATE, AMBIGUOUS);
        continue;
      }
      long periodMs = signal.period().toMillis();
      long wrong = (fault.endMs() - fault.startMs()) / periodMs;
      long recovery = DETECTION_MS / periodMs;
      assertThat(slots.keySet()).as(what).isSubsetOf(GOOD, GOOD_LATE, AMBIGUOUS, SILENT);
      assertThat(sum(slots, SILENT)).as(what).isBetween(0L, detectionMs / periodMs);
      // A slot at either end had values with the right time as well.
      assertThat(sum(slots, AMBIGUOUS, SILENT)).as(what).isBetween(wrong - 2, wrong + recovery + 1);
      assertThat(sum(slots, AMBIGUOUS)).as(what).isPositive();
    }
  }

  @Test
  void updateWhoseDownloadStallsIsPendingAndThenLate() {
    assertThat(pending.end()).isEqualTo(End.PENDING);
    assertThat(pending.stagesNs()).containsKey(ModelStage.DOWNLOADING);
    assertThat(pending.stagesNs()).doesNotContainKey(ModelStage.DOWNLOADED);
    // Late once, when the deadline passed; that it is served in the end does not count again.
    assertThat(onTime(STALLED)).containsExactly(0, 1);

    ModelUpdate update = update(STALLED).orElseThrow();
    Rollout truth = rollout(STALLED);
    assertThat(update.end()).isEqualTo(End.SERVED);
    assertThat(update.version()).isEqualTo(truth.version());
    assertThat(update.latencyNs()).isEqualTo((truth.servedMs() - truth.approvedMs()) * 1_000_000);
    assertThat(update.latencyNs()).isGreaterThan(FaultBench.MODEL_DEADLINE.toNanos());
  }

  @Test
  void updateOfTheOtherNodeIsOnTime() {
    ModelUpdate update = update(PROMPT).orElseThrow();
    Rollout truth = rollout(PROMPT);
    assertThat(update.latencyNs()).isEqualTo((truth.servedMs() - truth.approvedMs()) * 1_000_000);
    assertThat(onTime(PROMPT)).containsExactly(1, 0);
  }

  private static Rollout rollout(String node) {
    return bench.line().truth().rollouts().stream()
        .filter(rollout -> rollout.node().endsWith(node))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void othersAreNotAffected() {
    bench.assertUnaffected("cnc-03");
    bench.assertUnaffected(STALLED);
    bench.assertUnaffected(PROMPT);
    bench.assertUnaffected("vision-05");
  }

  @Test
  void booksBalanceAndReplayIsEqual() {
    bench.assertBooksBalance();
    bench.assertReplayIsEqual();
  }
}
