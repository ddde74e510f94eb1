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
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import io.feedrate.kpi.window.Histograms;
import org.junit.jupiter.api.Test;

/** Parts with an AI decision, and how old a decision's input is. */
class AiInLoopTest {
  private static final String COVERAGE = "ai_in_loop_coverage";
  private static final String SENSING = "sensing_to_decision_latency_p50";

  private final Cell cell = new Cell();

  private void part(long key, double second) {
    cell.event(CNC, EventKind.PART_PRODUCED, key, second);
  }

  private void decides(long part, double second, InferenceMode mode, boolean ok) {
    Inference its = cell.inference(second);
    its.part = part;
    its.mode = mode;
    its.ok = ok;
    cell.engine.onInference(its);
  }

  private void decides(long part, double second) {
    decides(part, second, InferenceMode.PRODUCTION, true);
  }

  @Test
  void aPartIsCoveredWhetherItsDecisionComesBeforeOrAfterIt() {
    decides(1, 1);
    part(1, 2);
    part(2, 3);
    decides(2, 4);
    part(3, 5);
    cell.tick(100);
    assertThat(cell.counts(COVERAGE, CNC)).containsExactly(2, 1, 0);
    assertThat(cell.figure(COVERAGE, CNC)).isEqualTo(Figure.exact(2 / 3.0));
  }

  @Test
  void aDecisionAfterTheWindowWasReportedRevisesIt() {
    part(1, 2);
    cell.tick(30);
    assertThat(cell.counts(COVERAGE, CNC)).containsExactly(0, 1, 0);
    decides(1, 31);
    decides(1, 32);
    cell.tick(100);
    assertThat(cell.counts(COVERAGE, CNC)).containsExactly(1, 0, 0);
  }

  @Test
  void onlySuccessfulProductionInferencesDecide() {
    part(1, 2);
    decides(1, 3, InferenceMode.SHADOW, true);
    decides(1, 3, InferenceMode.PRODUCTION, false);
    cell.tick(100);
    assertThat(cell.counts(COVERAGE, CNC)).containsExactly(0, 1, 0);
  }

  @Test
  void partsWithoutKeyAreInTheBoundsOnly() {
    decides(1, 1);
    part(1, 2);
    part(0, 3);
    cell.tick(100);
    assertThat(cell.figure(COVERAGE, CNC)).isEqualTo(new Figure(State.MEASURED, 1, 0.5, 1));
  }

  @Test
  void withoutPartsNothingIsDue() {
    decides(1, 1);
    cell.tick(100);
    assertThat(cell.figure(COVERAGE, CNC)).isEqualTo(Figure.NOT_APPLICABLE);
  }

  @Test
  void partsAndDecisionsOutliveACrashAndARegisterChange() {
    part(1, 1);
    decides(2, 1);
    cell.crash();
    decides(1, 2);
    part(3, 2);
    cell.change(Cell.register(new Factory().rules(), 1), 3);
    part(2, 4);
    decides(3, 5);
    cell.tick(100);
    assertThat(cell.counts(COVERAGE, CNC)).containsExactly(3, 0, 0);
  }

  private void sensed(double inputSecond, double second) {
    Inference its = cell.inference(second);
    its.inputNs = Double.isNaN(inputSecond) ? Sample.NO_TIME : ns(inputSecond);
    cell.engine.onInference(its);
  }

  private Figure sensing(String kpi) {
    Result r = cell.report.windows(SENSING, VISION, Span.WINDOW).get(0);
    return Kpis.byId(kpi).figure(r.counts(), Histograms.decode(r.histogram()));
  }

  @Test
  void sensingToDecisionIsTheTimeFromInputToInference() {
    for (int i = 1; i <= 100; i++) {
      sensed(5 - i / 100.0, 5);
    }
    cell.tick(100);
    assertThat(sensing(SENSING).value()).isEqualTo(0.5, within(0.005));
    assertThat(sensing("sensing_to_decision_latency_p95").value()).isEqualTo(0.95, within(0.01));
  }

  @Test
  void negativeOnesAreCountedApartAndWidenTheBounds() {
    sensed(4.9, 5);
    sensed(4.8, 5);
    sensed(4.7, 5);
    sensed(5.1, 5);
    sensed(Double.NaN, 5);
    cell.tick(100);
    assertThat(cell.counts(SENSING, VISION)).containsExactly(3, 1, 1);
    Figure median = sensing(SENSING);
    assertThat(median.value()).isEqualTo(0.2, within(0.002));
    assertThat(median.lower()).isEqualTo(0.1, within(0.002));
    assertThat(median.upper()).isEqualTo(0.2, within(0.002));
    assertThat(sensing("sensing_to_decision_latency_p95").upper())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void inferencesThatTellNoInputTimeGiveNoFigure() {
    sensed(Double.NaN, 5);
    cell.tick(100);
    assertThat(sensing(SENSING)).isEqualTo(Figure.INSUFFICIENT);
  }
}
