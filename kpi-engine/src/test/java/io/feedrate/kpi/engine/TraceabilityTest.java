package io.feedrate.kpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.capability.Traceability;
import org.junit.jupiter.api.Test;

/** Counts are traceable, incomplete, other digest, unregistered. */
class TraceabilityTest {
  private static final String KPI = "model_traceability";
  private final Fleet fleet = new Fleet();

  private void inference(String version, String digest, double second) {
    fleet.engine.onInference(fleet.inference(Fleet.A, version, digest, second));
  }

  private long[] counts(double untilSecond) {
    fleet.tick(untilSecond);
    return fleet.counts(KPI, Fleet.A);
  }

  @Test
  void anInferenceIsTraceableIfTheRegistryReportedItsDigest() {
    fleet.stage("", "1", "aaaa", ModelStage.REGISTERED, 0, 0); // of no node
    fleet.stage(Fleet.B, "2", "bbbb", ModelStage.APPROVED, 0, 0);
    inference("1", "aaaa", 1);
    inference("2", "bbbb", 1);
    inference("1", "bbbb", 1); // the digest of another version
    inference("1", "", 1);
    inference("3", "aaaa", 1);
    assertThat(counts(30)).containsExactly(2, 1, 1, 1);
    assertThat(Traceability.KPI.figure(counts(30), null).value()).isEqualTo(0.4);
  }

  @Test
  void whatANodeReportsOfItselfIsNoRegistry() {
    fleet.stage(Fleet.A, "1", "aaaa", ModelStage.LOADED, 0, 0);
    inference("1", "aaaa", 1);
    assertThat(counts(30)).containsExactly(0, 0, 0, 1);
  }

  @Test
  void aVersionThatWasRegisteredWithoutDigestIsKnownAndTracesNothing() {
    fleet.stage("", "1", "", ModelStage.REGISTERED, 0, 0);
    inference("1", "aaaa", 1);
    assertThat(counts(30)).containsExactly(0, 0, 1, 0);
  }

  @Test
  void onlyProductionCounts() {
    Inference shadow = fleet.inference(Fleet.A, "1", "aaaa", 1);
    shadow.mode = InferenceMode.SHADOW;
    fleet.engine.onInference(shadow);
    assertThat(counts(30)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void whatIsRegisteredOutlivesRestartsAndRegisters() {
    fleet.stage("", "1", "aaaa", ModelStage.REGISTERED, 0, 0);
    fleet.restart();
    inference("1", "aaaa", 1);
    fleet.register(new Factory().node("b").node("a"), 2);
    inference("1", "aaaa", 3);
    inference("1", "cccc", 3);
    assertThat(counts(30)).containsExactly(2, 0, 1, 0);
  }

  @Test
  void theOldestBuildsAreForgottenWhenThereAreTooMany() {
    for (int i = 0; i <= 50_000; i++) {
      fleet.stage("", "1", "d" + i, ModelStage.REGISTERED, 0, 0);
    }
    fleet.restart();
    fleet.stage("", "2", "last", ModelStage.REGISTERED, 0, 0); // drives out d1
    inference("1", "d0", 1);
    inference("1", "d1", 1);
    inference("1", "d2", 1);
    inference("1", "d50000", 1);
    inference("2", "last", 1);
    assertThat(counts(30)).containsExactly(3, 0, 2, 0);
  }
}
