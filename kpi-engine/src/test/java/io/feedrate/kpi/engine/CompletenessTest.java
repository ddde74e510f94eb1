package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static io.feedrate.kpi.engine.Factory.UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.State;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which outcome a slot gets, rule by rule; slots are 1 s, windows 10 s, lateness 5 s. */
class CompletenessTest {
  private static final long MS = 1_000_000L;
  private static final int PERIODIC = 0;
  private static final int ON_CHANGE = 1;

  private final Factory.Report report = new Factory.Report();
  private final KpiEngine engine = new KpiEngine(report);

  CompletenessTest() {
    engine.onRegister(
        new Factory()
            .machine("cnc")
            .signal("speed", SignalMode.PERIODIC, SECOND, 0, 100)
            .signal("mode", SignalMode.ON_CHANGE, SECOND)
            .register(),
        T0);
    engine.onLink(0, LinkEvent.UP, T0);
  }

  private void value(int signal, double atSecond, int status) {
    long ns = T0 + (long) (atSecond * SECOND);
    engine.onSample(signal, ns, ns + 10 * MS, status, 42, 0);
  }

  /**
   * A value in each whole second from..to-1 and ticks, then time enough for the window to close.
   */
  private void everySecond(int signal, int from, int to) {
    for (int s = from; s < to; s++) {
      value(signal, s + 0.2, GOOD);
      engine.onTick(T0 + s * SECOND + 900 * MS);
    }
  }

  private void runTo(double second) {
    engine.onTick(T0 + (long) (second * SECOND));
  }

  private void proofs(double from, double to) {
    for (double s = from; s <= to; s += 0.5) {
      engine.onLink(0, LinkEvent.PROOF, T0 + (long) (s * SECOND));
      runTo(s);
    }
  }

  private Map<Outcome, Long> slots(String signal) {
    return outcomes(report, signal);
  }

  private static Map<Outcome, Long> outcomes(Factory.Report report, String signal) {
    long[] counts = report.counts("sensor_data_completeness", "site/line/cnc/" + signal);
    Map<Outcome, Long> slots = new EnumMap<>(Outcome.class);
    for (Outcome o : Outcome.values()) {
      if (counts[o.ordinal()] > 0) {
        slots.put(o, counts[o.ordinal()]);
      }
    }
    return slots;
  }

  @Test
  void aValueInEachSlotIsGood() {
    everySecond(PERIODIC, 0, 10);
    proofs(10, 16);
    assertThat(slots("speed")).containsExactly(Map.entry(Outcome.GOOD, 10L));
  }

  @Test
  void aPeriodicSignalThatStopsOnALiveLinkIsSilent() {
    everySecond(PERIODIC, 0, 6);
    proofs(6, 16);
    assertThat(slots("speed"))
        .containsOnly(Map.entry(Outcome.GOOD, 6L), Map.entry(Outcome.SILENT, 4L));
  }

  @Test
  void anUnchangedGoodValueIsCreditedWhileTheLinkIsProvenAlive() {
    value(ON_CHANGE, 0.1, GOOD);
    proofs(0.5, 16);
    assertThat(slots("mode")).containsExactly(Map.entry(Outcome.GOOD, 10L));
  }

  @Test
  void anUnchangedValueIsAmbiguousAfterTheLastProof() {
    value(ON_CHANGE, 0.1, GOOD);
    proofs(0.5, 4);
    runTo(16);
    assertThat(slots("mode"))
        .containsOnly(Map.entry(Outcome.GOOD, 4L), Map.entry(Outcome.AMBIGUOUS, 6L));
  }

  @Test
  void anUnchangedBadValueStaysBad() {
    value(ON_CHANGE, 0.1, GOOD);
    value(ON_CHANGE, 3.5, BAD);
    proofs(4, 16);
    // Slot 3 begins with the good value only in knowledge, not in a sample: its best sample is bad.
    assertThat(slots("mode")).containsOnly(Map.entry(Outcome.GOOD, 3L), Map.entry(Outcome.BAD, 7L));
  }

  @Test
  void anOnChangeSignalThatNeverHadAValueIsSilent() {
    proofs(0.5, 16);
    assertThat(slots("mode")).containsExactly(Map.entry(Outcome.SILENT, 10L));
  }

  @Test
  void withoutLinkBothModesAreDisconnected() {
    everySecond(PERIODIC, 0, 3);
    value(ON_CHANGE, 2.9, GOOD);
    engine.onLink(0, LinkEvent.DOWN, T0 + 3 * SECOND);
    runTo(16);
    assertThat(slots("speed"))
        .containsOnly(Map.entry(Outcome.GOOD, 3L), Map.entry(Outcome.DISCONNECTED, 7L));
    assertThat(slots("mode"))
        .containsOnly(
            Map.entry(Outcome.SILENT, 2L),
            Map.entry(Outcome.GOOD, 1L),
            Map.entry(Outcome.DISCONNECTED, 7L));
  }

  @Test
  void theTimeBetweenTheLastProofAndADeadLinkIsAmbiguousForUnchangedValues() {
    value(ON_CHANGE, 0.1, GOOD);
    proofs(0.5, 3);
    engine.onLink(0, LinkEvent.DOWN, T0 + 6 * SECOND);
    runTo(16);
    assertThat(slots("mode"))
        .containsOnly(
            Map.entry(Outcome.GOOD, 3L),
            Map.entry(Outcome.AMBIGUOUS, 3L),
            Map.entry(Outcome.DISCONNECTED, 4L));
  }

  @Test
  void aLinkThatResumesWithNothingMissedCreditsItsDownTimeLate() {
    value(ON_CHANGE, 0.1, GOOD);
    proofs(0.5, 3);
    engine.onLink(0, LinkEvent.DOWN, T0 + 4 * SECOND);
    engine.onLink(0, LinkEvent.RESUMED, T0 + 6 * SECOND);
    proofs(6, 16);
    assertThat(slots("mode"))
        .containsOnly(Map.entry(Outcome.GOOD, 8L), Map.entry(Outcome.GOOD_LATE, 2L));
  }

  @Test
  void aNewSessionDoesNotVouchForAValueOfTheOldOne() {
    value(ON_CHANGE, 0.1, GOOD);
    proofs(0.5, 3);
    engine.onLink(0, LinkEvent.DOWN, T0 + 3 * SECOND);
    engine.onLink(0, LinkEvent.UP, T0 + 4 * SECOND);
    proofs(4, 16);
    assertThat(slots("mode"))
        .containsOnly(
            Map.entry(Outcome.GOOD, 3L),
            Map.entry(Outcome.DISCONNECTED, 1L),
            Map.entry(Outcome.SILENT, 6L));
  }

  @Test
  void theInitialValueOfANewSessionIsKnownAlthoughItsSourceTimeIsOld() {
    value(ON_CHANGE, 0.1, GOOD);
    engine.onLink(0, LinkEvent.DOWN, T0 + 3 * SECOND);
    engine.onLink(0, LinkEvent.UP, T0 + 4 * SECOND);
    engine.onSample(
        ON_CHANGE, T0 + 100 * MS, T0 + 4 * SECOND + 20 * MS, GOOD, 42, 0); // the same again
    proofs(4.5, 16);
    assertThat(slots("mode").get(Outcome.GOOD)).isEqualTo(7L); // slot 0, and 4 to 9
    assertThat(engine.counters().duplicates()).isEqualTo(1);
  }

  @Test
  void aSequenceGapIsLossForPeriodicAndDoubtForUnchangedSignals() {
    value(ON_CHANGE, 0.1, GOOD);
    everySecond(PERIODIC, 0, 4);
    engine.onLink(0, LinkEvent.GAP, T0 + 6 * SECOND);
    proofs(6, 6.5);
    everySecond(PERIODIC, 7, 8);
    value(ON_CHANGE, 8.5, GOOD); // until here a change of it may have been lost
    everySecond(PERIODIC, 9, 10);
    proofs(10, 16);
    assertThat(slots("speed"))
        .containsOnly(
            Map.entry(Outcome.GOOD, 6L),
            Map.entry(Outcome.LOST_TRANSPORT, 2L),
            Map.entry(Outcome.SILENT, 2L));
    assertThat(slots("mode"))
        .containsOnly(Map.entry(Outcome.GOOD, 5L), Map.entry(Outcome.AMBIGUOUS, 5L));
  }

  @Test
  void theSameValueAgainAfterAGapEndsTheDoubt() {
    value(ON_CHANGE, 0.1, GOOD);
    proofs(0.5, 3);
    engine.onLink(0, LinkEvent.GAP, T0 + 4 * SECOND + 200 * MS);
    engine.onSample(ON_CHANGE, T0 + 100 * MS, T0 + 5 * SECOND + 20 * MS, GOOD, 42, 0);
    proofs(5.5, 16);
    assertThat(slots("mode"))
        .containsOnly(Map.entry(Outcome.GOOD, 7L), Map.entry(Outcome.AMBIGUOUS, 3L));
  }

  @Test
  void anOverflowBitTurnsTheSlotsBetweenTwoValuesIntoLostOverflow() {
    everySecond(PERIODIC, 0, 3);
    value(PERIODIC, 6.2, GOOD | Sample.STATUS_OVERFLOW);
    everySecond(PERIODIC, 7, 10);
    proofs(10, 16);
    assertThat(slots("speed"))
        .containsOnly(Map.entry(Outcome.GOOD, 7L), Map.entry(Outcome.LOST_OVERFLOW, 3L));
  }

  @Test
  void anOverflowBitOnTheNewestValueOfABatchTellsOfTheTimeBeforeTheBatch() {
    everySecond(PERIODIC, 0, 3);
    long receivedNs = T0 + 8 * SECOND + 500 * MS;
    for (int s = 6; s <= 8; s++) {
      int status = s == 8 ? GOOD | Sample.STATUS_OVERFLOW : GOOD;
      engine.onSample(PERIODIC, T0 + s * SECOND + 200 * MS, receivedNs, status, s, 0);
    }
    everySecond(PERIODIC, 9, 10);
    proofs(10, 16);
    assertThat(slots("speed"))
        .containsEntry(Outcome.LOST_OVERFLOW, 3L) // 3, 4 and 5
        .doesNotContainKey(Outcome.SILENT);
  }

  @Test
  void theOverflowBitInAnUncertainStatusCountsAsWell() {
    everySecond(PERIODIC, 0, 3);
    value(PERIODIC, 4.2, UNCERTAIN | Sample.STATUS_OVERFLOW);
    proofs(4.5, 16);
    assertThat(slots("speed"))
        .containsEntry(Outcome.LOST_OVERFLOW, 1L)
        .containsEntry(Outcome.UNCERTAIN, 1L);
  }

  @Test
  void theBestValueOfASlotDecides() {
    value(PERIODIC, 0.1, BAD);
    value(PERIODIC, 0.2, UNCERTAIN);
    value(PERIODIC, 0.3, GOOD);
    value(PERIODIC, 0.4, BAD);
    value(PERIODIC, 1.1, BAD);
    value(PERIODIC, 1.2, UNCERTAIN);
    proofs(2, 16);
    assertThat(slots("speed"))
        .containsOnly(
            Map.entry(Outcome.GOOD, 1L),
            Map.entry(Outcome.UNCERTAIN, 1L),
            Map.entry(Outcome.SILENT, 8L));
  }

  @Test
  void oversamplingCannotOffsetGaps() {
    for (int i = 0; i < 50; i++) {
      value(PERIODIC, 0.01 * i, GOOD);
    }
    proofs(1, 16);
    assertThat(slots("speed"))
        .containsOnly(Map.entry(Outcome.GOOD, 1L), Map.entry(Outcome.SILENT, 9L));
  }

  @Test
  void aValueAfterItsDeadlineIsLateAlsoIfItsSlotWasSettled() {
    long slotTwo = T0 + 2 * SECOND + 100 * MS;
    engine.onSample(PERIODIC, slotTwo, T0 + 4 * SECOND, GOOD, 1, 0); // at the deadline
    engine.onSample(PERIODIC, slotTwo + SECOND, T0 + 5 * SECOND + 1, GOOD, 2, 0); // 1 ns late
    proofs(5.5, 10);
    engine.onSample(PERIODIC, T0 + 100 * MS, T0 + 10 * SECOND, GOOD, 3, 0); // slot 0 is settled
    proofs(10, 16);
    assertThat(slots("speed"))
        .containsOnly(
            Map.entry(Outcome.GOOD, 1L),
            Map.entry(Outcome.GOOD_LATE, 2L),
            Map.entry(Outcome.SILENT, 7L));
    assertThat(engine.counters().revised()).isEqualTo(1);
    assertThat(engine.counters().tooLate()).isZero();
    Asset cnc =
        Objects.requireNonNull(engine.register()).assets().stream()
            .filter(a -> a.kind() == Asset.Kind.MACHINE)
            .findFirst()
            .orElseThrow();
    assertThat(engine.total(cnc, Outcome.GOOD_LATE)).isEqualTo(2);
    assertThat(engine.settled(cnc, Outcome.GOOD_LATE)).isEqualTo(1); // as it was known first
  }

  @Test
  void valuesOutOfRangeNotFiniteOrFlaggedAreInvalid() {
    engine.onSample(PERIODIC, T0, T0, GOOD, 100.1, 0);
    engine.onSample(PERIODIC, T0 + SECOND, T0 + SECOND, GOOD, Double.NaN, 0);
    engine.onSample(PERIODIC, T0 + 2 * SECOND, T0 + 2 * SECOND, GOOD, 5, Sample.INVALID);
    engine.onSample(PERIODIC, T0 + 3 * SECOND, T0 + 3 * SECOND, GOOD, Double.NEGATIVE_INFINITY, 0);
    proofs(4, 16);
    assertThat(slots("speed"))
        .containsOnly(Map.entry(Outcome.INVALID, 4L), Map.entry(Outcome.SILENT, 6L));
  }

  /** By both ways that a sample can take: good ones go a shorter one. */
  @Test
  void whatIsNotFiniteIsInvalidWithoutARangeToo() {
    double[] none = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int status : new int[] {GOOD, UNCERTAIN}) {
      assertThat(oneEachSecond(SignalMode.PERIODIC, status, none))
          .containsOnly(Map.entry(Outcome.INVALID, 3L), Map.entry(Outcome.SILENT, 7L));
      assertThat(oneEachSecond(SignalMode.ON_CHANGE, status, none))
          .containsOnly(Map.entry(Outcome.INVALID, 10L)); // the last one is said to hold
    }
    double[] largest = {Double.MAX_VALUE, -Double.MAX_VALUE, 0};
    assertThat(oneEachSecond(SignalMode.PERIODIC, GOOD, largest)).containsEntry(Outcome.GOOD, 3L);
  }

  /** What becomes of values of a signal without range, one a second. */
  private static Map<Outcome, Long> oneEachSecond(SignalMode mode, int status, double... values) {
    Factory.Report report = new Factory.Report();
    KpiEngine engine = new KpiEngine(report);
    engine.onRegister(new Factory().machine("cnc").signal("free", mode, SECOND).register(), T0);
    engine.onLink(0, LinkEvent.UP, T0);
    for (int s = 0; s < values.length; s++) {
      engine.onSample(0, T0 + s * SECOND, T0 + s * SECOND, status, values[s], 0);
    }
    for (int s = 0; s <= 16; s++) {
      engine.onLink(0, LinkEvent.PROOF, T0 + s * SECOND);
      engine.onTick(T0 + s * SECOND);
    }
    return outcomes(report, "free");
  }

  @Test
  void absurdTimesAreInvalidWhereTheyArrived() {
    engine.onSample(PERIODIC, -9_000_000_000L * SECOND, T0 + SECOND, GOOD, 5, 0); // year 1684
    engine.onSample(PERIODIC, Long.MAX_VALUE, T0 + 2 * SECOND, GOOD, 5, 0);
    proofs(3, 16);
    assertThat(slots("speed"))
        .containsOnly(Map.entry(Outcome.INVALID, 2L), Map.entry(Outcome.SILENT, 8L));
  }

  @Test
  void aMissingSourceTimeIsAssignedByReceiveTimeAndCounted() {
    engine.onSample(PERIODIC, 0, T0 + SECOND, GOOD, 5, Sample.NO_SOURCE_TIME);
    proofs(2, 16);
    assertThat(slots("speed")).containsEntry(Outcome.GOOD, 1L);
    assertThat(engine.counters().withoutSourceTime()).isEqualTo(1);
  }

  @Test
  void aSourceClockThatIsOffMakesValuesAmbiguousInTheSlotTheyArrivedIn() {
    everySecond(PERIODIC, 0, 3);
    engine.onClock(0, 3600 * SECOND, MS, T0 + 3 * SECOND);
    for (int s = 3; s < 6; s++) {
      long ns = T0 + s * SECOND + 200 * MS;
      engine.onSample(PERIODIC, ns + 3600 * SECOND, ns, GOOD, s, 0);
    }
    engine.onClock(0, 0, MS, T0 + 6 * SECOND);
    everySecond(PERIODIC, 6, 10);
    proofs(10, 16);
    assertThat(slots("speed"))
        .containsOnly(Map.entry(Outcome.GOOD, 7L), Map.entry(Outcome.AMBIGUOUS, 3L));
    assertThat(engine.counters().clockSuspect()).isEqualTo(3);
  }

  @Test
  void excludedSlotsLeaveTheScopeAndPartlyCoveredOnesStay() {
    engine.onExclusion("site/line/cnc", T0 + 2500 * MS, T0 + 5 * SECOND, T0);
    proofs(0.5, 16);
    assertThat(slots("speed"))
        .containsOnly(Map.entry(Outcome.EXCLUDED, 2L), Map.entry(Outcome.SILENT, 8L));
    assertThat(report.counts("source_availability", "site/line"))
        .containsExactly(8, 8, 2); // alive, required, excluded seconds
  }

  @Test
  void aWindowThatIsExcludedAsAWholeHasNoFigure() {
    engine.onExclusion("site", T0, T0 + 60 * SECOND, T0);
    proofs(0.5, 16);
    var figure =
        report.results.stream()
            .filter(r -> r.kpi().equals("sensor_data_completeness") && r.subject().equals("site"))
            .findFirst()
            .orElseThrow()
            .figure();
    assertThat(figure.state()).isEqualTo(State.NOT_APPLICABLE);
    assertThat(figure.value()).isNaN();
  }

  @Test
  void whileTheCollectorWasDownEverythingIsDisconnected() {
    value(ON_CHANGE, 0.1, GOOD);
    proofs(0.5, 2);
    engine.onStart(T0 + 8 * SECOND);
    engine.onLink(0, LinkEvent.UP, T0 + 8 * SECOND);
    value(ON_CHANGE, 8.1, GOOD);
    proofs(8.5, 16);
    assertThat(slots("mode"))
        .containsOnly(Map.entry(Outcome.GOOD, 4L), Map.entry(Outcome.DISCONNECTED, 6L));
  }

  @Test
  void aLongStandstillIsAccountedForWindowByWindow() {
    proofs(0.5, 1);
    engine.onStart(T0 + 3600 * SECOND);
    runTo(3606);
    assertThat(slots("speed").values().stream().mapToLong(n -> n).sum()).isEqualTo(3600);
    assertThat(slots("speed")).containsEntry(Outcome.DISCONNECTED, 3599L);
  }

  @Test
  void lineAndSiteAreTheSumOfTheirMachines() {
    everySecond(PERIODIC, 0, 6);
    proofs(6, 16);
    assertThat(report.counts("sensor_data_completeness", "site/line"))
        .isEqualTo(report.counts("sensor_data_completeness", "site"))
        .isEqualTo(report.counts("sensor_data_completeness", "site/line/cnc"));
    assertThat(report.counts("sensor_data_completeness", "site")[Outcome.GOOD.ordinal()])
        .isEqualTo(6);
  }

  @Test
  void boundsComeFromAmbiguousSlotsAndTooManyAreNoEvidence() {
    long[] counts = new long[Outcome.COUNT];
    counts[Outcome.GOOD.ordinal()] = 80;
    counts[Outcome.GOOD_LATE.ordinal()] = 5;
    counts[Outcome.SILENT.ordinal()] = 5;
    counts[Outcome.AMBIGUOUS.ordinal()] = 10;
    counts[Outcome.EXCLUDED.ordinal()] = 100;
    var ev = Kpis.byId("sensor_data_completeness").figure(counts, null);
    assertThat(ev.lower()).isEqualTo(0.85);
    assertThat(ev.upper()).isEqualTo(0.95);
    assertThat(ev.state()).isEqualTo(State.MEASURED);
    assertThat(Kpis.byId("timely_completeness").figure(counts, null).value()).isEqualTo(0.80);
    assertThat(Kpis.byId("gross_completeness").figure(counts, null).value()).isEqualTo(0.425);
    counts[Outcome.AMBIGUOUS.ordinal()] = 30;
    assertThat(Kpis.byId("sensor_data_completeness").figure(counts, null).state())
        .isEqualTo(State.INSUFFICIENT_EVIDENCE);
  }
}
