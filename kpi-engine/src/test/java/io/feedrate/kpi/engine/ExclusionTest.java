package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is out of scope: entered in time, entered late, and planned. */
class ExclusionTest {
  private static final String COMPLETENESS = "sensor_data_completeness";
  private static final Set<DayOfWeek> ALL_DAYS = EnumSet.allOf(DayOfWeek.class);

  private final Factory.Report report = new Factory.Report();
  private final KpiEngine engine = new KpiEngine(report);

  private static Factory factory() {
    Factory factory = new Factory();
    return factory
        .rules(factory.rules().revisable(60 * SECOND))
        .machine("cnc")
        .signal("speed", SignalMode.PERIODIC, SECOND)
        .machine("saw")
        .signal("speed", SignalMode.PERIODIC, SECOND);
  }

  /** A value of both signals each second. */
  private void run(int from, int to) {
    for (int s = from; s < to; s++) {
      long ns = T0 + s * SECOND;
      for (int link = 0; link < 2; link++) {
        engine.onLink(link, LinkEvent.PROOF, ns);
        engine.onSample(link, ns, ns, GOOD, s, 0);
      }
      engine.onTick(ns + SECOND - 1);
    }
  }

  private void start() {
    engine.onRegister(factory().register(), T0);
    engine.onLink(0, LinkEvent.UP, T0);
    engine.onLink(1, LinkEvent.UP, T0);
  }

  private long count(String subject, Outcome outcome) {
    return report.counts(COMPLETENESS, subject)[outcome.ordinal()];
  }

  @Test
  void anExclusionThatIsEnteredLateTakesSettledSlotsAndSecondsOutOfScope() {
    start();
    run(0, 30);
    engine.onExclusion("site/line/cnc", T0 + 3 * SECOND, T0 + 13 * SECOND, T0 + 30 * SECOND);
    run(30, 60);
    assertThat(count("site/line/cnc/speed", Outcome.EXCLUDED)).isEqualTo(10);
    assertThat(count("site/line/saw/speed", Outcome.EXCLUDED)).isZero();
    assertThat(count("site", Outcome.EXCLUDED)).isEqualTo(10);
    List<Result> seconds = report.windows("source_availability", "site/line/cnc", Span.WINDOW);
    assertThat(seconds.get(0).counts()).containsExactly(3, 3, 7); // alive, required, excluded
    assertThat(seconds.get(1).counts()).containsExactly(7, 7, 3);
    assertThat(seconds.get(2).revision()).isZero();
    assertThat(engine.total(factory().register().assets().get(2), Outcome.EXCLUDED)).isEqualTo(10);
  }

  @Test
  void anAssetThatIsExcludedForAWholeWindowIsNotCountedAsConnected() {
    start();
    run(0, 30);
    engine.onExclusion("site/line/cnc", T0, T0 + 10 * SECOND, T0 + 30 * SECOND);
    run(30, 60);
    List<Result> windows = report.windows("connected_asset_coverage", "site/line/cnc", Span.WINDOW);
    assertThat(windows.get(0).counts()).containsExactly(0, 0, 0, 0);
    assertThat(windows.get(0).revision()).isEqualTo(1);
    assertThat(windows.get(1).counts()).containsExactly(1, 1, 1, 1);
    assertThat(report.windows("connected_asset_coverage", "site", Span.WINDOW).get(0).counts())
        .containsExactly(1, 1, 1, 1);
  }

  @Test
  void whatWasSettledTooLongAgoStaysAndIsCounted() {
    start();
    run(0, 90);
    engine.onExclusion("site/line", T0 + 5 * SECOND, T0 + 35 * SECOND, T0 + 90 * SECOND);
    run(90, 120);
    assertThat(count("site/line/cnc/speed", Outcome.EXCLUDED)).isEqualTo(15); // 20 to 34
    assertThat(engine.counters().exclusionsTooLate()).isEqualTo(30); // 5 to 19, of two signals
    assertThat(report.counts("source_availability", "site/line/cnc")[2]).isEqualTo(15);
  }

  @Test
  void theSameExclusionAgainAndLateDataInItChangeNothing() {
    start();
    run(0, 30);
    long nowNs = T0 + 30 * SECOND;
    engine.onExclusion("site/line/cnc", T0 + 3 * SECOND, T0 + 5 * SECOND, nowNs);
    engine.onExclusion("site/line/cnc", T0 + 3 * SECOND, T0 + 5 * SECOND, nowNs);
    engine.onExclusion("site/line", T0 + 3 * SECOND, T0 + 5 * SECOND, nowNs);
    engine.onSample(0, T0 + 3 * SECOND + 1, nowNs, GOOD, 1, 0);
    run(30, 60);
    assertThat(count("site/line/cnc/speed", Outcome.EXCLUDED)).isEqualTo(2);
    assertThat(report.counts("source_availability", "site/line/cnc")[2]).isEqualTo(2);
  }

  @Test
  void oneThatIsWithdrawnEndsThenAndAnotherOfTheSameTimeMayBeEntered() {
    start();
    engine.onExclusion("site/line/cnc", T0 + 10 * SECOND, T0 + 40 * SECOND, T0);
    run(0, 20);
    engine.onExclusionWithdrawn(
        "site/line/cnc", T0 + 10 * SECOND, T0 + 40 * SECOND, T0 + 20 * SECOND);
    run(20, 30);
    engine.onExclusion("site/line/cnc", T0 + 10 * SECOND, T0 + 40 * SECOND, T0 + 30 * SECOND);
    engine.onExclusionWithdrawn("site", T0 + 10 * SECOND, T0 + 40 * SECOND, T0 + 30 * SECOND);
    run(30, 60);
    assertThat(count("site/line/cnc/speed", Outcome.EXCLUDED)).isEqualTo(30);
    assertThat(report.counts("source_availability", "site/line/cnc")[2]).isEqualTo(30);
    assertThat(count("site/line/saw/speed", Outcome.EXCLUDED)).isZero();
  }

  @Test
  void whatIsWithdrawnAfterItsEndStaysAsItWas() {
    start();
    engine.onExclusion("site/line/cnc", T0 + 10 * SECOND, T0 + 20 * SECOND, T0);
    run(0, 20);
    engine.onExclusionWithdrawn(
        "site/line/cnc", T0 + 10 * SECOND, T0 + 20 * SECOND, T0 + 20 * SECOND);
    run(20, 40);
    assertThat(count("site/line/cnc/speed", Outcome.EXCLUDED)).isEqualTo(10);
  }

  @Test
  void twoExclusionsThatTouchDoNotExcludeTheSlotAcrossThem() {
    start();
    run(0, 30);
    engine.onExclusion("site", T0 + 3 * SECOND, T0 + 5 * SECOND + 1, T0 + 30 * SECOND);
    engine.onExclusion("site", T0 + 5 * SECOND + 1, T0 + 8 * SECOND, T0 + 30 * SECOND);
    run(30, 60);
    assertThat(count("site/line/cnc/speed", Outcome.EXCLUDED)).isEqualTo(4);
  }

  @Test
  void aSubjectThatIsOnlyTheBeginningOfANameDoesNotMeanIt() {
    start();
    engine.onExclusion("site/line/c", T0, T0 + 60 * SECOND, T0);
    run(0, 30);
    assertThat(count("site", Outcome.EXCLUDED)).isZero();
  }

  // Planned downtimes.

  /** Excluded slots of a minute's period from half past one to half past four local time. */
  private List<Integer> excludedMinutes(String utc, LocalTime from, LocalTime to) {
    long startNs = Instant.parse(utc).getEpochSecond() * SECOND;
    Factory factory = new Factory();
    Register register =
        factory
            .rules(
                Rules.STANDARD
                    .windows(60 * SECOND, 60 * SECOND)
                    .calendar(
                        new Calendar(
                            "Europe/Berlin",
                            List.of(),
                            List.of(
                                new Calendar.Downtime(
                                    "site/line", ALL_DAYS, from, to, "cleaning")))))
            .machine("cnc")
            .signal("speed", SignalMode.PERIODIC, 60 * SECOND)
            .register();
    engine.onRegister(register, startNs);
    engine.onTick(startNs + 4 * 3600 * SECOND);
    return report.windows(COMPLETENESS, "site/line/cnc/speed", Span.WINDOW).stream()
        .filter(r -> r.counts()[Outcome.EXCLUDED.ordinal()] > 0)
        .map(r -> (int) ((r.startNs() - startNs) / (60 * SECOND)))
        .toList();
  }

  @Test
  void aPlannedDowntimeIsOutOfScopeInLocalTime() {
    assertThat(excludedMinutes("2027-01-15T00:30:00Z", LocalTime.of(2, 0), LocalTime.of(2, 5)))
        .containsExactly(30, 31, 32, 33, 34);
  }

  @Test
  void whereTheClockGoesForwardADowntimeAcrossTheGapIsAnHourShorter() {
    // At 01:00 UTC two o'clock becomes three o'clock.
    assertThat(excludedMinutes("2027-03-28T00:30:00Z", LocalTime.of(1, 58), LocalTime.of(3, 2)))
        .containsExactly(28, 29, 30, 31);
  }

  @Test
  void aDowntimeWithinTheGapComesAsMuchLater() {
    assertThat(excludedMinutes("2027-03-28T00:30:00Z", LocalTime.of(2, 10), LocalTime.of(2, 13)))
        .containsExactly(40, 41, 42);
  }

  @Test
  void whereTheClockGoesBackADowntimeAcrossItIsAnHourLonger() {
    // At 01:00 UTC three o'clock becomes two o'clock again.
    assertThat(excludedMinutes("2027-10-31T00:30:00Z", LocalTime.of(2, 58), LocalTime.of(3, 1)))
        .hasSize(63)
        .startsWith(28)
        .endsWith(90);
  }

  @Test
  void downtimesOfALongStandstillAreFoundDayByDay() {
    Factory factory = new Factory();
    Register register =
        factory
            .rules(
                Rules.STANDARD
                    .windows(3600 * SECOND, 3600 * SECOND)
                    .calendar(
                        new Calendar(
                            "UTC",
                            List.of(),
                            List.of(
                                new Calendar.Downtime(
                                    "site",
                                    EnumSet.of(DayOfWeek.SATURDAY),
                                    LocalTime.of(6, 0),
                                    LocalTime.of(7, 0),
                                    "cleaning")))))
            .machine("cnc")
            .signal("speed", SignalMode.PERIODIC, 60 * SECOND)
            .register();
    engine.onRegister(register, T0);
    engine.onTick(T0 + 28 * 86_400 * SECOND);
    assertThat(count("site", Outcome.EXCLUDED)).isEqualTo(4 * 60);
  }

  // Watermarks.

  @Test
  void aFastLinkDoesNotWaitForASlowOneButTheirLineDoes() {
    Factory factory = factory();
    Rules rules = factory.rules().lateness(2 * SECOND, Map.of("saw", 20 * SECOND));
    engine.onRegister(factory.rules(rules).register(), T0);
    engine.onLink(0, LinkEvent.UP, T0);
    run(0, 13);
    assertThat(closed("site/line/cnc")).isEqualTo(1);
    assertThat(closed("site/line/saw")).isZero();
    assertThat(closed("site/line")).isZero();
    // A value of the slow link that is in time for it, but would not be for the fast one.
    engine.onSample(1, T0 + SECOND, T0 + 25 * SECOND, GOOD, 99, 0);
    engine.onTick(T0 + 29 * SECOND);
    assertThat(closed("site/line")).isZero();
    engine.onTick(T0 + 30 * SECOND);
    assertThat(closed("site/line/saw")).isEqualTo(1);
    assertThat(closed("site/line")).isEqualTo(1);
    assertThat(closed("site")).isEqualTo(1);
    assertThat(report.windows(COMPLETENESS, "site", Span.WINDOW).get(0).revision()).isZero();
    assertThat(engine.counters().revised()).isZero();
  }

  private int closed(String subject) {
    return report.windows(COMPLETENESS, subject, Span.WINDOW).size();
  }

  @Test
  void aLinkThatIsIdleHoldsNothingOpen() {
    start();
    engine.onLink(1, LinkEvent.DOWN, T0);
    for (int s = 0; s < 16; s++) {
      engine.onSample(0, T0 + s * SECOND, T0 + s * SECOND, GOOD, s, 0);
      engine.onTick(T0 + s * SECOND);
    }
    assertThat(closed("site")).isEqualTo(1);
    assertThat(count("site/line/saw", Outcome.DISCONNECTED)).isEqualTo(10);
  }
}
