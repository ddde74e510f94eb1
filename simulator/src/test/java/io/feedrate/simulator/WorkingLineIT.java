package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.capability.InspectionAgreement;
import io.feedrate.kpi.capability.RollbackReadiness;
import io.feedrate.kpi.capability.Traceability;
import io.feedrate.kpi.collaboration.AlarmRate;
import io.feedrate.kpi.collaboration.FeedbackClosure;
import io.feedrate.kpi.collaboration.ManualIntervention;
import io.feedrate.kpi.collaboration.QualifiedOperation;
import io.feedrate.kpi.foundation.CrossChecks;
import io.feedrate.kpi.integration.AiInLoop;
import io.feedrate.kpi.integration.ClosedLoop;
import io.feedrate.kpi.integration.InterfaceChanges;
import io.feedrate.kpi.integration.InterfaceConformance;
import io.feedrate.kpi.integration.Oee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A line at work, without faults: what is measured of machines, models and people is what really
 * happened, as far as the line's own books know it.
 */
class WorkingLineIT {
  private static final List<String> MILLS = List.of("cnc-01", "cnc-02", "cnc-03", "cnc-04");
  private static final List<String> CAMERAS = List.of("vision-01", "vision-02");
  private static final Duration REVISABLE = Duration.ofMinutes(10);
  private static final Duration WORK = Duration.ofSeconds(45);

  /** Things that happen at the edge of the first or last window, or wait there. */
  private static final long EDGE = 4;

  private static FaultBench bench;
  private static Truth truth;

  @BeforeAll
  static void work(@TempDir Path directory) throws Exception {
    bench = FaultBench.start(LinePlan.quiet().withSize(4, 2), directory, REVISABLE);
    SimulatedLine line = bench.line();
    truth = line.truth();
    line.approve();
    bench.awaitTime(System.currentTimeMillis() + WORK.toMillis() / 2);
    line.approve();
    bench.awaitTime(System.currentTimeMillis() + WORK.toMillis() / 2);
    bench.finish();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  /** Events of a kind in the windows that are read. */
  private static long events(List<String> assets, EventKind kind) {
    return assets.stream()
        .mapToLong(asset -> truth.events(asset, kind, bench.fromMs(), bench.toMs()))
        .sum();
  }

  private static long count(Kpi kpi, String name) {
    return bench.count(kpi, "", name);
  }

  @Test
  void partsAreThoseThatTheMachinesMade() {
    long made = events(MILLS, EventKind.PART_PRODUCED);

    assertThat(made).isPositive();
    assertThat(count(Oee.QUALITY, "produced")).isEqualTo(made);
    assertThat(count(Oee.QUALITY, "good")).isBetween(made / 2, made);
    assertThat(count(CrossChecks.KPI, "monotone_passed"))
        .isPositive()
        .isEqualTo(count(CrossChecks.KPI, "monotone_evaluated"));
    assertThat(count(CrossChecks.KPI, "parts_told")).isEqualTo(made);
    assertThat(count(CrossChecks.KPI, "parts_passed"))
        .isEqualTo(count(CrossChecks.KPI, "parts_evaluated"));
  }

  @Test
  void plannedTimeIsAllTimeAndItsPartsAddUp() {
    long spanMs = (bench.toMs() - bench.fromMs()) * MILLS.size();

    assertThat(count(Oee.AVAILABILITY, "busy_ms")).isEqualTo(spanMs);
    assertThat(
            count(Oee.AVAILABILITY, "production_ms")
                + count(Oee.AVAILABILITY, "setup_ms")
                + count(Oee.AVAILABILITY, "delay_ms")
                + count(Oee.AVAILABILITY, "down_ms")
                + count(Oee.AVAILABILITY, "unknown_ms"))
        .isEqualTo(spanMs);
    assertThat(count(Oee.AVAILABILITY, "production_ms")).isGreaterThan(spanMs / 3);
    assertThat(count(ManualIntervention.KPI, "known_ms")).isGreaterThan(spanMs / 2);
  }

  @Test
  void mostPartsAreSeenByAModel() {
    long made = events(MILLS, EventKind.PART_PRODUCED);

    assertThat(count(AiInLoop.KPI, "covered") + count(AiInLoop.KPI, "uncovered")).isEqualTo(made);
    assertThat(count(AiInLoop.KPI, "covered")).isGreaterThanOrEqualTo(made - EDGE);
    assertThat(count(AiInLoop.KPI, "without_key")).isZero();
  }

  @Test
  void inspectionsFindWhatTheModelsMissed() {
    long inspected = events(MILLS, EventKind.PART_GOOD) + events(MILLS, EventKind.PART_BAD);
    long agreed = count(InspectionAgreement.AGREEMENT, "true_good");
    long overkill = count(InspectionAgreement.AGREEMENT, "overkill");
    long escapes = count(InspectionAgreement.AGREEMENT, "escape");
    long bad = count(InspectionAgreement.AGREEMENT, "true_bad");

    assertThat(inspected).isPositive();
    assertThat(agreed + overkill + escapes + bad).isBetween(inspected - EDGE, inspected + EDGE);
    assertThat(overkill)
        .isLessThanOrEqualTo(
            CAMERAS.stream().mapToLong(c -> truth.inspections(c).overkill()).sum());
    assertThat(escapes)
        .isLessThanOrEqualTo(CAMERAS.stream().mapToLong(c -> truth.inspections(c).escape()).sum());
  }

  @Test
  void controllersAnswersCloseTheLoop() {
    long answered = events(CAMERAS, EventKind.RESPONSE);
    long closed = count(ClosedLoop.KPI, "closed");

    assertThat(answered).isPositive();
    assertThat(closed).isBetween(answered - EDGE, answered + EDGE);
    assertThat(closed + count(ClosedLoop.KPI, "unanswered"))
        .isLessThanOrEqualTo(CAMERAS.stream().mapToLong(truth::actionable).sum());
    assertThat(count(ClosedLoop.KPI, "without_key")).isZero();
  }

  @Test
  void alarmsAreCountedAtTheirLine() {
    assertThat(events(MILLS, EventKind.ALARM_RAISED)).isPositive();
    assertThat(count(AlarmRate.KPI, "alarms")).isEqualTo(events(MILLS, EventKind.ALARM_RAISED));
  }

  @Test
  void actionsAreJudgedByTheTrainingRegister() {
    long actions = events(MILLS, EventKind.ACTION);
    long qualified = count(QualifiedOperation.KPI, "qualified");

    assertThat(actions).isPositive();
    assertThat(qualified + count(QualifiedOperation.KPI, "unqualified")).isEqualTo(actions);
    long before = MILLS.stream().mapToLong(m -> truth.events(m, EventKind.ACTION)).sum() - actions;
    assertThat(qualified).isBetween(truth.qualifiedActions() - before, truth.qualifiedActions());
  }

  @Test
  void correctionsAreFollowedToTheirRelease() {
    assertThat(count(FeedbackClosure.KPI, "corrections"))
        .isEqualTo(events(CAMERAS, EventKind.CORRECTION));
    assertThat(count(FeedbackClosure.KPI, "released"))
        .isEqualTo(events(CAMERAS, EventKind.CORRECTION_RELEASED));
  }

  @Test
  void interfacesOfferAllThatIsRegistered() {
    for (String mill : MILLS) {
      assertThat(bench.count(InterfaceConformance.KPI, mill, "conforming"))
          .as(mill)
          .isPositive()
          .isEqualTo(bench.count(InterfaceConformance.KPI, mill, "required"));
    }
    assertThat(count(InterfaceChanges.KPI, "announced"))
        .isPositive()
        .isEqualTo(events(CAMERAS, EventKind.INTERFACE_CHANGED));
  }

  @Test
  void nodesKeepTheVersionBeforeAndInferencesAreTraceable() {
    for (String camera : CAMERAS) {
      assertThat(truth.stages(camera, ModelStage.FALLBACK_READY)).isEqualTo(2);
    }
    long nodes = count(RollbackReadiness.KPI, "nodes");
    assertThat(count(RollbackReadiness.KPI, "ready")).isBetween(nodes / 2, nodes);
    assertThat(count(Traceability.KPI, "traceable")).isPositive();
  }

  @Test
  void replayIsEqual() {
    bench.assertReplayIsEqual();
  }
}
