package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Inference;
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
    stage(version, "sha256:" + version, stage, second, second, second);
  }

  private void stage(
      String version,
      String digest,
      ModelStage stage,
      double notBefore,
      double second,
      double received) {
    engine.onModelEvent(
        engine.names().id("site/line/vision"),
        engine.names().id("defect"),
        engine.names().id(version),
        engine.names().id(digest),
        stage,
        T0 + (long) (second * SECOND),
        T0 + (long) (notBefore * SECOND),
        T0 + (long) (received * SECOND));
  }

  private void approved(String version, String digest, double second) {
    stage(version, digest, ModelStage.APPROVED, second, second, second);
  }

  private void served(String version, String digest, double second) {
    served(version, digest, second, second);
  }

  private void served(String version, String digest, double second, double received) {
    Inference its =
        Factory.inference(
            engine.names().id("site/line/vision"),
            engine.names().id("defect"),
            engine.names().id(version),
            InferenceMode.PRODUCTION,
            true,
            T0 + (long) (second * SECOND),
            10_000_000);
    its.digest = engine.names().id(digest);
    its.receivedNs = T0 + (long) (received * SECOND);
    engine.onInference(its);
  }

  private void restart() {
    KpiEngine restored = new KpiEngine(report);
    restored.restore(engine.register(), engine.snapshot(), 0);
    engine = restored;
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
  void anUpdateWhoseDeadlineHadPassedWhenItWasSupersededWasLateAlready() {
    stage("1", ModelStage.APPROVED, 1);
    stage("2", ModelStage.APPROVED, 62); // time has not passed the deadline for good yet
    served("2", 63);
    assertThat(onTime()).containsExactly(1, 1);
  }

  @Test
  void anOverdueUpdateOfANodeThatFellSilentIsLateAlsoAfterARestart() {
    stage("1", ModelStage.APPROVED, 1);
    restart();
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
  void anApprovalJournaledAfterTheNodeWentBackEndsWithTheInferenceThatWentBack() {
    stage("1", ModelStage.APPROVED, 1);
    served("1", 2);
    stage("2", ModelStage.APPROVED, 3);
    served("2", 4);
    served("1", 6);
    served("1", 7);
    restart();
    stage("1", "sha256:1", ModelStage.APPROVED, 5, 5, 8);
    assertThat(report.last().attempt()).isEqualTo(2);
    assertThat(report.last().end()).isEqualTo(End.SERVED);
    assertThat(report.last().latencyNs()).isEqualTo(SECOND);
  }

  @Test
  void aVersionThatCameBackByItselfAndIsApprovedLaterIsEndedByItsNextInference() {
    stage("1", ModelStage.APPROVED, 1);
    served("1", 2);
    stage("2", ModelStage.APPROVED, 3);
    served("2", 4);
    stage("2", ModelStage.ROLLED_BACK, 5);
    served("1", 6);
    stage("1", ModelStage.APPROVED, 20);
    assertThat(report.last().end()).isEqualTo(End.PENDING);
    served("1", 21);
    assertThat(report.last().attempt()).isEqualTo(2);
    assertThat(report.last().latencyNs()).isEqualTo(SECOND);
  }

  @Test
  void goingBackToTheVersionThatServesAllTheTimeIsNoNewAttemptButSupersedes() {
    stage("1", ModelStage.APPROVED, 1);
    served("1", 2);
    stage("2", ModelStage.APPROVED, 3);
    stage("1", ModelStage.APPROVED, 4); // 2 is not wanted any more
    assertThat(report.last().version()).isEqualTo("2");
    assertThat(report.last().end()).isEqualTo(End.SUPERSEDED);
    int updates = report.updates.size();
    served("1", 5);
    assertThat(report.updates).hasSize(updates);
  }

  @Test
  void anOldInferenceThatBecomesKnownLateDoesNotEndALaterAttempt() {
    stage("1", ModelStage.APPROVED, 1);
    served("1", 2);
    stage("2", ModelStage.APPROVED, 3);
    served("2", 4);
    stage("1", ModelStage.APPROVED, 10);
    served("1", "sha256:1", 3, 11); // from a buffer
    assertThat(report.last().end()).isEqualTo(End.PENDING);
    restart();
    served("1", "sha256:1", 3.5, 12);
    assertThat(report.last().end()).isEqualTo(End.PENDING);
    served("1", 13);
    assertThat(report.last().latencyNs()).isEqualTo(3 * SECOND);
  }

  @Test
  void aFailureOfAnAttemptBeforeThatIsDeliveredAgainDoesNotEndTheNextOne() {
    stage("1", ModelStage.APPROVED, 1);
    stage("1", ModelStage.FAILED, 2);
    stage("1", ModelStage.APPROVED, 3);
    stage("1", "sha256:1", ModelStage.FAILED, 2, 2, 4);
    assertThat(report.last().end()).isEqualTo(End.PENDING);
  }

  @Test
  void anApprovalThatBecomesKnownAfterTheNextOneSupersedesNothing() {
    stage("2", ModelStage.APPROVED, 5);
    stage("1", "sha256:1", ModelStage.APPROVED, 3, 3, 6);
    assertThat(report.last().version()).isEqualTo("1");
    assertThat(report.last().end()).isEqualTo(End.SUPERSEDED);
    assertThat(report.last().endNs()).isEqualTo(T0 + 5 * SECOND);
    served("2", 7);
    assertThat(report.last().end()).isEqualTo(End.SERVED);
    assertThat(report.last().latencyNs()).isEqualTo(2 * SECOND);
  }

  @Test
  void anInferenceFromBeforeTheNextApprovalThatBecomesKnownAfterItStillCounts() {
    stage("1", ModelStage.APPROVED, 1);
    stage("2", ModelStage.APPROVED, 5);
    served("1", "sha256:1", 4, 6);
    assertThat(report.last().version()).isEqualTo("1");
    assertThat(report.last().end()).isEqualTo(End.SERVED);
    served("2", 8);
    assertThat(onTime()).containsExactly(2, 0);
  }

  @Test
  void anInferenceByAnotherDigestThanTheApprovedOneEndsNothingAndIsAFinding() {
    approved("1", "aaaa", 1);
    served("1", "bbbb", 2);
    assertThat(report.last().end()).isEqualTo(End.PENDING);
    assertThat(report.last().digest()).isEqualTo("aaaa");
    assertThat(report.last().otherDigest()).isEqualTo("bbbb");
    int updates = report.updates.size();
    served("1", "bbbb", 3);
    assertThat(report.updates).hasSize(updates); // it is a finding once
    restart();
    served("1", "aaaa", 4);
    assertThat(report.last().end()).isEqualTo(End.SERVED);
    assertThat(report.last().latencyNs()).isEqualTo(3 * SECOND);
    assertThat(report.last().otherDigest()).isEqualTo("bbbb");
  }

  @Test
  void anotherDigestThatServedBeforeTheApprovalDoesNotEndItEither() {
    served("1", "bbbb", 1);
    approved("1", "aaaa", 2);
    assertThat(report.last().end()).isEqualTo(End.PENDING);
    assertThat(report.last().otherDigest()).isEqualTo("bbbb");
    served("1", "bbbb", 3);
    served("1", "aaaa", 5);
    assertThat(report.last().latencyNs()).isEqualTo(3 * SECOND);
  }

  @Test
  void aNewDigestOfAVersionIsANewAttempt() {
    approved("1", "aaaa", 1);
    served("1", "aaaa", 2);
    approved("1", "bbbb", 3);
    assertThat(report.last().attempt()).isEqualTo(2);
    assertThat(report.last().digest()).isEqualTo("bbbb");
    assertThat(report.last().otherDigest()).isEqualTo("aaaa");
    served("1", "aaaa", 4); // still the old one
    assertThat(report.last().end()).isEqualTo(End.PENDING);
    approved("1", "cccc", 5);
    assertThat(report.updates).anyMatch(u -> u.attempt() == 2 && u.end() == End.SUPERSEDED);
    served("1", "cccc", 6);
    assertThat(report.last().attempt()).isEqualTo(3);
    assertThat(report.last().end()).isEqualTo(End.SERVED);
  }

  @Test
  void aFailureOfAnotherDigestIsAFindingOnly() {
    approved("1", "aaaa", 1);
    stage("1", "bbbb", ModelStage.FAILED, 2, 2, 2);
    assertThat(report.last().end()).isEqualTo(End.PENDING);
    assertThat(report.last().otherDigest()).isEqualTo("bbbb");
  }

  @Test
  void nothingSpeaksAgainstADigestThatIsNotTold() {
    approved("1", "aaaa", 1);
    served("1", "", 2);
    assertThat(report.last().end()).isEqualTo(End.SERVED);
    assertThat(report.last().otherDigest()).isEmpty();
  }

  @Test
  void servingThatWasPolledEndedBetweenTwoPolls() {
    stage("1", ModelStage.APPROVED, 1);
    stage("1", "sha256:1", ModelStage.SERVING, 4, 10, 11);
    assertThat(report.last().end()).isEqualTo(End.SERVED);
    assertThat(report.last().endNotBeforeNs()).isEqualTo(T0 + 4 * SECOND);
    assertThat(report.last().endNs()).isEqualTo(T0 + 10 * SECOND);
    assertThat(report.last().endWidthNs()).isEqualTo(6 * SECOND);
    int updates = report.updates.size();
    stage("1", "sha256:1", ModelStage.SERVING, 10, 20, 21);
    served("1", 22);
    assertThat(report.updates).hasSize(updates);
  }

  @Test
  void aFallbackThatIsReadyIsNoStageOfItsUpdate() {
    stage("1", ModelStage.APPROVED, 1);
    stage("1", ModelStage.FALLBACK_READY, 2);
    stage("0", ModelStage.FALLBACK_READY, 2);
    assertThat(report.updates).hasSize(1);
  }

  @Test
  void updatesOverTheLimitAreCounted() {
    engine.onRegister(new Factory().node("vision").register(), T0);
    for (int m = 0; m < 20_003; m++) {
      engine.onModelEvent(
          engine.names().id("site/line/vision"),
          engine.names().id("m" + m),
          engine.names().id("1"),
          0,
          ModelStage.APPROVED,
          T0,
          T0,
          T0);
    }
    assertThat(engine.untrackedUpdates()).isEqualTo(3);
    restart();
    assertThat(engine.untrackedUpdates()).isEqualTo(3);
    assertThat(engine.modelUpdates()).hasSize(20_000);
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
