package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How old newest values are: period and deadline 1 s, so 2 s may pass; windows of 10 s. */
class UpdateFrequencyTest {
  private static final long MS = 1_000_000L;
  private static final String KPI = "update_frequency_conformity";
  private static final String CNC = "site/line/cnc";

  private final Register register = plant().register();
  private final Factory.Report report = new Factory.Report();
  private KpiEngine engine = new KpiEngine(report);

  UpdateFrequencyTest() {
    engine.onRegister(register, T0);
    engine.onLink(0, LinkEvent.UP, T0);
  }

  private static Factory plant() {
    return new Factory()
        .machine("cnc")
        .signal("speed", SignalMode.PERIODIC, SECOND)
        .signal("mode", SignalMode.ON_CHANGE, SECOND)
        .signal("alarm", SignalMode.EVENT, SECOND);
  }

  private void value(double atSecond) {
    value(atSecond, atSecond, GOOD);
  }

  private void value(double atSecond, double receivedSecond, int status) {
    engine.onSample(0, ns(atSecond), ns(receivedSecond), status, atSecond, 0);
  }

  private static long ns(double second) {
    return T0 + Math.round(second * 1e9);
  }

  private void values(int from, int to) {
    for (int s = from; s < to; s++) {
      value(s);
      engine.onTick(ns(s + 0.5));
    }
  }

  private void tickTo(int from, int to) {
    for (int s = from; s <= to; s++) {
      engine.onLink(0, LinkEvent.PROOF, ns(s));
      engine.onTick(ns(s));
    }
  }

  private List<Result> windows() {
    return report.windows(KPI, CNC, Span.WINDOW);
  }

  private Figure longest(int window) {
    return Factory.figure("longest_gap", windows().get(window));
  }

  @Test
  void aSignalThatComesInTimeIsCurrentAllTheTime() {
    values(0, 26);
    assertThat(windows().get(1).counts()).containsExactly(10_000, 0, 0);
    assertThat(windows().get(1).figure()).isEqualTo(Figure.exact(1));
    assertThat(longest(1)).isEqualTo(Figure.exact(0));
  }

  @Test
  void timeOverTheRequiredAgeIsStaleToTheMillisecond() {
    value(0);
    value(1);
    value(5.25);
    tickTo(6, 16);
    // current 0..3 and 5.25..7.25
    assertThat(windows().get(0).counts()).containsExactly(5_000, 5_000, 0);
  }

  @Test
  void aDeadSensorShowsInEachWindowThoughNothingComes() {
    values(0, 5);
    tickTo(6, 46);
    assertThat(windows()).hasSize(4);
    assertThat(windows().get(0).counts()).containsExactly(6_000, 4_000, 0);
    assertThat(windows().get(3).counts()).containsExactly(0, 10_000, 0);
    assertThat(longest(0).upper()).isBetween(6.0, 6.06);
    assertThat(longest(3).upper()).isBetween(36.0, 36.36);
  }

  @Test
  void aSensorThatNeverSentAnythingIsNotCurrent() {
    tickTo(0, 16);
    assertThat(windows().get(0).counts()).containsExactly(0, 10_000, 0);
    assertThat(longest(0).upper()).isBetween(9.9, 10.1);
  }

  @Test
  void aGapCountsInTheWindowInWhichItEnds() {
    values(0, 8);
    values(15, 26);
    assertThat(longest(0).upper()).isBetween(2.97, 3.03); // open since 7 s
    assertThat(longest(1).upper()).isBetween(7.92, 8.08);
    assertThat(longest(1).state()).isEqualTo(State.MEASURED);
  }

  @Test
  void aGapOverAnHourIsAtLeastAnHour() {
    value(0);
    engine.onTick(ns(4000));
    assertThat(longest(windows().size() - 1).upper()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(longest(windows().size() - 1).lower()).isBetween(3560.0, 3600.0);
  }

  @Test
  void whatTheValueIsWorthDoesNotMatter() {
    for (int s = 0; s < 16; s++) {
      value(s, s, BAD);
    }
    assertThat(windows().get(0).counts()).containsExactly(10_000, 0, 0);
  }

  @Test
  void aPlannedStopMakesNothingOld() {
    values(0, 12);
    engine.onExclusion(CNC, ns(11.5), ns(28.5), ns(11.6));
    tickTo(13, 28);
    values(29, 46);
    assertThat(report.counts(KPI, CNC)).containsExactly(23_000, 0, 17_000);
    assertThat(windows()).allMatch(r -> r.histogram().length == 0);
  }

  @Test
  void aPlannedStopStaysOutOfAGapThatLastsLongerThanItsExclusionIsKept() {
    Factory factory = plant();
    engine = new KpiEngine(report);
    engine.onRegister(factory.rules(factory.rules().revisable(10 * SECOND)).register(), T0);
    values(0, 12);
    engine.onExclusion(CNC, ns(12), ns(20), ns(11.6));
    tickTo(13, 116);
    assertThat(longest(9).upper()).isBetween(80.2, 81.9); // from 11 s to 100 s
    assertThat(report.counts(KPI, CNC)[2]).isEqualTo(8_000);
  }

  @Test
  void anExclusionThatIsEnteredWhenItsTimeIsAccountedChangesNothing() {
    values(0, 5);
    tickTo(6, 26);
    engine.onExclusion(CNC, ns(5), ns(10), ns(26));
    tickTo(27, 36);
    assertThat(windows().get(0).counts()).containsExactly(6_000, 4_000, 0);
  }

  @Test
  void aLinkThatIsDownMakesValuesOld() {
    values(0, 5);
    engine.onLink(0, LinkEvent.DOWN, ns(5));
    for (int s = 6; s <= 16; s++) {
      engine.onTick(ns(s));
    }
    assertThat(windows().get(0).counts()).containsExactly(6_000, 4_000, 0);
  }

  @Test
  void aRestartOfTheCollectorLeavesTheGapOpen() {
    values(0, 5);
    engine.onStart(ns(15));
    engine.onLink(0, LinkEvent.UP, ns(15));
    values(16, 26);
    assertThat(report.counts(KPI, CNC)).containsExactly(10_000, 10_000, 0);
    assertThat(longest(1).upper()).isBetween(11.88, 12.12);
  }

  @Test
  void aValueOutOfOrderClosesTheGapThatItLiesIn() {
    values(0, 2);
    value(5, 5, GOOD);
    value(3, 5.5, GOOD);
    value(6);
    tickTo(7, 16);
    // 0..8 without a gap
    assertThat(windows().get(0).counts()).containsExactly(8_000, 2_000, 0);
    assertThat(longest(0).upper()).isBetween(3.96, 4.04); // since 6 s, not from 1 s to 5 s
  }

  @Test
  void aValueThatIsLateForTheWatermarkChangesNothingBeforeItButEndsTheGap() {
    values(0, 2);
    tickTo(2, 27);
    long[] before = report.counts(KPI, CNC);
    value(5, 27, GOOD);
    tickTo(28, 36);
    assertThat(windows().get(0).counts()).containsExactly(3_000, 7_000, 0);
    assertThat(report.counts(KPI, CNC)[0]).isEqualTo(before[0]);
    assertThat(longest(1).upper()).isBetween(18.81, 19.19); // from 1 s to the end at 20 s
    assertThat(longest(2).upper()).isBetween(24.75, 25.25); // from 5 s to the end at 30 s
  }

  @Test
  void aSnapshotInTheMiddleOfAGapGoesOnWithIt() {
    values(0, 5);
    tickTo(5, 12);
    KpiEngine next = new KpiEngine(report);
    next.restore(register, engine.snapshot(), 0);
    engine = next;
    values(13, 26);
    assertThat(report.counts(KPI, CNC)).containsExactly(13_000, 7_000, 0);
    assertThat(longest(1).upper()).isBetween(8.91, 9.09);
  }

  @Test
  void aLateValueRightAfterARestartEndsAGapWithoutThePlannedDowntimeInIt() {
    LocalTime from = LocalTime.ofInstant(Instant.ofEpochSecond(T0 / SECOND + 3), ZoneOffset.UTC);
    var downtime =
        new Calendar.Downtime(
            CNC, EnumSet.allOf(DayOfWeek.class), from, from.plusSeconds(5), "planned");
    Rules rules = plant().rules().calendar(new Calendar("UTC", List.of(), List.of(downtime)));
    Register planned = plant().rules(rules).register();
    engine.onRegister(planned, ns(0.1));
    values(1, 3);
    tickTo(3, 16);
    KpiEngine next = new KpiEngine(report);
    next.restore(planned, engine.snapshot(), 0);
    engine = next;
    value(9.5, 16.5, GOOD);
    tickTo(17, 26);
    assertThat(longest(0).upper()).isBetween(3.0, 3.1); // from 2 s to the end at 10 s, less 5 s
  }

  @Test
  void anotherRegisterGoesOnWithTheAgeAndAsksNothingOfNewSignalsBefore() {
    values(0, 12);
    engine.onRegister(
        plant().signal("load", SignalMode.PERIODIC, SECOND).register(), ns(12) + 500 * MS);
    values(13, 26);
    // load has no value for 7.5 s
    assertThat(report.counts(KPI, CNC)).containsExactly(20_000, 7_500, 0);
  }

  @Test
  void whatARemovedSignalDidNotSendWithinTheLatenessIsNotCounted() {
    values(0, 12);
    engine.onRegister(
        new Factory().machine("cnc").signal("load", SignalMode.PERIODIC, SECOND).register(),
        ns(12));
    tickTo(13, 26);
    assertThat(report.counts(KPI, CNC)).containsExactly(7_000, 8_000, 0);
  }

  @Test
  void withoutPeriodicSignalsThereIsNothingToMeasure() {
    KpiEngine other = new KpiEngine(report);
    other.onRegister(
        new Factory().machine("cnc").signal("mode", SignalMode.ON_CHANGE, SECOND).register(), T0);
    other.onTick(ns(30));
    assertThat(windows()).isEmpty();
    assertThat(Kpis.byId("longest_gap").figure(new long[3], null)).isEqualTo(Figure.NOT_APPLICABLE);
  }
}
