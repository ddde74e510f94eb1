package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Register;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import org.junit.jupiter.api.Test;

/** Records that came again, by the window of their receipt. */
class DuplicatesTest {
  private static final String KPI = "record_uniqueness";
  private static final String CNC = "site/line/cnc";

  private final Register register =
      new Factory()
          .machine("cnc")
          .signal("speed", SignalMode.PERIODIC, SECOND)
          .signal("mode", SignalMode.EVENT, SECOND)
          .machine("mill")
          .signal("speed", SignalMode.PERIODIC, SECOND)
          .register();
  private final Factory.Report report = new Factory.Report();
  private final KpiEngine engine = new KpiEngine(report);

  DuplicatesTest() {
    engine.onRegister(register, T0);
  }

  private void record(KpiEngine at, int signal, double sourceSecond, double receivedSecond) {
    at.onSample(signal, ns(sourceSecond), ns(receivedSecond), GOOD, 7, 0);
  }

  private static long ns(double second) {
    return T0 + Math.round(second * 1e9);
  }

  @Test
  void aRecordThatComesAgainIsADuplicate() {
    record(engine, 0, 1, 1);
    record(engine, 0, 1, 1.5);
    record(engine, 1, 1, 1.5);
    record(engine, 0, 2, 2);
    engine.onTick(ns(30));
    assertThat(report.counts(KPI, CNC)).containsExactly(4, 1);
    assertThat(report.windows(KPI, CNC, Span.WINDOW).get(0).figure().value()).isEqualTo(0.75);
    assertThat(report.counts(KPI, "site")).containsExactly(4, 1);
  }

  @Test
  void theSameValueOfAnotherTimeIsNoDuplicate() {
    record(engine, 0, 1, 1);
    record(engine, 0, 2, 2);
    engine.onTick(ns(30));
    assertThat(report.counts(KPI, CNC)).containsExactly(2, 0);
  }

  @Test
  void recordsCountWhenTheyAreReceivedSoNothingIsRevised() {
    record(engine, 0, 1, 1);
    engine.onTick(ns(14));
    record(engine, 0, 1, 14.5);
    engine.onTick(ns(26));
    record(engine, 0, 3, 27);
    record(engine, 2, 3, 28);
    engine.onTick(ns(60));
    assertThat(report.windows(KPI, CNC, Span.WINDOW))
        .extracting(r -> r.counts()[0] + " " + r.counts()[1])
        .containsExactly("1 0", "1 1", "1 0");
    assertThat(report.results).allMatch(r -> r.revision() == 0 || !r.kpi().equals(KPI));
  }

  @Test
  void aMachineWithoutRecordsHasNoFigure() {
    record(engine, 0, 1, 1);
    engine.onTick(ns(30));
    assertThat(report.windows(KPI, "site/line/mill", Span.WINDOW)).isEmpty();
  }

  @Test
  void aSnapshotAndAnotherRegisterGoOnCounting() {
    record(engine, 0, 1, 1);
    KpiEngine next = new KpiEngine(report);
    next.restore(register, engine.snapshot(), 0);
    record(next, 0, 1, 2);
    next.onRegister(
        new Factory().machine("cnc").signal("speed", SignalMode.PERIODIC, SECOND).register(),
        ns(3));
    record(next, 0, 1, 4);
    next.onTick(ns(30));
    assertThat(report.counts(KPI, CNC)).containsExactly(3, 2);
  }

  @Test
  void withALatenessOfNothingARecordAfterTheEndCountsForTheNextWindow() {
    Factory.Report other = new Factory.Report();
    KpiEngine eager = new KpiEngine(other);
    eager.onRegister(
        new Factory()
            .lateness(0)
            .machine("cnc")
            .signal("s", SignalMode.PERIODIC, SECOND)
            .register(),
        T0);
    record(eager, 0, 1, 1);
    eager.onTick(ns(10));
    record(eager, 0, 2, 10);
    record(eager, 0, 2, 11);
    eager.onTick(ns(20));
    assertThat(other.windows(KPI, CNC, Span.WINDOW))
        .extracting(r -> r.counts()[0])
        .containsExactly(1L, 2L);
  }
}
