package io.feedrate.kpi.engine;

import static io.feedrate.kpi.Decision.BAD;
import static io.feedrate.kpi.Decision.GOOD;
import static io.feedrate.kpi.EventKind.PART_BAD;
import static io.feedrate.kpi.EventKind.PART_GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.feedrate.kpi.Decision;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.capability.InspectionAgreement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts are true good, escape, overkill, true bad, decided. */
class InspectionAgreementTest {
  private static final String KPI = "inspection_agreement";
  private static final String STATION = Fleet.B;
  private final Fleet fleet = new Fleet();

  private long[] counts(String subject) {
    fleet.tick(1000);
    return fleet.counts(KPI, subject);
  }

  @Test
  void eachPartIsComparedWithItsInspection() {
    fleet.decided(Fleet.A, 1, GOOD, 1);
    fleet.decided(Fleet.A, 2, GOOD, 1);
    fleet.decided(Fleet.A, 3, BAD, 1);
    fleet.decided(Fleet.A, 4, BAD, 1);
    fleet.decided(Fleet.A, 5, GOOD, 1); // never inspected
    fleet.inspected(STATION, 1, PART_GOOD, 25);
    fleet.inspected(STATION, 2, PART_BAD, 26);
    fleet.inspected(STATION, 3, PART_GOOD, 27);
    fleet.inspected(STATION, 4, PART_BAD, 28);
    fleet.inspected(STATION, 6, PART_BAD, 28); // never decided
    assertThat(counts(Fleet.A)).containsExactly(1, 1, 1, 1, 5);
    assertThat(fleet.counts(KPI, STATION)).containsExactly(0, 0, 0, 0, 0);
    List<Result> windows = fleet.report.windows(KPI, Fleet.A, Span.WINDOW);
    assertThat(windows.get(1).startNs()).isEqualTo(Fleet.ns(20)); // that of the inspections
    assertThat(windows.get(1).counts()).containsExactly(1, 1, 1, 1, 0);
  }

  @Test
  void anInspectionMayBecomeKnownFirst() {
    fleet.inspected(STATION, 1, PART_BAD, 1);
    fleet.restart();
    fleet.decided(Fleet.A, 1, GOOD, 2);
    fleet.decided(Fleet.A, 1, BAD, 3); // it counts once
    assertThat(counts(Fleet.A)).containsExactly(0, 1, 0, 0, 1);
  }

  @Test
  void theLastDecisionBeforeTheFirstInspectionCountsOnce() {
    fleet.decided(Fleet.A, 1, BAD, 1);
    fleet.decided(Fleet.A, 1, GOOD, 2);
    fleet.inspected(STATION, 1, PART_GOOD, 3);
    fleet.inspected(STATION, 1, PART_BAD, 4);
    fleet.decided(Fleet.A, 1, BAD, 5);
    assertThat(counts(Fleet.A)).containsExactly(1, 0, 0, 0, 1);
  }

  @Test
  void eachNodeThatDecidesOnAPartIsJudged() {
    fleet.decided(Fleet.A, 1, BAD, 1);
    fleet.decided(Fleet.B, 1, GOOD, 1);
    fleet.inspected(STATION, 1, PART_GOOD, 3);
    assertThat(counts(Fleet.A)).containsExactly(0, 0, 1, 0, 1);
    assertThat(counts(Fleet.B)).containsExactly(1, 0, 0, 0, 1);
    assertThat(counts("site")).containsExactly(1, 0, 1, 0, 2);
  }

  @Test
  void onlySuccessfulProductionInferencesOfKnownPartsCount() {
    for (int i = 0; i < 4; i++) {
      Inference its = fleet.inference(Fleet.A, "1", "", 1);
      its.part = i == 0 ? 0 : 1;
      its.decision = i == 1 ? Decision.NONE : GOOD;
      its.ok = i != 2;
      its.mode = i == 3 ? InferenceMode.SHADOW : InferenceMode.PRODUCTION;
      fleet.engine.onInference(its);
    }
    fleet.inspected(STATION, 1, PART_GOOD, 3);
    fleet.inspected(STATION, 0, PART_GOOD, 3);
    assertThat(counts(Fleet.A)).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void partsOutliveRestartsAndRegisters() {
    fleet.decided(Fleet.A, 1, GOOD, 1);
    fleet.decided(Fleet.B, 1, GOOD, 1);
    fleet.restart();
    fleet.register(new Factory().node("c").node("b"), 2);
    fleet.restart();
    fleet.inspected(Fleet.B, 1, PART_BAD, 3);
    assertThat(counts(Fleet.B)).containsExactly(0, 1, 0, 0, 1);
    assertThat(counts("site/line/c")).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void theOldestPartsAreForgottenWhenThereAreTooMany() {
    for (int part = 1; part <= 20_001; part++) {
      fleet.decided(Fleet.A, part, GOOD, 1);
    }
    fleet.restart();
    fleet.decided(Fleet.A, 20_002, GOOD, 1); // drives out 2
    for (int part : new int[] {1, 2, 3, 20_001, 20_002}) {
      fleet.inspected(STATION, part, PART_GOOD, 2);
    }
    assertThat(counts(Fleet.A)).containsExactly(3, 0, 0, 0, 20_002);
  }

  @Test
  void aShareOfASampleHasTheLimitsOfItsWilsonInterval() {
    // Newcombe 1998 (Statistics in Medicine 17:857), table I, method 3, for 95 %:
    // 81/263: 0.2553 to 0.3662; 15/148: 0.0624 to 0.1605; 0/20: 0 to 0.1611; 1/29: 0.0061 to 0.1718
    limits(81, 263, 0.2553, 0.3662);
    limits(15, 148, 0.0624, 0.1605);
    limits(0, 20, 0, 0.1611);
    limits(1, 29, 0.0061, 0.1718);
    Figure all = InspectionAgreement.AGREEMENT.figure(new long[] {20, 0, 0, 0, 20}, null);
    assertThat(all.upper()).isEqualTo(1);
    assertThat(all.lower()).isCloseTo(1 - 0.1611, within(5e-5));
    assertThat(InspectionAgreement.ESCAPE_RATE.figure(new long[] {5, 0, 1, 0, 6}, null))
        .isEqualTo(Figure.NOT_APPLICABLE); // no bad part
  }

  private static void limits(long hits, long n, double lower, double upper) {
    Figure figure =
        InspectionAgreement.ESCAPE_RATE.figure(new long[] {7, hits, 7, n - hits, 0}, null);
    assertThat(figure.value()).isEqualTo((double) hits / n);
    assertThat(figure.lower()).isCloseTo(lower, within(5e-5));
    assertThat(figure.upper()).isCloseTo(upper, within(5e-5));
    Figure overkill =
        InspectionAgreement.OVERKILL_RATE.figure(new long[] {n - hits, 7, hits, 7, 0}, null);
    assertThat(overkill).isEqualTo(figure);
  }
}
