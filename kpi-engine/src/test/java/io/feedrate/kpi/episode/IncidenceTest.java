package io.feedrate.kpi.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import io.feedrate.kpi.episode.Spell.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IncidenceTest {
  private static final long S = 1_000_000_000L;
  private final List<Spell> spells = new ArrayList<>();

  private void add(Cause cause, long... exitsS) {
    for (long exitS : exitsS) {
      spells.add(Spell.of(exitS * S, cause));
    }
  }

  private void late(Cause cause, long entryS, long exitS) {
    spells.add(Spell.entering(entryS * S, exitS * S, cause));
  }

  private void between(Cause cause, long earliestS, long latestS) {
    spells.add(new Spell(0, earliestS * S, latestS * S, cause));
  }

  private Incidence incidence() {
    return Incidence.of(spells);
  }

  @Test
  void nothingWatchedIsNotApplicable() {
    assertThat(incidence().figure(0.5)).isEqualTo(Figure.NOT_APPLICABLE);
    assertThat(incidence().steps()).isEmpty();
    assertThat(incidence().oldestPendingNs()).isZero();
    assertThat(incidence().pendingP90Ns()).isZero();
    assertThat(incidence().longestFollowUpNs()).isZero();
  }

  @Test
  void fewerThanFiveEventsCarryNoQuantileButCanBeListed() {
    add(Cause.EVENT, 4, 1, 3, 2);
    assertThat(incidence().figure(0.5)).isEqualTo(Figure.INSUFFICIENT);
    assertThat(incidence().spells().stream().map(Spell::latestNs))
        .containsExactly(S, 2 * S, 3 * S, 4 * S);
    add(Cause.EVENT, 5);
    assertThat(incidence().figure(0.5).state()).isEqualTo(State.MEASURED);
    assertThat(incidence().figure(0.5).value()).isEqualTo(3);
  }

  @Test
  void aQuantileNeedsSoManySpellsThatOneLiesBeyondIt() {
    add(Cause.EVENT, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(incidence().figure(0.9)).isEqualTo(Figure.INSUFFICIENT);
    add(Cause.EVENT, 10);
    assertThat(incidence().figure(0.9).value()).isEqualTo(9);
    assertThat(incidence().figure(0.95)).isEqualTo(Figure.INSUFFICIENT);
    spells.clear();
    add(Cause.CENSORED, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(incidence().figure(0.9).state()).isEqualTo(State.INSUFFICIENT_EVIDENCE);
    assertThat(incidence().figure(0.9).lower()).isEqualTo(9);
    assertThat(incidence().figure(0.5).state()).isEqualTo(State.MEASURED);
  }

  @Test
  void aQuantileThatIsNotReachedIsAtLeastWhatWasWatched() {
    add(Cause.EVENT, 1, 2, 3, 4, 5);
    add(Cause.COMPETING, 1, 2, 3, 4, 5, 6);
    add(Cause.CENSORED, 50);
    assertThat(incidence().figure(0.5))
        .isEqualTo(new Figure(State.MEASURED, Double.NaN, 50, Double.POSITIVE_INFINITY));
    assertThat(incidence().quantile(0.5).ns()).isEmpty();
  }

  @Test
  void agesOfTheOpenOnesAndCountsPerCause() {
    for (int age = 1; age <= 20; age++) {
      add(Cause.CENSORED, age);
    }
    add(Cause.EVENT, 30);
    add(Cause.COMPETING, 1, 40);
    assertThat(incidence().count(Cause.CENSORED)).isEqualTo(20);
    assertThat(incidence().count(Cause.EVENT)).isEqualTo(1);
    assertThat(incidence().count(Cause.COMPETING)).isEqualTo(2);
    assertThat(incidence().oldestPendingNs()).isEqualTo(20 * S);
    assertThat(incidence().pendingP90Ns()).isEqualTo(18 * S);
    assertThat(incidence().longestFollowUpNs()).isEqualTo(40 * S);
  }

  @Test
  void atOneAgeEventsComeBeforeCensorings() {
    add(Cause.EVENT, 5);
    add(Cause.COMPETING, 5);
    add(Cause.CENSORED, 5, 5);
    assertThat(incidence().steps())
        .containsExactly(new Step(5 * S, 4, 1, 1, 0.25, 0.25, 0.5, Math.sqrt(0.25 * 0.75 / 4)));
  }

  @Test
  void whatEntersAtAnAgeIsAtRiskForWhatHappensAfterIt() {
    add(Cause.EVENT, 5, 6);
    late(Cause.EVENT, 5, 7);
    assertThat(incidence().steps().stream().map(Step::atRisk)).containsExactly(2, 2, 1);
  }

  @Test
  void whatEndsAsItEntersIsAtRiskForItsOwnEndAlone() {
    add(Cause.EVENT, 5, 6);
    late(Cause.EVENT, 5, 5);
    late(Cause.CENSORED, 5, 5); // was not watched at all
    assertThat(incidence().steps().stream().map(Step::atRisk)).containsExactly(3, 1);
  }

  @Test
  void whatIsWatchedFromTheStartIsAtRiskAtNegativeAgesToo() {
    add(Cause.EVENT, -3, -2, -1, 1, 2);
    late(Cause.EVENT, 1, 3);
    assertThat(incidence().steps().stream().map(Step::atRisk)).containsExactly(5, 4, 3, 2, 2, 1);
    assertThat(incidence().figure(0.4).value()).isEqualTo(-2);
  }

  @Test
  void endsKnownBetweenTwoPollsGiveTheLateValueAndWiderBounds() {
    for (int i = 0; i < 20; i++) {
      between(Cause.EVENT, 10L * i, 10L * i + 7);
    }
    Quantile median = incidence().quantile(0.5);
    assertThat(median.ns()).hasValue(97 * S);
    assertThat(median.earliestNs()).hasValue(90 * S);
    assertThat(median.latestNs()).hasValue(97 * S);
    Figure exact = exactly(7).figure(0.5);
    Figure figure = incidence().figure(0.5);
    assertThat(figure.value()).isEqualTo(exact.value());
    assertThat(figure.upper()).isEqualTo(exact.upper()).isFinite();
    assertThat(figure.lower()).isEqualTo(exactly(0).figure(0.5).lower());
  }

  private static Incidence exactly(long offsetS) {
    List<Spell> spells = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      spells.add(Spell.of((10L * i + offsetS) * S, Cause.EVENT));
    }
    return Incidence.of(spells);
  }

  @Test
  void ifOnlyTheEarlyEndsReachAQuantileTheyAreItsLowerBound() {
    for (int i = 0; i < 6; i++) {
      between(Cause.EVENT, 1, 30);
    }
    for (int i = 0; i < 10; i++) {
      late(Cause.CENSORED, 5, 40);
    }
    // At 1 s the six are all there is; at 30 s they are six of sixteen.
    assertThat(incidence().quantile(0.5).earliestNs()).hasValue(S);
    assertThat(incidence().figure(0.5))
        .isEqualTo(new Figure(State.MEASURED, Double.NaN, 1, Double.POSITIVE_INFINITY));
  }

  @Test
  void ifOnlyTheLateEndsReachAQuantileThereIsNoUpperBound() {
    for (int i = 0; i < 6; i++) {
      between(Cause.EVENT, 1, 30);
    }
    add(Cause.CENSORED, 20, 20, 20, 20, 20, 20);
    // At 1 s they are six of twelve; at 30 s nothing else is left.
    assertThat(incidence().quantile(0.6).ns()).hasValue(30 * S);
    assertThat(incidence().quantile(0.6).latestNs()).isEmpty();
    Figure figure = incidence().figure(0.6);
    assertThat(figure.value()).isEqualTo(30);
    assertThat(figure.lower()).isEqualTo(1);
    assertThat(figure.upper()).isInfinite();
  }

  @Test
  void endsBeforeALateEntryAreTheEntry() {
    assertThat(new Spell(10, 5, 20, Cause.EVENT).earliestNs()).isEqualTo(10);
    assertThat(new Spell(0, -5, 20, Cause.EVENT).earliestNs()).isEqualTo(-5);
    assertThatThrownBy(() -> Spell.entering(10, 9, Cause.EVENT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Spell(0, 2, 1, Cause.EVENT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Spell.entering(-1, 1, Cause.EVENT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> incidence().quantile(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> incidence().quantile(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatEntersAfterAllElseEndedTakesTheUpperBoundAway() {
    for (int i = 1; i <= 40; i++) {
      add(Cause.EVENT, i);
    }
    assertThat(incidence().figure(0.5).upper()).isFinite();
    assertThat(incidence().unseen()).isZero();
    late(Cause.CENSORED, 60, 1000);
    assertThat(incidence().unseen()).isEqualTo(1);
    assertThat(incidence().figure(0.5).value()).isEqualTo(20);
    assertThat(incidence().figure(0.5).upper()).isInfinite();
  }

  @Test
  void itsLimitsHoldTheTrueMedianAboutAsOftenAsTheyPromise() {
    // Exponential durations with a competing cause and a censoring age: F(t) = 0.6(1 - exp(-t)),
    // so the 30 % quantile is log 2. 2,000 samples of 40; they hold it in 0.959.
    Random random = new Random(7);
    double truth = StrictMath.log(2);
    int held = 0;
    for (int sample = 0; sample < 2_000; sample++) {
      spells.clear();
      for (int i = 0; i < 40; i++) {
        double t = -StrictMath.log(1 - random.nextDouble());
        double censored = 3 * random.nextDouble();
        Cause cause = random.nextDouble() < 0.6 ? Cause.EVENT : Cause.COMPETING;
        spells.add(
            Spell.of((long) (Math.min(t, censored) * S), censored < t ? Cause.CENSORED : cause));
      }
      Quantile quantile = incidence().quantile(0.3);
      double lower = quantile.lowerNs().orElse(Long.MAX_VALUE) / 1e9;
      double upper = quantile.upperNs().orElse(Long.MAX_VALUE) / 1e9;
      held += lower <= truth && truth <= upper ? 1 : 0;
    }
    assertThat(held / 2_000.0).isCloseTo(0.95, within(0.02));
  }

  @Test
  void aHundredThousandSpellsTakeNoLongerThanSorting() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      long entry = random.nextInt(1_000_000);
      late(Cause.values()[random.nextInt(3)], entry, entry + random.nextInt(1_000_000));
    }
    // Counted per step it would be 10^10 looks: minutes. Nothing is timed; it just has to end.
    Step last = incidence().steps().get(incidence().steps().size() - 1);
    assertThat(last.incidence() + last.competingIncidence() + last.survival())
        .isCloseTo(1, within(1e-9));
  }
}
