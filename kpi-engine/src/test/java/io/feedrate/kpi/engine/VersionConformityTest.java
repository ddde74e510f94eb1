package io.feedrate.kpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import io.feedrate.kpi.capability.VersionConformity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts are milliseconds: conforming, other, undecided. Windows 10 s, lateness 5 s. */
class VersionConformityTest {
  private static final String KPI = "model_version_conformity";
  private final Fleet fleet = new Fleet();
  private int second;

  /** The links are alive all the time until then. */
  private void until(int untilSecond) {
    for (; second < untilSecond; second++) {
      fleet.proof(second + 1);
    }
  }

  private long[] counts() {
    return fleet.counts(KPI, Fleet.A);
  }

  @Test
  void aNodeConformsWhileItServesTheVersionThatWasApprovedLast() {
    fleet.stage("1", ModelStage.APPROVED, 0);
    fleet.served("1", 2.5);
    until(12);
    fleet.stage("2", ModelStage.APPROVED, 12);
    until(17);
    fleet.served("2", 17.25);
    until(45);
    // 0 to 2.5 nothing served; from 12 to 17.25 the old version; until 40 windows are closed.
    assertThat(counts()).containsExactly(9_500 + 22_750, 5_250, 0);
    assertThat(fleet.counts(KPI, "site")).containsExactly(32_250, 5_250, 0);
  }

  @Test
  void anotherDigestIsAnotherVersion() {
    fleet.stage("1", ModelStage.APPROVED, 0);
    fleet.engine.onInference(fleet.inference(Fleet.A, "1", "another", 1));
    until(11);
    fleet.engine.onInference(fleet.inference(Fleet.A, "1", "", 11)); // tells nothing new
    until(15);
    assertThat(counts()).containsExactly(0, 9_000, 0);
  }

  @Test
  void beforeAnyApprovalItCannotBeTold() {
    fleet.served("1", 0);
    until(15);
    assertThat(counts()).containsExactly(0, 0, 10_000);
    Figure figure = VersionConformity.KPI.figure(counts(), null);
    assertThat(figure.state()).isEqualTo(State.INSUFFICIENT_EVIDENCE);
    fleet.stage("1", ModelStage.APPROVED, 15);
    until(35);
    assertThat(counts()).containsExactly(15_000, 0, 15_000);
    figure = VersionConformity.KPI.figure(counts(), null);
    assertThat(figure.value()).isEqualTo(1);
    assertThat(figure.lower()).isEqualTo(0.5);
    assertThat(figure.upper()).isEqualTo(1);
  }

  @Test
  void aVersionThatFailedOrWasRolledBackIsNotTheApprovedOneAnyMore() {
    fleet.stage("1", ModelStage.APPROVED, 0);
    fleet.served("1", 0);
    until(2);
    fleet.stage("2", ModelStage.APPROVED, 2);
    until(4);
    fleet.stage("2", ModelStage.FAILED, 4);
    until(5);
    fleet.stage("3", ModelStage.APPROVED, 5);
    until(6);
    fleet.served("3", 6);
    until(8);
    fleet.stage("3", ModelStage.ROLLED_BACK, 8);
    until(9);
    fleet.served("1", 9);
    until(15);
    // Not conforming: 1 from 2 to 4 and from 5 to 6, and 3 from 8 to 9.
    assertThat(counts()).containsExactly(6_000, 4_000, 0);
    assertThat(fleet.report.windows(KPI, Fleet.A, Span.WINDOW)).hasSize(1);
  }

  @Test
  void onlyTimeCountsInWhichTheNodeWasSeen() {
    fleet.stage("1", ModelStage.APPROVED, 0);
    fleet.served("1", 0);
    until(4);
    fleet.engine.onLink(0, LinkEvent.DOWN, Fleet.ns(4));
    for (second = 4; second < 7; second++) {
      fleet.tick(second + 1);
    }
    fleet.engine.onLink(0, LinkEvent.UP, Fleet.ns(7));
    until(15);
    assertThat(counts()).containsExactly(7_000, 0, 0);
    assertThat(VersionConformity.KPI.figure(new long[3], null)).isEqualTo(Figure.NOT_APPLICABLE);
  }

  @Test
  void whatIsDrainedOrRetiredDoesNotServe() {
    fleet.stage("1", ModelStage.APPROVED, 0);
    fleet.served("1", 0);
    until(2);
    fleet.stage("0", ModelStage.DRAINED, 2); // another one
    until(4);
    fleet.stage("1", ModelStage.DRAINED, 4);
    until(6);
    fleet.served("1", 6);
    until(9);
    fleet.stage("1", ModelStage.NODE_RETIRED, 9);
    until(25);
    assertThat(counts()).containsExactly(7_000, 0, 0);
  }

  @Test
  void whatBecomesKnownLateCorrectsClosedWindowsAndOnlyThose() {
    fleet.stage("1", ModelStage.APPROVED, 0);
    fleet.served("1", 0);
    until(40);
    assertThat(counts()).containsExactly(30_000, 0, 0);
    fleet.stage(Fleet.A, "2", "sha256:2", ModelStage.APPROVED, 15, 40);
    fleet.servedLate("2", 18, 41);
    until(65);
    assertThat(counts()).containsExactly(57_000, 3_000, 0);
    List<Result> windows = fleet.report.windows(KPI, Fleet.A, Span.WINDOW);
    assertThat(windows.get(0).revision()).isZero();
    assertThat(windows.get(1).revision()).isEqualTo(1);
    assertThat(windows.get(1).counts()).containsExactly(7_000, 3_000, 0);
    assertThat(windows.get(2).counts()).containsExactly(10_000, 0, 0);
  }

  @Test
  void itGoesOnAfterARestartAndUnderAnotherRegister() {
    fleet.stage("1", ModelStage.APPROVED, 0);
    fleet.served("1", 0);
    until(12);
    fleet.restart();
    fleet.stage("2", ModelStage.APPROVED, 12);
    until(14);
    fleet.register(new Factory().node("b").node("a"), 14);
    until(16);
    fleet.restart();
    fleet.served("2", 16);
    until(35);
    assertThat(counts()).containsExactly(26_000, 4_000, 0);
  }

  @Test
  void aPollSeesWhatServesToo() {
    fleet.stage("1", ModelStage.APPROVED, 0);
    fleet.stage("1", ModelStage.SERVING, 3);
    until(15);
    assertThat(counts()).containsExactly(7_000, 0, 0);
  }

  @Test
  void anApprovalThatBecomesKnownAfterTheNextOneHoldsUntilThat() {
    fleet.served("1", 0);
    until(6);
    fleet.stage("2", ModelStage.APPROVED, 6);
    until(7);
    fleet.stage(Fleet.A, "1", "sha256:1", ModelStage.APPROVED, 2, 7);
    until(15);
    assertThat(counts()).containsExactly(4_000, 4_000, 2_000);
  }
}
