package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Cell.CNC;
import static io.feedrate.kpi.engine.Cell.VISION;
import static io.feedrate.kpi.engine.Cell.ns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import io.feedrate.kpi.window.Histograms;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Actionable inferences and what the controller did with them. */
class ClosedLoopTest {
  private static final String LOOP = "closed_loop_ratio";
  private static final String BY_SOURCE = "decision_to_actuation_latency_p50";
  private static final String BY_RECEIPT = "decision_to_actuation_latency_received_p50";

  private final Cell cell = new Cell();

  private void response(long key, double second, double received) {
    cell.event(CNC, EventKind.RESPONSE, key, second, received);
  }

  private Figure last(String kpi) {
    List<Result> windows =
        cell.report.windows(Kpis.byId(kpi).basis(), VISION, Span.WINDOW).stream()
            .filter(r -> r.histogram().length > 0)
            .toList();
    Result last = windows.get(windows.size() - 1);
    return Kpis.byId(kpi).figure(last.counts(), Histograms.decode(last.histogram()));
  }

  @Test
  void anAnswerWithinTheWaitClosesTheLoopOfTheWindowOfItsDecision() {
    cell.actionable(7, 9);
    response(7, 12, 12);
    cell.tick(100);
    assertThat(cell.counts(LOOP, VISION)).containsExactly(1, 0, 0, 0, 0);
    assertThat(cell.report.windows(LOOP, VISION, Span.WINDOW))
        .singleElement()
        .satisfies(r -> assertThat(r.startNs()).isEqualTo(ns(0)));
  }

  @Test
  void anInferenceStaysOpenUntilItsWaitIsOverAndIsUnansweredThen() {
    cell.actionable(7, 1);
    cell.actionable(8, 1);
    response(8, 2, 2);
    cell.tick(50);
    assertThat(cell.counts(LOOP, VISION)).containsExactly(1, 0, 1, 0, 0);
    assertThat(cell.figure(LOOP, VISION)).isEqualTo(new Figure(State.MEASURED, 1, 0.5, 1));
    cell.tick(80);
    assertThat(cell.counts(LOOP, VISION)).containsExactly(1, 1, 0, 0, 0);
    assertThat(cell.figure(LOOP, VISION)).isEqualTo(Figure.exact(0.5));
  }

  @Test
  void openInferencesAloneGiveNoFigure() {
    cell.actionable(7, 1);
    cell.tick(20);
    assertThat(cell.figure(LOOP, VISION)).isEqualTo(Figure.INSUFFICIENT);
  }

  @Test
  void anAnswerAfterTheWaitDoesNotCount() {
    cell.actionable(7, 1);
    response(7, 61.5, 61.5);
    cell.tick(100);
    assertThat(cell.counts(LOOP, VISION)).containsExactly(0, 1, 0, 0, 0);
  }

  @Test
  void anAnswerThatArrivesBeforeItsInferenceCounts() {
    response(7, 0.9, 0.9);
    cell.actionable(7, 1);
    cell.tick(100);
    assertThat(cell.counts(LOOP, VISION)).containsExactly(1, 0, 0, 0, 0);
    assertThat(cell.counts(BY_SOURCE, VISION)).containsExactly(0, 1, 0);
    assertThat(cell.counts(BY_RECEIPT, VISION)).containsExactly(0, 1, 0);
  }

  @Test
  void onlyActionableSuccessfulProductionInferencesAreDue() {
    Inference shadow = cell.inference(1);
    shadow.mode = InferenceMode.SHADOW;
    shadow.actionable = true;
    shadow.key = 1;
    cell.engine.onInference(shadow);
    Inference failed = cell.inference(1);
    failed.actionable = true;
    failed.ok = false;
    failed.key = 2;
    cell.engine.onInference(failed);
    cell.engine.onInference(cell.inference(1));
    cell.tick(100);
    assertThat(cell.figure(LOOP, VISION)).isEqualTo(Figure.NOT_APPLICABLE);
  }

  @Test
  void anInferenceWithoutKeyIsCountedApart() {
    cell.actionable(0, 1);
    cell.tick(100);
    assertThat(cell.counts(LOOP, VISION)).containsExactly(0, 0, 0, 0, 1);
    assertThat(cell.figure(LOOP, VISION)).isEqualTo(Figure.INSUFFICIENT);
  }

  @Test
  void twoInferencesOfOneKeyNeedTwoAnswers() {
    cell.actionable(7, 1);
    cell.actionable(7, 2);
    response(7, 3, 3);
    cell.tick(100);
    assertThat(cell.counts(LOOP, VISION)).containsExactly(1, 1, 0, 0, 0);
  }

  @Test
  void tooManyWaitingOnesAreGivenUpAndWidenTheBounds() {
    for (int i = 1; i <= 20_000; i++) {
      cell.actionable(i, 1);
    }
    cell.tick(100);
    assertThat(cell.counts(LOOP, VISION)).containsExactly(0, 16_384, 0, 3_616, 0);
    Figure figure = cell.figure(LOOP, VISION);
    assertThat(figure.value()).isZero();
    assertThat(figure.upper()).isEqualTo(3_616 / 20_000.0);
  }

  @Test
  void latencyIsToldByTheSourcesClocksAndByReceiptAlone() {
    cell.actionable(7, 1);
    response(7, 1.2, 1.5);
    cell.tick(100);
    assertThat(last(BY_SOURCE).value()).isEqualTo(0.2, within(0.002));
    assertThat(last(BY_RECEIPT).value()).isEqualTo(0.5, within(0.005));
  }

  @Test
  void aResponseBeforeItsDecisionByTheClocksIsCountedApartAndNotClipped() {
    for (int i = 1; i <= 9; i++) {
      cell.actionable(i, 2);
      response(i, 2.1, 2.3);
    }
    cell.actionable(10, 2);
    response(10, 1.9, 2.3);
    cell.tick(100);
    assertThat(cell.counts(BY_SOURCE, VISION)).containsExactly(9, 1, 0);
    assertThat(last(BY_SOURCE).lower()).isEqualTo(0.1, within(0.002));
    assertThat(last("decision_to_actuation_latency_p95").upper())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void anInferenceWithoutTimeHasALatencyByReceiptOnly() {
    cell.actionable(7, -1);
    response(7, 1.2, 1.5);
    cell.tick(100);
    assertThat(cell.counts(BY_SOURCE, VISION)).containsExactly(0, 0, 1);
    assertThat(cell.counts(BY_RECEIPT, VISION)).containsExactly(1, 0, 0);
  }

  @Test
  void whatWaitsOutlivesACrashAndARegisterChange() {
    cell.actionable(7, 1);
    cell.actionable(8, 1);
    cell.actionable(9, 1);
    response(10, 1, 1);
    response(8, 2, 2);
    cell.crash();
    response(7, 3, 3);
    cell.change(Cell.register(new Factory().rules(), 1), 4);
    cell.actionable(10, 5);
    response(9, 6, 6);
    cell.tick(100);
    assertThat(cell.counts(LOOP, VISION)).containsExactly(4, 0, 0, 0, 0);
  }
}
