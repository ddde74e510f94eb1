package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What late data does to slots that are settled; slots are 1 s, windows 10 s, lateness 5 s, and
 * windows are revised for a minute.
 */
class RevisionTest {
  private static final long MS = 1_000_000L;
  private static final int SPEED = 0;
  private static final int MODE = 1;
  private static final String COMPLETENESS = "sensor_data_completeness";

  private final Factory.Report report = new Factory.Report();
  private KpiEngine engine = new KpiEngine(report);

  private static Factory factory() {
    Factory factory = new Factory();
    return factory
        .rules(factory.rules().revisable(60 * SECOND))
        .machine("cnc")
        .signal("speed", SignalMode.PERIODIC, SECOND)
        .signal("mode", SignalMode.ON_CHANGE, SECOND);
  }

  RevisionTest() {
    engine.onRegister(factory().register(), T0);
    engine.onLink(0, LinkEvent.UP, T0);
  }

  private void runTo(int second) {
    for (int s = 1; s <= second; s++) {
      if (T0 + s * SECOND > engine.nowNs()) {
        engine.onLink(0, LinkEvent.PROOF, T0 + s * SECOND);
        engine.onTick(T0 + s * SECOND);
      }
    }
  }

  private void late(int signal, double second, int status) {
    long ns = T0 + (long) (second * SECOND);
    engine.onSample(signal, ns, engine.nowNs(), status, second, 0);
  }

  private Map<Outcome, Long> slots(String path) {
    return outcomes(report.counts(COMPLETENESS, path));
  }

  private static Map<Outcome, Long> outcomes(long[] counts) {
    Map<Outcome, Long> slots = new EnumMap<>(Outcome.class);
    for (Outcome o : Outcome.values()) {
      if (counts[o.ordinal()] > 0) {
        slots.put(o, counts[o.ordinal()]);
      }
    }
    return slots;
  }

  private Result first(String kpi, String subject, Span span) {
    return report.windows(kpi, subject, span).get(0);
  }

  @Test
  void aLateValueMakesARevisionOfItsSignalMachineLineAndSite() {
    runTo(16);
    late(SPEED, 3.2, GOOD);
    runTo(26);
    for (String subject : List.of("site/line/cnc/speed", "site/line/cnc", "site/line", "site")) {
      Result r = first(COMPLETENESS, subject, Span.WINDOW);
      assertThat(r.revision()).as(subject).isEqualTo(1);
      assertThat(outcomes(r.counts())).as(subject).containsEntry(Outcome.GOOD_LATE, 1L);
    }
    Register register = factory().register();
    assertThat(engine.total(register.assets().get(2), Outcome.GOOD_LATE)).isEqualTo(1);
    assertThat(engine.counters().revised()).isEqualTo(1);
  }

  @Test
  void aLateValueThatIsNoBetterChangesNothing() {
    runTo(3);
    engine.onSample(SPEED, T0 + 3 * SECOND, T0 + 3 * SECOND, GOOD, 1, 0);
    runTo(16);
    late(SPEED, 3.3, BAD);
    late(SPEED, 3.4, GOOD);
    runTo(26);
    Result r = first(COMPLETENESS, "site/line/cnc/speed", Span.WINDOW);
    assertThat(r.revision()).isZero();
    assertThat(outcomes(r.counts())).containsEntry(Outcome.GOOD, 1L);
  }

  @Test
  void theBestOfSeveralLateValuesCounts() {
    runTo(16);
    late(SPEED, 3.1, BAD);
    late(SPEED, 3.2, GOOD);
    late(SPEED, 3.3, BAD);
    late(SPEED, 4.1, BAD);
    runTo(26);
    assertThat(outcomes(first(COMPLETENESS, "site/line/cnc/speed", Span.WINDOW).counts()))
        .containsOnly(
            Map.entry(Outcome.GOOD_LATE, 1L),
            Map.entry(Outcome.BAD, 1L),
            Map.entry(Outcome.SILENT, 8L));
  }

  @Test
  void whatIsTooOldToBeRevisedIsCountedAndChangesNothing() {
    runTo(86);
    assertThat(engine.counters().tooLate()).isZero();
    late(SPEED, 3.2, GOOD); // its window ended 76 s ago
    late(SPEED, 15.2, GOOD); // the next one too
    late(SPEED, 31.2, GOOD);
    runTo(96);
    assertThat(engine.counters().tooLate()).isEqualTo(2);
    assertThat(engine.counters().revised()).isEqualTo(1);
    assertThat(slots("site/line/cnc/speed")).containsEntry(Outcome.GOOD_LATE, 1L);
  }

  @Test
  void aWindowIsRevisedUntilOneThatEndsSoMuchLaterIsClosed() {
    Factory factory = factory();
    engine = new KpiEngine(report);
    engine.onRegister(factory.rules(factory.rules().revisable(SECOND)).register(), T0);
    engine.onLink(0, LinkEvent.UP, T0);
    runTo(15);
    late(SPEED, 3.2, GOOD); // its window has just closed
    runTo(24);
    late(SPEED, 4.2, GOOD);
    late(SPEED, 18.2, GOOD); // settled, in a window that is still open
    runTo(25);
    late(SPEED, 5.2, GOOD);
    assertThat(engine.counters().revised()).isEqualTo(3);
    assertThat(engine.counters().tooLate()).isEqualTo(1);
    runTo(36);
    List<Result> windows = report.windows(COMPLETENESS, "site/line/cnc/speed", Span.WINDOW);
    assertThat(outcomes(windows.get(0).counts())).containsEntry(Outcome.GOOD_LATE, 2L);
    assertThat(outcomes(windows.get(1).counts())).containsEntry(Outcome.GOOD_LATE, 1L);
  }

  @Test
  void aLateValueOfAnOnChangeSignalChangesItsOwnSlotOnly() {
    engine.onSample(MODE, T0, T0, BAD, 1, 0);
    runTo(16);
    late(MODE, 3.2, GOOD);
    runTo(26);
    assertThat(outcomes(first(COMPLETENESS, "site/line/cnc/mode", Span.WINDOW).counts()))
        .containsOnly(Map.entry(Outcome.GOOD_LATE, 1L), Map.entry(Outcome.BAD, 9L));
  }

  @Test
  void lateValuesConnectAnAssetThatWasNot() {
    engine.onSample(MODE, T0, T0, GOOD, 1, 0);
    runTo(16);
    Result before = first("connected_asset_coverage", "site/line/cnc", Span.WINDOW);
    assertThat(before.counts()).containsExactly(0, 1, 1, 2);
    late(SPEED, 3.2, GOOD);
    late(SPEED, 4.2, GOOD);
    runTo(26);
    Result after = first("connected_asset_coverage", "site/line/cnc", Span.WINDOW);
    assertThat(after.counts()).containsExactly(1, 1, 2, 2);
  }

  @Test
  void lateValuesOfAWindowThatIsStillOpenNeedNoRevision() {
    runTo(9); // slots up to 4 s are settled, the window is not
    late(SPEED, 3.2, GOOD);
    runTo(16);
    Result r = first(COMPLETENESS, "site/line/cnc/speed", Span.WINDOW);
    assertThat(r.revision()).isZero();
    assertThat(outcomes(r.counts())).containsEntry(Outcome.GOOD_LATE, 1L);
    assertThat(first("connected_asset_coverage", "site/line/cnc", Span.WINDOW).counts())
        .containsExactly(0, 1, 1, 2);
  }

  @Test
  void whatSettledSlotsBecameIsKeptInSnapshotsAndOverAChangeOfTheRegister() {
    runTo(9);
    KpiEngine restored = new KpiEngine(report);
    restored.restore(factory().register(), engine.snapshot(), 0);
    engine = restored;
    engine.onRegister(factory().node("vision").register(), T0 + 9 * SECOND + 1);
    late(SPEED, 3.2, GOOD);
    late(SPEED, 3.3, GOOD);
    runTo(16);
    assertThat(outcomes(first(COMPLETENESS, "site/line/cnc/speed", Span.WINDOW).counts()))
        .containsEntry(Outcome.GOOD_LATE, 1L)
        .containsEntry(Outcome.SILENT, 9L);
  }

  @Test
  void theWindowInWhichThePeriodChangedIsNotRevisedForTheSignal() {
    runTo(4);
    Factory other = new Factory();
    engine.onRegister(
        other
            .rules(factory().rules())
            .machine("cnc")
            .signal("speed", SignalMode.PERIODIC, 2 * SECOND)
            .signal("mode", SignalMode.ON_CHANGE, SECOND)
            .register(),
        T0 + 4 * SECOND + 1);
    runTo(28);
    late(SPEED, 3.2, GOOD); // of the former period
    late(SPEED, 6.2, GOOD); // of the new one, beside former slots
    late(SPEED, 11.2, GOOD);
    runTo(40);
    assertThat(slots("site/line/cnc/speed")).containsEntry(Outcome.GOOD_LATE, 1L);
    assertThat(engine.counters().tooLate()).isEqualTo(1);
    for (Result r : report.windows("connected_asset_coverage", "site/line/cnc", Span.WINDOW)) {
      assertThat(r.counts()[2]).as("usable of all signals, %s", r).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void anHourThatIsFilledInLaterIsGoodLateThroughout() {
    Register register =
        factory().rules(Rules.STANDARD.windows(60 * SECOND, 3600 * SECOND)).register();
    KpiEngine another = new KpiEngine(report);
    another.onRegister(register, T0);
    long endNs = T0 + 3700 * SECOND;
    another.onTick(endNs);
    for (int s = 0; s < 3600; s++) {
      another.onSample(SPEED, T0 + s * SECOND, endNs + s * MS, GOOD, s, Sample.HISTORICAL);
    }
    another.onTick(endNs + 60 * SECOND);
    assertThat(slots("site/line/cnc/speed")).containsExactly(Map.entry(Outcome.GOOD_LATE, 3600L));
    assertThat(report.windows(COMPLETENESS, "site/line/cnc", Span.WINDOW).stream())
        .filteredOn(r -> r.endNs() <= T0 + 3600 * SECOND)
        .hasSize(60)
        .allMatch(r -> r.revision() == 1);
    Result day = first("connected_asset_coverage", "site/line/cnc", Span.WINDOW);
    assertThat(day.counts()).containsExactly(0, 1, 1, 2);
    assertThat(another.counters().revised()).isEqualTo(3600);
  }

  @Test
  void whenTooMuchWouldHaveToBeRememberedTheOldestIsTooLateAndTheRestIsRight() {
    Factory factory = new Factory();
    Register register =
        factory
            .rules(Rules.STANDARD.windows(60 * SECOND, 60 * SECOND))
            .machine("cnc")
            .signal("pulse", SignalMode.PERIODIC, 10 * MS)
            .register();
    KpiEngine another = new KpiEngine(report);
    another.onRegister(register, T0);
    another.onLink(0, LinkEvent.UP, T0);
    int slots = 200_000; // every other one is good: 100,000 runs, more than are kept
    for (int k = 0; k < slots; k++) {
      long ns = T0 + 10 * MS * k;
      if (k % 2 == 0) {
        another.onSample(0, ns, ns, GOOD, k, 0);
      }
      if (k % 100 == 99) {
        another.onTick(ns);
      }
    }
    long nowNs = T0 + 10 * MS * slots + 20 * SECOND;
    another.onLink(0, LinkEvent.PROOF, nowNs);
    another.onTick(nowNs);
    another.onSample(0, T0 + 10 * MS, nowNs, GOOD, 1, 0);
    another.onSample(0, T0 + 10 * MS * (slots - 10_001), nowNs, GOOD, 2, 0);
    another.onTick(nowNs + 120 * SECOND);
    assertThat(another.counters().tooLate()).isEqualTo(1);
    assertThat(another.counters().revised()).isEqualTo(1);
    assertThat(slots("site/line/cnc/pulse")).containsEntry(Outcome.GOOD_LATE, 1L);
  }
}
