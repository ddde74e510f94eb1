package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import org.junit.jupiter.api.Test;

/** Model updates from approval to the first production inference; windows 10 s, lateness 5 s. */
class RolloutTest {
  private final Factory.Report report = new Factory.Report();
  private KpiEngine engine = new KpiEngine(report);

  RolloutTest() {
    engine.onRegister(new Factory().node("vision").register(), T0);
  }

  private void stage(String version, ModelStage stage, double second) {
    long ns = T0 + (long) (second * SECOND);
    engine.onModelEvent(
        engine.names().id("site/line/vision"),
        engine.names().id("defect"),
        engine.names().id(version),
        engine.names().id("sha256:" + version),
        stage,
        ns,
        ns,
        ns);
  }

  private void inference(String version, InferenceMode mode, boolean ok, double second) {
    long ns = T0 + (long) (second * SECOND);
    engine.onInference(
        Factory.inference(
            engine.names().id("site/line/vision"),
            engine.names().id("defect"),
            engine.names().id(version),
            mode,
            ok,
            ns,
            10_000_000));
  }

  private void served(String version, double second) {
    inference(version, InferenceMode.PRODUCTION, true, second);
  }

  private long[] onTime() {
    engine.onTick(T0 + 120 * SECOND);
    return report.counts("model_update_on_time", "site/line/vision");
  }

  @Test
  void theClockRunsFromApprovalToTheFirstProductionInference() {
    stage("1", ModelStage.APPROVED, 1);
    stage("1", ModelStage.DOWNLOADED, 3);
    stage("1", ModelStage.LOADED, 4);
    inference("1", InferenceMode.WARMUP, true, 4.5);
    inference("1", InferenceMode.SHADOW, true, 4.6);
    inference("1", InferenceMode.PRODUCTION, false, 4.7);
    assertThat(report.last().end()).isEqualTo(End.PENDING);
    served("1", 5);
    served("1", 6);
    assertThat(report.last().end()).isEqualTo(End.SERVED);
    assertThat(report.last().latencyNs()).isEqualTo(4 * SECOND);
    assertThat(report.last().stagesNs()).containsEntry(ModelStage.LOADED, T0 + 4 * SECOND);
    assertThat(report.last().digest()).isEqualTo("sha256:1");
  }

  @Test
  void anotherVersionServingStopsNothing() {
    stage("2", ModelStage.APPROVED, 1);
    served("1", 2);
    assertThat(report.last().end()).isEqualTo(End.PENDING);
  }

  @Test
  void aNewerApprovalSupersedesAnOpenOne() {
    stage("1", ModelStage.APPROVED, 1);
    stage("2", ModelStage.APPROVED, 5);
    assertThat(report.updates).anyMatch(u -> u.version().equals("1") && u.end() == End.SUPERSEDED);
    served("2", 6);
    assertThat(onTime()).containsExactly(1, 0); // the superseded one was not due
  }

  @Test
  void twoApprovalsOfOneVersionAreOne() {
    stage("1", ModelStage.APPROVED, 1);
    stage("1", ModelStage.APPROVED, 3);
    served("1", 5);
    assertThat(report.last().latencyNs()).isEqualTo(4 * SECOND);
    stage("1", ModelStage.APPROVED, 7); // it is serving already
    assertThat(report.last().attempt()).isEqualTo(1);
  }

  @Test
  void goingBackToAnOldVersionIsANewAttempt() {
    stage("1", ModelStage.APPROVED, 1);
    served("1", 2);
    stage("2", ModelStage.APPROVED, 3);
    served("2", 4);
    stage("1", ModelStage.APPROVED, 5);
    assertThat(report.last().attempt()).isEqualTo(2);
    served("1", 8);
    assertThat(report.last().latencyNs()).isEqualTo(3 * SECOND);
  }

  @Test
  void aFailedUpdateIsLateAndARolledBackOneKeepsItsLatency() {
    stage("1", ModelStage.APPROVED, 1);
    stage("1", ModelStage.FAILED, 2);
    assertThat(report.last().end()).isEqualTo(End.FAILED);
    stage("2", ModelStage.APPROVED, 3);
    served("2", 4);
    stage("2", ModelStage.ROLLED_BACK, 6);
    assertThat(report.last().end()).isEqualTo(End.SERVED);
    assertThat(report.last().latencyNs()).isEqualTo(SECOND);
    assertThat(report.last().rolledBackNs()).isEqualTo(T0 + 6 * SECOND);
    assertThat(onTime()).containsExactly(1, 1);
  }

  @Test
  void aPendingUpdateIsLateOnceItsDeadlineHasPassed() {
    stage("1", ModelStage.APPROVED, 1); // deadline 60 s
    engine.onTick(T0 + 60 * SECOND);
    assertThat(report.counts("model_update_on_time", "site")).containsExactly(0, 0);
    assertThat(onTime()).containsExactly(0, 1);
    served("1", 121);
    engine.onTick(T0 + 140 * SECOND);
    assertThat(report.counts("model_update_on_time", "site")).containsExactly(0, 1); // once
    assertThat(report.last().end()).isEqualTo(End.SERVED);
  }

  @Test
  void anOverdueUpdateOfANodeThatFellSilentIsLateAlsoAfterARestart() {
    stage("1", ModelStage.APPROVED, 1);
    KpiEngine restored = new KpiEngine(report);
    restored.restore(engine.register(), engine.snapshot(), 0);
    engine = restored;
    assertThat(onTime()).containsExactly(0, 1);
  }

  @Test
  void anOverdueUpdateOfANodeThatFellSilentIsLateAlsoUnderANewRegister() {
    stage("1", ModelStage.APPROVED, 1);
    engine.onRegister(new Factory().node("vision").node("another").register(), T0 + 2 * SECOND);
    assertThat(onTime()).containsExactly(0, 1);
  }

  @Test
  void aVersionThatServesAfterItsUpdateFailedEndsItsNextAttempt() {
    stage("1", ModelStage.APPROVED, 1);
    stage("1", ModelStage.FAILED, 2);
    served("1", 3); // it came up after all
    stage("1", ModelStage.APPROVED, 4);
    served("1", 6);
    assertThat(report.last().attempt()).isEqualTo(2);
    assertThat(report.last().end()).isEqualTo(End.SERVED);
    assertThat(report.last().latencyNs()).isEqualTo(2 * SECOND);
  }

  @Test
  void eventsThatAreDeliveredAgainChangeNothing() {
    for (int delivery = 0; delivery < 2; delivery++) {
      stage("1", ModelStage.APPROVED, 1);
      stage("1", ModelStage.FAILED, 2);
      stage("2", ModelStage.APPROVED, 3);
    }
    assertThat(report.updates).allMatch(u -> u.attempt() == 1 && u.end() != End.SUPERSEDED);
    assertThat(onTime()).containsExactly(0, 2);
  }

  @Test
  void aFailureThatWasReportedBeforeTheApprovalAlreadyIsPublishedWhenItEndsTheUpdate() {
    stage("1", ModelStage.FAILED, 1);
    stage("1", ModelStage.APPROVED, 2);
    stage("1", ModelStage.FAILED, 3);
    assertThat(report.last().end()).isEqualTo(End.FAILED);
  }

  @Test
  void aFloodOfVersionsThatNobodyApprovedDrivesOutNoUpdate() {
    stage("1", ModelStage.APPROVED, 1);
    served("1", 2);
    for (int v = 0; v < 25_000; v++) {
      served("v" + v, 3);
    }
    assertThat(engine.modelUpdates()).hasSize(1);
  }

  @Test
  void noStateOfAnUpdateIsReportedTwiceEvenIfItsTargetWasForgottenMeanwhile() {
    for (int round = 0; round < 2; round++) {
      for (int v = 0; v < 25_000; v++) {
        stage("v" + v, ModelStage.APPROVED, 1 + round);
      }
    }
    assertThat(
            report.updates.stream().map(u -> u.version() + " " + u.attempt() + " " + u.revision()))
        .doesNotHaveDuplicates();
  }

  @Test
  void anApprovalThatBecomesKnownAfterTheFirstInferenceStillCounts() {
    served("1", 5);
    stage("1", ModelStage.APPROVED, 2);
    assertThat(report.last().end()).isEqualTo(End.SERVED);
    assertThat(report.last().latencyNs()).isEqualTo(3 * SECOND);
  }

  @Test
  void servingBeforeTheApprovalIsANegativeLatency() {
    served("1", 5);
    stage("1", ModelStage.APPROVED, 9);
    assertThat(report.last().latencyNs()).isEqualTo(-4 * SECOND);
  }

  @Test
  void thereAreNoMoreTargetsThanAllowed() {
    for (int v = 0; v < 25_000; v++) {
      stage("v" + v, ModelStage.APPROVED, 1);
    }
    assertThat(engine.modelUpdates()).hasSizeLessThanOrEqualTo(20_000);
    ModelUpdate last = report.last();
    assertThat(last.version()).isEqualTo("v24999");
  }

  @Test
  void inferencesOfNodesThatAreNotRegisteredAreCounted() {
    engine.onInference(
        Factory.inference(
            engine.names().id("nobody"), 2, 3, InferenceMode.PRODUCTION, true, T0, 1));
    assertThat(engine.unknownNode()).isEqualTo(1);
  }
}
