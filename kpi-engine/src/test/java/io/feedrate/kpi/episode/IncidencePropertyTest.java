package io.feedrate.kpi.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.feedrate.kpi.episode.Spell.Cause;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random spells against the textbook's sums in 40 digits, and what must hold of any curve. A
 * failure names its seed, and {@code -Dsim.seed=N} runs that one alone.
 */
class IncidencePropertyTest {
  private static final int SEEDS = 400;
  private static final MathContext DIGITS = new MathContext(40);
  private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1};

  private static final class Exact {
    final long t;
    final int atRisk;
    final int events;
    final int ended;
    BigDecimal before = BigDecimal.ONE;
    BigDecimal survival = BigDecimal.ONE;
    BigDecimal incidence = BigDecimal.ZERO;
    BigDecimal competing = BigDecimal.ZERO;

    Exact(long t, List<Spell> spells) {
      this.t = t;
      atRisk = count(spells, t, true, Cause.values());
      events = count(spells, t, false, Cause.EVENT);
      ended = count(spells, t, false, Cause.EVENT, Cause.COMPETING);
    }

    private static int count(List<Spell> spells, long t, boolean isAtRisk, Cause... causes) {
      int n = 0;
      for (Spell s : spells) {
        long end = s.latestNs();
        boolean endsItself = end == t && s.cause() != Cause.CENSORED;
        boolean hasEntered = s.entryNs() == 0 || s.entryNs() < t || endsItself;
        boolean counts = isAtRisk ? hasEntered && end >= t : end == t;
        if (counts && List.of(causes).contains(s.cause())) {
          n++;
        }
      }
      return n;
    }
  }

  private static BigDecimal over(long a, long b) {
    return BigDecimal.valueOf(a).divide(BigDecimal.valueOf(b), DIGITS);
  }

  private static List<Exact> exact(List<Spell> spells) {
    List<Exact> steps = new ArrayList<>();
    spells.stream()
        .filter(s -> s.cause() != Cause.CENSORED)
        .map(Spell::latestNs)
        .distinct()
        .sorted()
        .forEach(t -> steps.add(new Exact(t, spells)));
    Exact last = null;
    for (Exact step : steps) {
      if (last != null) {
        step.before = last.survival;
        step.incidence = last.incidence;
        step.competing = last.competing;
      }
      BigDecimal each = step.before.divide(BigDecimal.valueOf(step.atRisk), DIGITS);
      step.incidence = step.incidence.add(each.multiply(BigDecimal.valueOf(step.events)));
      step.competing =
          step.competing.add(each.multiply(BigDecimal.valueOf(step.ended - step.events)));
      step.survival = each.multiply(BigDecimal.valueOf(step.atRisk - step.ended));
      last = step;
    }
    return steps;
  }

  /** Marubini and Valsecchi 1995, formula 10.12: three sums over all steps up to the last. */
  private static double variance(List<Exact> steps, int last) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i <= last; i++) {
      Exact step = steps.get(i);
      long y = step.atRisk;
      BigDecimal rest = steps.get(last).incidence.subtract(step.incidence, DIGITS);
      if (y > step.ended) { // else all ended and nothing comes after
        sum = sum.add(rest.pow(2).multiply(over(step.ended, y * (y - step.ended))));
      }
      BigDecimal share = step.before.pow(2).multiply(over(step.events, y * y), DIGITS);
      sum = sum.add(share.multiply(over(y - step.events, y)));
      BigDecimal both = rest.multiply(step.before).multiply(over(step.events, y * y), DIGITS);
      sum = sum.subtract(both.multiply(BigDecimal.valueOf(2)), DIGITS);
    }
    return sum.doubleValue();
  }

  private static List<Spell> spells(Random random, boolean onlyEvents) {
    int n = 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 20);
    int ages = 1 + random.nextInt(60);
    boolean hasLate = random.nextBoolean();
    boolean hasWidth = random.nextBoolean();
    List<Spell> spells = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long entry = hasLate && random.nextBoolean() ? random.nextInt(ages) : 0;
      long latest = entry > 0 ? entry + random.nextInt(ages) : random.nextInt(ages + 3) - 3;
      long earliest = latest - (hasWidth ? random.nextInt(5) : 0);
      Cause[] causes = onlyEvents ? new Cause[] {Cause.EVENT, Cause.CENSORED} : Cause.values();
      spells.add(new Spell(entry, earliest, latest, causes[random.nextInt(causes.length)]));
    }
    return spells;
  }

  private interface Check {
    void on(Random random);
  }

  private static void forSeeds(Check check) {
    Long only = Long.getLong("sim.seed");
    if (only != null) {
      forSeed(only, check);
      return;
    }
    long fresh = System.nanoTime();
    System.out.println("fresh seeds from " + fresh + " to " + (fresh + SEEDS - 1));
    for (int i = 0; i < SEEDS; i++) {
      forSeed(i, check);
      forSeed(fresh + i, check);
    }
  }

  private static void forSeed(long seed, Check check) {
    try {
      check.on(new Random(seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @Test
  void theCurveIsTheSumsOfTheTextbook() {
    forSeeds(
        random -> {
          List<Spell> spells = spells(random, false);
          List<Exact> expected = exact(spells);
          List<Step> steps = Incidence.of(spells).steps();
          assertThat(steps).hasSameSizeAs(expected);
          for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Exact exact = expected.get(i);
            assertThat(step.ns()).isEqualTo(exact.t);
            assertThat(step.atRisk()).isEqualTo(exact.atRisk);
            assertThat(step.events()).isEqualTo(exact.events);
            assertThat(step.competing()).isEqualTo(exact.ended - exact.events);
            same(step.incidence(), exact.incidence);
            same(step.competingIncidence(), exact.competing);
            same(step.survival(), exact.survival);
            double variance = step.standardError() * step.standardError();
            assertThat(variance).isCloseTo(variance(expected, i), within(1e-12));
          }
        });
  }

  private static void same(double actual, BigDecimal exact) {
    assertThat(actual).isCloseTo(exact.doubleValue(), within(1e-12));
  }

  @Test
  void aQuantileIsTheFirstAgeAtWhichTheExactCurveReachesIt() {
    forSeeds(
        random -> {
          List<Spell> spells = spells(random, false);
          Incidence incidence = Incidence.of(spells);
          for (double q : SHARES) {
            BigDecimal share = BigDecimal.valueOf(q).subtract(new BigDecimal("1e-30"));
            OptionalLong expected =
                exact(spells).stream()
                    .filter(e -> e.incidence.compareTo(share) >= 0)
                    .mapToLong(e -> e.t)
                    .findFirst();
            assertThat(incidence.quantile(q).ns()).isEqualTo(expected);
          }
        });
  }

  @Test
  void sharesAddUpAndNeverFall() {
    forSeeds(
        random -> {
          Incidence incidence = Incidence.of(spells(random, false));
          double last = 0;
          for (Step step : incidence.steps()) {
            assertThat(step.incidence()).isBetween(last, 1.0);
            assertThat(step.competingIncidence()).isBetween(0.0, 1.0);
            assertThat(step.survival()).isBetween(0.0, 1.0);
            assertThat(step.incidence() + step.competingIncidence() + step.survival())
                .isCloseTo(1, within(1e-12));
            last = step.incidence();
            assertThat(step.lower())
                .satisfiesAnyOf(l -> assertThat(l).isNaN(), l -> below(l, step));
            assertThat(step.upper())
                .satisfiesAnyOf(u -> assertThat(u).isNaN(), u -> above(u, step));
          }
        });
  }

  private static void below(double lower, Step step) {
    assertThat(lower).isBetween(0.0, step.incidence());
  }

  private static void above(double upper, Step step) {
    assertThat(upper).isBetween(step.incidence(), 1.0);
  }

  @Test
  void withoutCompetingEventsItIsOneMinusKaplanMeierWithGreenwoodsVariance() {
    forSeeds(
        random -> {
          List<Spell> spells = spells(random, true);
          double survival = 1;
          double greenwood = 0;
          for (Step step : Incidence.of(spells).steps()) {
            int stay = step.atRisk() - step.events();
            survival = survival * stay / step.atRisk();
            greenwood += stay == 0 ? 0 : (double) step.events() / ((double) step.atRisk() * stay);
            assertThat(step.incidence()).isCloseTo(1 - survival, within(1e-12));
            double variance = step.standardError() * step.standardError();
            assertThat(variance).isCloseTo(survival * survival * greenwood, within(1e-12));
          }
        });
  }

  @Test
  void theOrderOfTheSpellsDoesNotChangeABit() {
    forSeeds(
        random -> {
          List<Spell> spells = spells(random, false);
          Incidence incidence = Incidence.of(spells);
          List<Spell> shuffled = new ArrayList<>(spells);
          Collections.shuffle(shuffled, random);
          Incidence other = Incidence.of(shuffled);
          assertThat(other).isEqualTo(incidence).hasSameHashCodeAs(incidence);
          assertThat(other.steps()).isEqualTo(incidence.steps());
          assertThat(other.earliestSteps()).isEqualTo(incidence.earliestSteps());
          for (double q : SHARES) {
            assertThat(other.figure(q)).isEqualTo(incidence.figure(q));
          }
        });
  }

  @Test
  void boundsEncloseTheValueAndEachOther() {
    forSeeds(
        random -> {
          Incidence incidence = Incidence.of(spells(random, false));
          for (double q : SHARES) {
            Quantile quantile = incidence.quantile(q);
            long lower = quantile.lowerNs().orElse(Long.MIN_VALUE);
            long earliest = quantile.earliestNs().orElse(Long.MAX_VALUE);
            long latest = quantile.latestNs().orElse(Long.MAX_VALUE);
            long upper = quantile.upperNs().orElse(Long.MAX_VALUE);
            assertThat(quantile.ns().orElse(Long.MAX_VALUE)).isBetween(earliest, latest);
            assertThat(List.of(lower, earliest, latest, upper)).isSorted();
          }
        });
  }

  @Test
  void withNothingOpenTheEarlyAndLateCurvesEncloseEveryPossibleOne() {
    forSeeds(
        random -> {
          List<Spell> spells = new ArrayList<>();
          List<Spell> possible = new ArrayList<>();
          for (Spell spell : spells(random, false)) {
            Cause cause = spell.cause() == Cause.CENSORED ? Cause.COMPETING : spell.cause();
            long width = spell.latestNs() - spell.earliestNs();
            spells.add(new Spell(0, spell.earliestNs(), spell.latestNs(), cause));
            possible.add(Spell.of(spell.earliestNs() + random.nextInt((int) width + 1), cause));
          }
          for (double q : SHARES) {
            Quantile quantile = Incidence.of(spells).quantile(q);
            OptionalLong truth = Incidence.of(possible).quantile(q).ns();
            assertThat(truth.isPresent()).isEqualTo(quantile.ns().isPresent());
            truth.ifPresent(
                t ->
                    assertThat(t)
                        .isBetween(
                            quantile.earliestNs().orElseThrow(),
                            quantile.latestNs().orElseThrow()));
          }
        });
  }
}
