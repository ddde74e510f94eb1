package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.State;
import org.junit.jupiter.api.Test;

/** Seconds with a right clock: the limit is 100 ms, windows are of 10 s. */
class ClockConformityTest {
  private static final long MS = 1_000_000L;
  private static final String KPI = "clock_conformity";
  private static final String CNC = "site/line/cnc";

  private final Register register = plant(100 * MS);
  private final Factory.Report report = new Factory.Report();
  private KpiEngine engine = new KpiEngine(report);

  ClockConformityTest() {
    engine.onRegister(register, T0);
    engine.onLink(0, LinkEvent.UP, T0);
  }

  private static Register plant(long limitNs) {
    Factory factory = new Factory();
    return factory
        .rules(factory.rules().clockLimit(limitNs))
        .machine("cnc")
        .signal("speed", SignalMode.PERIODIC, SECOND)
        .register();
  }

  private static long ns(double second) {
    return T0 + Math.round(second * 1e9);
  }

  private void alive(int from, int to) {
    for (int s = from; s <= to; s++) {
      engine.onLink(0, LinkEvent.PROOF, ns(s));
      engine.onTick(ns(s));
    }
  }

  private long[] counts() {
    return report.counts(KPI, CNC);
  }

  @Test
  void aClockIsRightWithinTheLimitUncertaintyIncluded() {
    engine.onClock(0, -60 * MS, 40 * MS, ns(0));
    alive(1, 3);
    engine.onClock(0, 61 * MS, 40 * MS, ns(4));
    alive(4, 7);
    engine.onClock(0, 0, 101 * MS, ns(8));
    alive(8, 16);
    assertThat(counts()).containsExactly(4, 6, 0);
  }

  @Test
  void aReadingHoldsForAMinute() {
    engine.onClock(0, 0, 0, ns(0));
    alive(1, 86);
    assertThat(counts()).containsExactly(61, 0, 19);
  }

  @Test
  void unmeasuredSecondsAreNotConformingButMightBe() {
    engine.onClock(0, 0, 0, ns(5));
    alive(1, 16);
    assertThat(counts()).containsExactly(5, 0, 5);
    assertThat(Kpis.byId(KPI).figure(counts(), null))
        .isEqualTo(new Figure(State.MEASURED, 0.5, 0.5, 1));
  }

  @Test
  void aClockThatWasNeverMeasuredIsNoEvidence() {
    alive(1, 16);
    assertThat(counts()).containsExactly(0, 0, 10);
    assertThat(Kpis.byId(KPI).figure(counts(), null))
        .isEqualTo(new Figure(State.INSUFFICIENT_EVIDENCE, 0, 0, 1));
  }

  @Test
  void secondsWithoutLinkOrOutOfScopeDoNotCount() {
    engine.onClock(0, 0, 0, ns(0));
    engine.onExclusion(CNC, ns(1), ns(3.5), ns(0));
    alive(1, 6);
    engine.onLink(0, LinkEvent.DOWN, ns(6));
    engine.onTick(ns(16));
    assertThat(counts()).containsExactly(4, 0, 0);
    assertThat(Kpis.byId(KPI).figure(new long[3], null)).isEqualTo(Figure.NOT_APPLICABLE);
  }

  @Test
  void aRestartAndASnapshotKeepTheReadings() {
    engine.onClock(0, 0, 0, ns(0));
    alive(1, 3);
    KpiEngine next = new KpiEngine(report);
    next.restore(register, engine.snapshot(), 0);
    engine = next;
    engine.onStart(ns(6));
    engine.onLink(0, LinkEvent.UP, ns(6));
    alive(7, 16);
    assertThat(counts()).containsExactly(7, 0, 0); // not from 3 s to 6 s
  }

  @Test
  void readingsAreJudgedByTheLimitOfTheirTime() {
    engine.onClock(0, 150 * MS, 0, ns(0));
    alive(1, 6);
    engine.onRegister(plant(200 * MS), ns(6));
    alive(7, 7);
    engine.onClock(0, 150 * MS, 0, ns(8));
    alive(8, 16);
    assertThat(counts()).containsExactly(2, 8, 0);
  }

  @Test
  void aClockThatJumpsEachSecondIsKeptForTheLateness() {
    for (int s = 0; s <= 200; s++) {
      engine.onClock(0, s % 2 == 0 ? 0 : SECOND, 0, ns(s));
      alive(s, s);
    }
    assertThat(counts()).containsExactly(95, 95, 0);
  }
}
