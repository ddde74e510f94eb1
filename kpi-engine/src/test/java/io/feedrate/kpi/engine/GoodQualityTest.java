package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static io.feedrate.kpi.engine.Factory.UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import org.junit.jupiter.api.Test;

/** Time with a good value of one on-change signal; windows of 10 s, lateness 5 s. */
class GoodQualityTest {
  private static final String KPI = "good_quality_ratio";
  private static final String CNC = "site/line/cnc";

  private final Register register =
      new Factory()
          .machine("cnc")
          .signal("mode", SignalMode.ON_CHANGE, SECOND, 0, 100)
          .signal("alarm", SignalMode.EVENT, SECOND)
          .register();
  private final Factory.Report report = new Factory.Report();
  private KpiEngine engine = new KpiEngine(report);

  GoodQualityTest() {
    engine.onRegister(register, T0);
    engine.onLink(0, LinkEvent.UP, T0);
  }

  private static long ns(double second) {
    return T0 + Math.round(second * 1e9);
  }

  private void value(double atSecond, int status) {
    value(atSecond, atSecond, status, 0);
  }

  private void value(double atSecond, double receivedSecond, int status, int flags) {
    engine.onSample(0, ns(atSecond), ns(receivedSecond), status, 42, flags);
  }

  /** The link is alive until then, and time passes. */
  private void alive(double from, double to) {
    for (double s = from; s <= to; s += 0.5) {
      engine.onLink(0, LinkEvent.PROOF, ns(s));
      engine.onTick(ns(s));
    }
  }

  private long[] window(int i) {
    return report.windows(KPI, CNC, Span.WINDOW).get(i).counts();
  }

  @Test
  void theStatusOfAValueHoldsUntilTheNext() {
    value(0, GOOD);
    value(4, UNCERTAIN);
    value(7.5, BAD);
    alive(8, 26);
    assertThat(window(0)).containsExactly(4_000, 3_500, 2_500, 0, 0);
    assertThat(window(1)).containsExactly(0, 0, 10_000, 0, 0);
    assertThat(report.windows(KPI, CNC, Span.WINDOW).get(0).figure().value()).isEqualTo(0.4);
  }

  @Test
  void beforeTheFirstValueNothingIsKnown() {
    value(2.5, GOOD);
    alive(3, 16);
    assertThat(window(0)).containsExactly(7_500, 0, 0, 2_500, 0);
  }

  @Test
  void timeWithTheLinkDownIsNotGood() {
    value(0, GOOD);
    alive(0.5, 3);
    engine.onLink(0, LinkEvent.DOWN, ns(4));
    engine.onLink(0, LinkEvent.UP, ns(6));
    value(6.5, GOOD);
    alive(7, 16);
    // unknown from the last proof until the first value of the new session
    assertThat(window(0)).containsExactly(6_500, 0, 0, 3_500, 0);
  }

  @Test
  void aValueOfTheOldSessionHoldsAgainWhenItIsToldInTheNewOne() {
    value(0, GOOD);
    alive(0.5, 3);
    engine.onLink(0, LinkEvent.DOWN, ns(3));
    engine.onLink(0, LinkEvent.UP, ns(6));
    value(0, 6.5, GOOD, 0);
    alive(7, 16);
    assertThat(window(0)).containsExactly(7_000, 0, 0, 3_000, 0);
  }

  @Test
  void aLinkThatResumesWithNothingMissedKnewIt() {
    value(0, GOOD);
    alive(0.5, 3);
    engine.onLink(0, LinkEvent.DOWN, ns(3));
    engine.onLink(0, LinkEvent.RESUMED, ns(6));
    alive(6, 16);
    assertThat(window(0)).containsExactly(10_000, 0, 0, 0, 0);
  }

  @Test
  void afterLostMessagesAnUnchangedValueIsUnknownUntilItComesAgain() {
    value(0, GOOD);
    alive(0.5, 3);
    engine.onLink(0, LinkEvent.GAP, ns(4));
    value(6, BAD);
    alive(6.5, 16);
    assertThat(window(0)).containsExactly(3_000, 0, 4_000, 3_000, 0);
  }

  @Test
  void anIdleSourceWithoutProofIsUnknown() {
    value(0, GOOD);
    alive(0.5, 4);
    engine.onTick(ns(30));
    assertThat(window(0)).containsExactly(4_000, 0, 0, 6_000, 0);
  }

  @Test
  void excludedTimeIsOutOfScope() {
    value(0, GOOD);
    engine.onExclusion(CNC + "/mode", ns(2.25), ns(5), ns(1));
    engine.onExclusion(CNC, ns(4), ns(6), ns(1));
    value(3, BAD);
    alive(4, 16);
    assertThat(window(0)).containsExactly(2_250, 0, 4_000, 0, 3_750);
  }

  @Test
  void aValueThatBreaksTheSchemaIsBadAndOneOutOfRangeIsNot() {
    value(0, 0, GOOD, Sample.INVALID);
    engine.onSample(0, ns(5), ns(5), GOOD, 4711, 0);
    alive(6, 16);
    assertThat(window(0)).containsExactly(5_000, 0, 5_000, 0, 0);
  }

  @Test
  void aValueOutOfOrderCountsFromItsOwnTime() {
    value(0, GOOD);
    value(6, GOOD);
    value(8, UNCERTAIN);
    value(7, 8.5, GOOD, 0);
    alive(9, 16);
    assertThat(window(0)).containsExactly(8_000, 2_000, 0, 0, 0);
  }

  @Test
  void aValueFromAStoreDoesNotTellWhatHoldsNow() {
    value(0, GOOD);
    alive(0.5, 3);
    engine.onLink(0, LinkEvent.DOWN, ns(3));
    engine.onLink(0, LinkEvent.UP, ns(6));
    value(4, 6.5, GOOD, Sample.HISTORICAL);
    value(8, GOOD);
    alive(8, 16);
    assertThat(window(0)).containsExactly(5_000, 0, 0, 5_000, 0);
  }

  @Test
  void aRestartOfTheCollectorVouchesForNothing() {
    value(0, GOOD);
    alive(0.5, 3);
    engine.onStart(ns(7));
    engine.onLink(0, LinkEvent.UP, ns(7));
    value(8, GOOD);
    alive(8, 16);
    assertThat(window(0)).containsExactly(5_000, 0, 0, 5_000, 0);
  }

  @Test
  void aSnapshotKeepsWhatIsHeld() {
    value(0, GOOD);
    value(4, UNCERTAIN);
    alive(4.5, 6);
    KpiEngine next = new KpiEngine(report);
    next.restore(register, engine.snapshot(), 0);
    engine = next;
    alive(6.5, 16);
    assertThat(window(0)).containsExactly(4_000, 6_000, 0, 0, 0);
  }

  @Test
  void aSignalThatBecomesRequiredIsAskedForFromThenOn() {
    engine.onSample(1, ns(1), ns(1), BAD, 1, 0);
    value(0.5, 1, GOOD, 0);
    alive(2, 4);
    engine.onRegister(
        new Factory()
            .machine("cnc")
            .signal("mode", SignalMode.ON_CHANGE, SECOND, 0, 100)
            .signal("alarm", SignalMode.ON_CHANGE, SECOND)
            .register(),
        ns(4));
    alive(4.5, 16);
    assertThat(window(0)).containsExactly(9_500, 0, 6_000, 500, 0);
  }

  @Test
  void theCountsOfALineAreThoseOfItsMachines() {
    value(0, GOOD);
    alive(0.5, 16);
    assertThat(report.counts(KPI, "site/line")).containsExactly(report.counts(KPI, CNC));
  }
}
