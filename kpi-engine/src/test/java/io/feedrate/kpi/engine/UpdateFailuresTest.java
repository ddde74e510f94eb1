package io.feedrate.kpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import io.feedrate.kpi.capability.UpdateFailures;
import org.junit.jupiter.api.Test;

/** Failed updates: counts are failed, rolled back, stable; the soak time is an hour. */
class UpdateFailuresTest {
  private static final String KPI = "model_update_failure_rate";
  private static final double SOAKED = 3700;
  private final Fleet fleet = new Fleet();

  private long[] counts() {
    return fleet.counts(KPI, Fleet.A);
  }

  private void update(String version, double second) {
    fleet.stage(version, ModelStage.APPROVED, second);
    fleet.served(version, second + 1);
  }

  @Test
  void aServedVersionCountsOnceItsSoakTimeIsOver() {
    update("1", 1);
    fleet.tick(3000);
    assertThat(counts()).containsExactly(0, 0, 0);
    fleet.restart();
    fleet.tick(SOAKED);
    assertThat(counts()).containsExactly(0, 0, 1);
    Result window = fleet.report.windows(KPI, Fleet.A, Span.WINDOW).get(0);
    assertThat(window.startNs()).isEqualTo(Fleet.ns(3600)); // served at 2 s
  }

  @Test
  void failedRejectedAndRolledBackOnesFailed() {
    fleet.stage("1", ModelStage.APPROVED, 1);
    fleet.stage("1", ModelStage.FAILED, 2);
    fleet.stage("2", ModelStage.APPROVED, 3);
    fleet.stage("2", ModelStage.REJECTED, 4);
    update("3", 5);
    fleet.stage("3", ModelStage.ROLLED_BACK, 100);
    fleet.stage("4", ModelStage.APPROVED, 110);
    fleet.stage("4", ModelStage.ROLLED_BACK, 111); // before it served
    update("5", 120);
    fleet.tick(2 * SOAKED);
    assertThat(counts()).containsExactly(3, 1, 1);
    assertThat(UpdateFailures.KPI.figure(counts(), null).value()).isEqualTo(0.8);
  }

  @Test
  void aRollbackAfterTheSoakTimeIsNoFailureOfTheUpdate() {
    update("1", 1);
    fleet.stage("1", ModelStage.ROLLED_BACK, 3610);
    fleet.tick(2 * SOAKED);
    assertThat(counts()).containsExactly(0, 0, 1);
  }

  @Test
  void aRollbackThatBecomesKnownTooLateTakesBackWhatWasSaid() {
    update("1", 1);
    fleet.tick(SOAKED);
    fleet.stage(Fleet.A, "1", "", ModelStage.ROLLED_BACK, 3000, SOAKED);
    fleet.stage(Fleet.A, "1", "", ModelStage.ROLLED_BACK, 3000, SOAKED + 1); // again
    fleet.tick(2 * SOAKED);
    assertThat(counts()).containsExactly(0, 1, 0);
  }

  @Test
  void aVersionThatIsApprovedAgainWithinItsSoakTimeHadLastedUntilThen() {
    update("1", 1);
    update("2", 10);
    update("1", 20);
    fleet.tick(2 * SOAKED);
    assertThat(counts()).containsExactly(0, 0, 3);
  }

  @Test
  void supersededAndCancelledOnesHadNoOutcome() {
    fleet.stage("1", ModelStage.APPROVED, 1);
    fleet.stage("2", ModelStage.APPROVED, 2);
    fleet.stage("2", ModelStage.CANCELLED, 3);
    fleet.tick(2 * SOAKED);
    assertThat(counts()).containsExactly(0, 0, 0);
    Figure figure = UpdateFailures.KPI.figure(counts(), null);
    assertThat(figure.state()).isEqualTo(State.NOT_APPLICABLE);
  }

  @Test
  void theSoakTimeGoesOnUnderAnotherRegister() {
    update("1", 1);
    fleet.register(new Factory().node("b").node("a"), 5);
    fleet.tick(SOAKED);
    assertThat(counts()).containsExactly(0, 0, 1);
    assertThat(fleet.counts(KPI, "site")).containsExactly(0, 0, 1);
  }
}
