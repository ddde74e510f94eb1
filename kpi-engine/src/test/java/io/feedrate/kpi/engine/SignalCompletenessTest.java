package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Completeness over signals: windows of assets 10 s, of signals 20 s. */
class SignalCompletenessTest {
  private static final String KPI = "signal_weighted_completeness";
  private static final String CNC = "site/line/cnc";

  private final Factory.Report report = new Factory.Report();
  private KpiEngine engine = new KpiEngine(report);

  private static Factory plant(int signals) {
    Factory factory = new Factory().windows(10 * SECOND, 20 * SECOND).machine("cnc");
    for (int s = 0; s < signals; s++) {
      factory.signal("s" + s, SignalMode.PERIODIC, s == 0 ? 10 * SECOND : SECOND);
    }
    return factory;
  }

  private void begin(Register register) {
    engine.onRegister(register, T0);
    engine.onLink(0, LinkEvent.UP, T0);
  }

  /** Values of a signal in all seconds of an interval. */
  private void values(int from, int to, int... signals) {
    for (int s = from; s < to; s++) {
      long ns = T0 + s * SECOND;
      engine.onLink(0, LinkEvent.PROOF, ns);
      for (int signal : signals) {
        engine.onSample(signal, ns, ns, GOOD, s, 0);
      }
      engine.onTick(ns);
    }
  }

  private List<Result> windows(String subject) {
    return report.windows(KPI, subject, Span.WINDOW);
  }

  private static Figure figure(String kpi, Result result) {
    return Factory.figure(kpi, result);
  }

  @Test
  void eachSignalWeighsTheSameHoweverFewItsSlots() {
    begin(plant(2).register());
    values(0, 30, 1); // the slow one is dead: 2 slots of 22, but one signal of two
    Result its = windows(CNC).get(0);
    assertThat(its.counts()).containsExactly(2, 1_000_000, 0);
    assertThat(its.figure()).isEqualTo(Figure.exact(0.5));
    assertThat(figure("worst_signal_completeness", its).value()).isZero();
  }

  @Test
  void itCountsInTheBaseWindowThatEndsWithTheSignalsWindow() {
    begin(plant(2).register());
    values(0, 50, 0, 1);
    assertThat(windows(CNC))
        .extracting(r -> (r.startNs() - T0) / SECOND + ".." + (r.endNs() - T0) / SECOND)
        .containsExactly("10..20", "30..40");
    assertThat(report.results).noneMatch(r -> r.kpi().equals(KPI) && r.revision() > 0);
    assertThat(report.counts(KPI, "site")).containsExactly(4, 4_000_000, 0);
  }

  @Test
  void nineOfTenSignalsReachTheTenthPercentile() {
    begin(plant(11).register());
    values(0, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    values(10, 15, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    values(15, 30, 0, 3, 4, 5, 6, 7, 8, 9, 10);
    Result its = windows(CNC).get(0);
    // signal 0 and 1 half, 2 three quarters
    assertThat(its.figure().value()).isCloseTo((0.5 + 0.5 + 0.75 + 8) / 11, within(1e-6));
    assertThat(figure("worst_signal_completeness", its).upper()).isBetween(0.5, 0.51);
    assertThat(figure("worst_signal_completeness", its).lower()).isBetween(0.49, 0.5);
    assertThat(figure("p10_signal_completeness", its).lower()).isBetween(0.49, 0.5);
  }

  @Test
  void theTenthPercentileLeavesOneOfTenOut() {
    begin(plant(10).register());
    values(0, 15, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    values(15, 30, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    Result its = windows(CNC).get(0);
    assertThat(figure("p10_signal_completeness", its)).isEqualTo(Figure.exact(1));
    assertThat(figure("worst_signal_completeness", its).upper()).isBetween(0.75, 0.76);
  }

  @Test
  void aSignalThatIsNotInScopeIsNotThere() {
    begin(plant(2).register());
    engine.onExclusion(CNC + "/s0", T0, T0 + 20 * SECOND, T0);
    values(0, 30, 1);
    assertThat(windows(CNC).get(0).counts()).containsExactly(1, 1_000_000, 0);
  }

  @Test
  void aSignalOfAnIdleSourceCountsAtItsClose() {
    begin(plant(2).register());
    engine.onTick(T0 + 26 * SECOND);
    assertThat(windows(CNC).get(0).counts()).containsExactly(2, 0, 0);
  }

  @Test
  void ambiguousSlotsWidenTheBoundsAndManyOfThemAreNoEvidence() {
    begin(
        new Factory()
            .windows(10 * SECOND, 20 * SECOND)
            .machine("cnc")
            .signal("mode", SignalMode.ON_CHANGE, SECOND)
            .register());
    engine.onSample(0, T0, T0, GOOD, 1, 0);
    values(0, 11);
    engine.onTick(T0 + 26 * SECOND); // proven until 10 s
    assertThat(windows(CNC).get(0).figure())
        .isEqualTo(new Figure(State.INSUFFICIENT_EVIDENCE, 0.5, 0.5, 1));
  }

  @Test
  void whatIsLateForTheSignalsWindowDoesNotChangeIt() {
    begin(plant(2).register());
    values(0, 26, 1);
    long[] before = report.counts(KPI, CNC);
    engine.onSample(0, T0 + SECOND, T0 + 26 * SECOND, GOOD, 1, 0);
    values(27, 36, 1);
    assertThat(report.counts(KPI, CNC)).containsExactly(before);
  }

  @Test
  void aSnapshotAndAnotherRegisterGoOnWithTheSignalsWindow() {
    Register register = plant(2).register();
    begin(register);
    values(0, 7, 0, 1);
    KpiEngine next = new KpiEngine(report);
    next.restore(register, engine.snapshot(), 0);
    engine = next;
    values(7, 12, 0, 1);
    engine.onRegister(plant(3).register(), T0 + 12 * SECOND);
    values(12, 30, 0, 1, 2);
    assertThat(windows(CNC).get(0).counts()).containsExactly(3, 3_000_000, 0);
  }

  @Test
  void aSignalsWindowThatARegisterCutsShortCountsToo() {
    begin(plant(2).register());
    values(0, 12, 0, 1);
    engine.onRegister(plant(2).windows(10 * SECOND, 30 * SECOND).register(), T0 + 12 * SECOND);
    values(12, 40, 0, 1);
    assertThat(report.counts(KPI, CNC)).containsExactly(4, 4_000_000, 0);
  }
}
