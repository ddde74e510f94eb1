package io.feedrate.kpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Inference;
import io.feedrate.kpi.ModelStage;
import org.junit.jupiter.api.Test;

/** Counts are nodes that served in a window, and those that were ready; windows 10 s. */
class RollbackReadinessTest {
  private static final String KPI = "model_rollback_readiness";
  private final Fleet fleet = new Fleet();

  private long[] counts(String subject) {
    return fleet.counts(KPI, subject);
  }

  @Test
  void aNodeThatServesIsReadyWithAFallbackAtTheEndOfTheWindow() {
    fleet.served("2", 1);
    fleet.served("2", 2);
    fleet.stage("1", ModelStage.FALLBACK_READY, 5);
    fleet.served(Fleet.B, "2", 3);
    fleet.served("2", 12);
    fleet.stage("1", ModelStage.FALLBACK_LOST, 19);
    fleet.tick(45);
    assertThat(counts(Fleet.A)).containsExactly(2, 1);
    assertThat(counts(Fleet.B)).containsExactly(1, 0);
    assertThat(counts("site")).containsExactly(3, 1);
  }

  @Test
  void aFallbackThatServesIsNoneAnyMore() {
    fleet.stage("2", ModelStage.FALLBACK_READY, 0);
    fleet.served("1", 1);
    fleet.served("2", 11);
    fleet.served("1", 21); // 2 was not verified since
    fleet.tick(45);
    assertThat(counts(Fleet.A)).containsExactly(3, 1);
  }

  @Test
  void theVersionThatServesIsNoFallback() {
    fleet.served("1", 1);
    fleet.stage("1", ModelStage.FALLBACK_READY, 2);
    fleet.tick(25);
    assertThat(counts(Fleet.A)).containsExactly(1, 0);
  }

  @Test
  void eachModelThatANodeServesNeedsOne() {
    fleet.served("2", 1);
    fleet.stage("1", ModelStage.FALLBACK_READY, 2);
    Inference another = fleet.inference(Fleet.A, "7", "", 3);
    another.model = fleet.engine.names().id("another");
    fleet.engine.onInference(another);
    fleet.tick(25);
    assertThat(counts(Fleet.A)).containsExactly(1, 0);
  }

  @Test
  void aNodeCountsAlsoWhereItsInferencesBecomeKnownLate() {
    fleet.served("2", 1);
    fleet.stage("1", ModelStage.FALLBACK_READY, 2);
    fleet.tick(36);
    fleet.restart();
    fleet.servedLate("2", 15, 36);
    fleet.servedLate("2", 16, 37);
    fleet.tick(60);
    assertThat(counts(Fleet.A)).containsExactly(2, 2);
  }

  @Test
  void whatANodeCanGoBackToOutlivesRestartsAndRegisters() {
    fleet.served("2", 1);
    fleet.stage("1", ModelStage.FALLBACK_READY, 2);
    fleet.restart();
    fleet.register(new Factory().node("b").node("a"), 3);
    fleet.restart();
    fleet.served("2", 12);
    fleet.tick(36);
    assertThat(counts(Fleet.A)).containsExactly(2, 2);
    fleet.stage("2", ModelStage.NODE_RETIRED, 37);
    fleet.served("2", 41);
    fleet.tick(60);
    assertThat(counts(Fleet.A)).containsExactly(3, 2);
  }

  @Test
  void aVersionThatIsDrainedIsNotServed() {
    fleet.stage("2", ModelStage.SERVING, 1);
    fleet.stage("2", ModelStage.DRAINED, 5);
    fleet.stage("1", ModelStage.FALLBACK_READY, 6);
    fleet.tick(25);
    assertThat(counts(Fleet.A)).containsExactly(1, 0);
  }
}
