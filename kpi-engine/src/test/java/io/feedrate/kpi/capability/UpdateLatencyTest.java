package io.feedrate.kpi.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import io.feedrate.kpi.State;
import io.feedrate.kpi.episode.Spell.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateLatencyTest {
  private static final long S = 1_000_000_000L;
  private final List<ModelUpdate> targets = new ArrayList<>();

  private void target(long approvedS, long endS, End end) {
    boolean open = end == End.PENDING;
    long endNs = open ? ModelUpdate.PENDING : endS * S;
    targets.add(
        new ModelUpdate(
            "n",
            "m",
            "v" + targets.size(),
            "",
            1,
            0,
            approvedS * S,
            approvedS * S,
            endNs,
            endNs,
            end,
            ModelUpdate.PENDING,
            Map.of()));
  }

  private UpdateLatency.Estimate over(long fromS, long toS) {
    return UpdateLatency.over(targets, fromS * S, toS * S);
  }

  @Test
  void anUpdateThatEndsAsThePeriodBeginsIsAtRiskItself() {
    target(10, 100, End.SERVED);
    assertThat(over(100, 200).curve()).containsExactly(new UpdateLatency.Step(90 * S, 1));
  }

  @Test
  void withoutFailuresItIsOneMinusKaplanMeier() {
    // Remission times of the 6-MP group of Freireich et al. 1963, the example of many textbooks
    // (e.g. Kleinbaum and Klein, Survival Analysis, chapter 2): 21 patients, 9 events;
    // S(6) = 0.8571, S(10) = 0.7529, S(16) = 0.6275, S(23) = 0.4482, median 23.
    long[] events = {6, 6, 6, 7, 10, 13, 16, 22, 23};
    long[] censored = {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35};
    long end = 1000;
    for (long t : events) {
      target(end - 100, end - 100 + t, End.SERVED);
    }
    for (long t : censored) {
      target(end - t, 0, End.PENDING); // approved so that it was watched for t
    }
    var estimate = over(0, end);
    assertThat(at(estimate, 6)).isCloseTo(1 - 0.8571, within(5e-5));
    assertThat(at(estimate, 10)).isCloseTo(1 - 0.7529, within(5e-5));
    assertThat(at(estimate, 16)).isCloseTo(1 - 0.6275, within(5e-5));
    assertThat(at(estimate, 23)).isCloseTo(1 - 0.4482, within(5e-5));
    assertThat(estimate.quantileNs(0.5)).hasValue(23 * S);
    assertThat(estimate.quantileNs(0.9)).isEmpty();
  }

  private static double at(UpdateLatency.Estimate estimate, long seconds) {
    return estimate.curve().stream()
        .filter(s -> s.latencyNs() <= seconds * S)
        .mapToDouble(UpdateLatency.Step::incidence)
        .max()
        .orElse(0);
  }

  @Test
  void failuresCompeteInsteadOfCountingAsWatchedForLess() {
    // Ten targets: served at 1..4, failed at 2, 3; four pending at 10. By hand:
    // t=1: 1/10. t=2: S=0.9, +0.9*1/9=0.1. t=3: S=0.9*7/9=0.7, +0.7/7=0.1. t=4: S=0.7*5/7=0.5,
    // +0.5/5.
    for (long t : new long[] {1, 2, 3, 4}) {
      target(0, t, End.SERVED);
    }
    target(0, 2, End.FAILED);
    target(0, 3, End.FAILED);
    for (int i = 0; i < 4; i++) {
      target(0, 0, End.PENDING);
    }
    var estimate = over(0, 10);
    assertThat(at(estimate, 4)).isCloseTo(0.4, within(1e-12));
    // Kaplan-Meier with failures as censored would say 1 - 0.9*8/9*6/7*4/5 = 0.451.
    assertThat(estimate.failed()).isEqualTo(2);
    assertThat(estimate.pending()).isEqualTo(4);
  }

  @Test
  void aQuantileThatIsNotReachedIsALowerBound() {
    for (int i = 0; i < 5; i++) {
      target(0, 1 + i, End.SERVED);
    }
    for (int i = 0; i < 15; i++) {
      target(0, 0, End.PENDING);
    }
    Figure median = over(0, 60).figure(0.5);
    assertThat(median.value()).isNaN();
    assertThat(median.lower()).isEqualTo(60);
    assertThat(median.upper()).isInfinite();
    assertThat(median.state()).isEqualTo(State.MEASURED);
  }

  @Test
  void targetsApprovedBeforeThePeriodEnterLate() {
    target(-100, 10, End.SERVED); // 110 s old when served, at risk from an age of 100 s on
    target(0, 5, End.SERVED);
    target(0, 5, End.SERVED);
    var estimate = over(0, 60);
    // At t=5 only the two fresh ones are at risk; the old one enters at 100: F(5) = 1.
    assertThat(at(estimate, 5)).isEqualTo(1);
  }

  @Test
  void endsOutsideOfThePeriodAndUnapprovedTargetsDoNotCount() {
    target(0, 5, End.SERVED);
    target(0, 50, End.SERVED); // ends after the period: pending in it
    var estimate = over(10, 40);
    assertThat(estimate.targets()).isEqualTo(1);
    assertThat(estimate.pending()).isEqualTo(1);
    assertThat(estimate.oldestPendingNs()).isEqualTo(40 * S);
  }

  @Test
  void fewServedUpdatesCarryNoQuantileAndNoneAtAllNoFigure() {
    assertThat(over(0, 10).figure(0.5)).isEqualTo(Figure.NOT_APPLICABLE);
    for (int i = 1; i <= 4; i++) {
      target(0, i, End.SERVED);
    }
    assertThat(over(0, 10).figure(0.5).state()).isEqualTo(State.INSUFFICIENT_EVIDENCE);
    target(0, 5, End.SERVED);
    assertThat(over(0, 10).figure(0.5).value()).isEqualTo(3);
  }

  @Test
  void negativeLatenciesAreKept() {
    for (int i = 0; i < 5; i++) {
      target(10, 8, End.SERVED);
    }
    assertThat(over(0, 60).figure(0.5).value()).isEqualTo(-2);
  }

  @Test
  void theLimitsOfTheMedianAreThoseOfTheCurve() {
    for (int i = 1; i <= 40; i++) {
      target(0, i, End.SERVED);
    }
    Figure median = over(0, 100).figure(0.5);
    assertThat(median.value()).isEqualTo(20);
    // F = k/40 with error sqrt(F(1-F)/40): log(-log(1-F)) ± 1.96 errors holds log(log 2) from 14 on
    // and until 26.
    assertThat(median.lower()).isEqualTo(14);
    assertThat(median.upper()).isEqualTo(26);
  }

  @Test
  void theCollectorsClockGivesItsOwnEstimate() {
    for (int i = 1; i <= 5; i++) {
      // The node's clock is 100 s behind: served before it was approved, by the sources' clocks.
      received(1000, 1002, 900 + i, 1010 + i, End.SERVED);
    }
    received(1000, 1004, 0, 0, End.PENDING);
    var estimate = over(0, 2000);
    assertThat(estimate.figure(0.5).value()).isEqualTo(-97);
    assertThat(estimate.receivedFigure(0.5).value()).isEqualTo(11);
    assertThat(estimate.incidence().oldestPendingNs()).isEqualTo(1000 * S);
    assertThat(estimate.received().oldestPendingNs()).isEqualTo(996 * S);
  }

  @Test
  void whatIsOpenInThePeriodIsJudgedByEachClock() {
    received(10, 10, 90, 110, End.SERVED); // ended before the period by the node's clock alone
    received(95, 205, 0, 0, End.PENDING); // approved in the period by the registry's clock alone
    received(120, 121, 190, 230, End.SERVED); // known to have served only after the period
    var estimate = over(100, 200);
    assertThat(estimate.targets()).isEqualTo(2);
    assertThat(estimate.served()).isEqualTo(1);
    assertThat(estimate.incidence().count(Cause.EVENT)).isEqualTo(1);
    assertThat(estimate.received().spells()).hasSize(2);
    assertThat(estimate.received().count(Cause.EVENT)).isEqualTo(1);
    assertThat(estimate.received().count(Cause.CENSORED)).isEqualTo(1);
  }

  private void received(long approvedS, long receivedS, long endS, long endReceivedS, End end) {
    boolean open = end == End.PENDING;
    targets.add(
        new ModelUpdate(
            "n",
            "m",
            "v" + targets.size(),
            "",
            1,
            0,
            approvedS * S,
            receivedS * S,
            open ? ModelUpdate.PENDING : endS * S,
            open ? ModelUpdate.PENDING : endReceivedS * S,
            end,
            ModelUpdate.PENDING,
            Map.of()));
  }
}
