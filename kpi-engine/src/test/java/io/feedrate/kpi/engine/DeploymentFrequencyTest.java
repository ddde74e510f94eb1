package io.feedrate.kpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.capability.DeploymentFrequency;
import org.junit.jupiter.api.Test;

/** Counts are served updates and milliseconds of nodes. */
class DeploymentFrequencyTest {
  private static final String KPI = "model_deployment_frequency";
  private final Fleet fleet = new Fleet(new Factory().node("a").node("b").machine("m").register());

  @Test
  void updatesThatServedCountOncePerNodeAndDay() {
    fleet.stage("1", ModelStage.APPROVED, 1);
    fleet.served("1", 2);
    fleet.stage("1", ModelStage.CONFIRMED, 3); // a later state of the same
    fleet.stage("2", ModelStage.APPROVED, 4);
    fleet.stage("2", ModelStage.FAILED, 5);
    fleet.stage("1", ModelStage.APPROVED, 6); // it serves already
    fleet.served("1", 7);
    fleet.stage("3", ModelStage.APPROVED, 8);
    fleet.served("3", 9);
    fleet.tick(25);
    assertThat(fleet.counts(KPI, Fleet.A)).containsExactly(2, 20_000);
    assertThat(fleet.counts(KPI, Fleet.B)).containsExactly(0, 20_000);
    assertThat(fleet.counts(KPI, "site")).containsExactly(2, 40_000);
    Figure figure = DeploymentFrequency.KPI.figure(new long[] {2, 4 * 86_400_000L}, null);
    assertThat(figure.value()).isEqualTo(0.5);
    assertThat(DeploymentFrequency.KPI.figure(new long[2], null)).isEqualTo(Figure.NOT_APPLICABLE);
  }

  @Test
  void aMachineIsANodeFromItsFirstUpdateOn() {
    String machine = "site/line/m";
    fleet.tick(25); // until 20 its time has passed
    fleet.stage(machine, "1", ModelStage.APPROVED, 25.5);
    fleet.served(machine, "1", 26);
    fleet.restart();
    fleet.tick(35);
    assertThat(fleet.counts(KPI, machine)).containsExactly(1, 10_000);
    fleet.register(new Factory().machine("m").node("a"), 36);
    fleet.tick(55);
    assertThat(fleet.counts(KPI, machine)).containsExactly(1, 30_000);
    assertThat(fleet.counts(KPI, Fleet.A)).containsExactly(0, 50_000);
  }
}
