package io.feedrate.kpi.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import io.feedrate.kpi.episode.Spell.Cause;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Data and results of others. Where a source prints n digits, they are asked for to n digits. Times
 * are in whatever unit the source has, here as seconds.
 */
class PublishedExamplesTest {
  private static final long S = 1_000_000_000L;

  /** "9 13 13+ 18": times, with a plus the censored ones. */
  private static Incidence remissions(String times) {
    List<Spell> spells = new ArrayList<>();
    for (String time : times.split(" ", -1)) {
      Cause cause = time.endsWith("+") ? Cause.CENSORED : Cause.EVENT;
      spells.add(Spell.of(Long.parseLong(time.replace("+", "")) * S, cause));
    }
    return Incidence.of(spells);
  }

  private static Step at(Incidence incidence, long seconds) {
    return incidence.steps().stream()
        .filter(s -> s.ns() <= seconds * S)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private static void survives(
      Incidence incidence, long seconds, double survival, double error, double low, double high) {
    survives(incidence, seconds, survival, error, low, high, 6e-7);
  }

  /** Remission of 21 patients on 6-MP, weeks: Freireich et al. 1963, Blood 21:699. */
  private static Incidence freireich() {
    return remissions("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+");
  }

  @Test
  void theRemissionsOfFreireichWithTheirLogLogLimits() {
    // Kleinbaum and Klein, Survival Analysis, chapter 2, print S(t) and the median 23; limits and
    // errors as R survival 3.5-3 prints them for conf.type = "log-log".
    Incidence incidence = freireich();
    Step six = at(incidence, 6);
    assertThat(six.atRisk()).isEqualTo(21);
    assertThat(1 - six.incidence()).isCloseTo(0.8571, within(5e-5));
    assertThat(six.standardError()).isCloseTo(0.076360, within(5e-7));
    assertThat(1 - six.upper()).isCloseTo(0.61972, within(5e-6));
    assertThat(1 - six.lower()).isCloseTo(0.95155, within(5e-6));
    Step last = at(incidence, 35);
    assertThat(1 - last.incidence()).isCloseTo(0.4482, within(5e-5));
    assertThat(1 - last.upper()).isCloseTo(0.18805, within(5e-6));
    assertThat(1 - last.lower()).isCloseTo(0.68014, within(5e-6));
    Quantile quartile = incidence.quantile(0.25);
    assertThat(quartile.ns()).hasValue(13 * S);
    assertThat(quartile.lowerNs()).hasValue(6 * S);
    assertThat(quartile.upperNs()).hasValue(22 * S);
    assertThat(incidence.figure(0.5))
        .isEqualTo(new Figure(State.MEASURED, 23, 13, Double.POSITIVE_INFINITY));
  }

  @Test
  void theMaintainedPatientsOfTheAmlTrial() {
    // Miller, Survival Analysis, 1981, page 49; R's data set aml. R survival 3.5-3 prints for
    // survfit(Surv(time, status) ~ x, data = aml): median 31, limits 18 to NA with its default
    // "log" interval and 13 to NA with "log-log".
    Incidence incidence = remissions("9 13 13+ 18 23 28+ 31 34 45+ 48 161+");
    survives(incidence, 9, 0.909091, 0.0866784, 0.5080802, 0.986674);
    survives(incidence, 23, 0.613636, 0.1526323, 0.2657520, 0.835299);
    survives(incidence, 48, 0.184091, 0.1534927, 0.0117385, 0.525015);
    Quantile median = incidence.quantile(0.5);
    assertThat(median.ns()).hasValue(31 * S);
    assertThat(median.lowerNs()).hasValue(13 * S);
    assertThat(median.upperNs()).isEmpty();
    assertThat(firstWhoseLogLimitReachesHalf(incidence)).isEqualTo(18 * S);
  }

  /** R's default: limits symmetric on log S. From the same error, so it checks that once more. */
  private static long firstWhoseLogLimitReachesHalf(Incidence incidence) {
    return incidence.steps().stream()
        .filter(s -> lowerLogLimit(s) <= 0.5)
        .findFirst()
        .orElseThrow()
        .ns();
  }

  private static double lowerLogLimit(Step step) {
    double survival = 1 - step.incidence();
    return survival * StrictMath.exp(-1.959963984540054 * step.standardError() / survival);
  }

  @Test
  void theOtherPatientsOfTheAmlTrial() {
    // As above: median 23, limits 8 to NA with "log" and 5 to 33 with "log-log".
    Incidence incidence = remissions("5 5 8 8 12 16+ 23 27 30 33 43 45");
    survives(incidence, 5, 0.8333333, 0.1075829, 0.48171494, 0.955509);
    survives(incidence, 43, 0.0972222, 0.0918664, 0.00574631, 0.348904);
    assertThat(incidence.figure(0.5)).isEqualTo(new Figure(State.MEASURED, 23, 5, 33));
    assertThat(firstWhoseLogLimitReachesHalf(incidence)).isEqualTo(8 * S);
    Step last = at(incidence, 45);
    assertThat(last.incidence()).isEqualTo(1, within(1e-12));
    assertThat(last.survival()).isZero();
    assertThat(last.lower()).as("R prints NA").isNaN();
  }

  @Test
  void lateEntriesOfKleinAndMoeschberger() {
    // Klein and Moeschberger, Survival Analysis, 2003, exercise 4.7: ages at entry and exit of 30
    // people, 1 = died. Numbers at risk, errors and limits as R survival 3.5-3 prints them for
    // Surv(entry, exit, died) with conf.type = "log-log".
    int[] entry = {
      58, 58, 59, 60, 60, 61, 61, 62, 62, 62, 63, 63, 64, 66, 66,
      67, 67, 67, 68, 69, 69, 69, 70, 70, 70, 71, 72, 72, 73, 73
    };
    int[] exit = {
      60, 63, 69, 62, 65, 72, 69, 73, 66, 65, 68, 74, 71, 68, 69,
      70, 77, 69, 72, 79, 72, 70, 76, 71, 78, 79, 76, 73, 80, 74
    };
    String died = "110110001110111111101101001101";
    List<Spell> spells = new ArrayList<>();
    for (int i = 0; i < entry.length; i++) {
      Cause cause = died.charAt(i) == '1' ? Cause.EVENT : Cause.CENSORED;
      spells.add(Spell.entering(entry[i] * S, exit[i] * S, cause));
    }
    Incidence incidence = Incidence.of(spells);
    assertThat(incidence.steps().stream().map(Step::atRisk))
        .containsExactly(3, 6, 8, 10, 8, 12, 11, 10, 11, 10, 9, 9, 7, 5);
    survives(incidence, 60, 0.666667, 0.272166, 0.054073, 0.94521, 5e-6);
    survives(incidence, 65, 0.388889, 0.191647, 0.072353, 0.71201, 5e-6);
    survives(incidence, 69, 0.232008, 0.126563, 0.047969, 0.49521, 5e-6);
    survives(incidence, 77, 0.065822, 0.045095, 0.011598, 0.18995, 5e-6);
    assertThat(incidence.figure(0.5)).isEqualTo(new Figure(State.MEASURED, 63, 60, 69));
  }

  private static void survives(
      Incidence incidence,
      long seconds,
      double survival,
      double error,
      double low,
      double high,
      double digits) {
    Step step = at(incidence, seconds);
    assertThat(1 - step.incidence()).isCloseTo(survival, within(digits));
    assertThat(step.standardError()).isCloseTo(error, within(digits));
    assertThat(1 - step.upper()).isCloseTo(low, within(digits));
    assertThat(1 - step.lower()).isCloseTo(high, within(digits));
  }

  /**
   * Scrucca, Santucci and Aversa 2007, Bone Marrow Transplantation 40:381: 35 patients; months and
   * 1 = transplant-related death, 2 = relapse, 0 = censored.
   */
  private static Incidence transplants(char event) {
    String patients =
        "0/1 0/2 1/1 1/2 2/0 2/2 3/1 3/1 3/1 3/2 4/0 4/1 4/1 4/2 5/2 7/0 7/2 7/2 8/0 8/1 8/2 9/2"
            + " 10/2 12/1 13/2 14/2 22/2 26/2 32/0 35/0 35/0 67/0 68/0 70/0 72/0";
    List<Spell> spells = new ArrayList<>();
    for (String patient : patients.split(" ", -1)) {
      int slash = patient.indexOf('/');
      char status = patient.charAt(slash + 1);
      Cause ended = status == event ? Cause.EVENT : Cause.COMPETING;
      spells.add(
          Spell.of(
              Long.parseLong(patient.substring(0, slash)) * S,
              status == '0' ? Cause.CENSORED : ended));
    }
    return Incidence.of(spells);
  }

  /**
   * Expected are the limits of scikit-survival 0.28 (var_type "Dinse_Approx", which agrees with SAS
   * LIFETEST's DELTA). Those are symmetric on log(-log F), ours on log(-log(1 - F)): what can be
   * held against each other is the error that they were made from.
   */
  private static void befalls(
      Incidence incidence, long months, double share, double low, double high) {
    Step step = at(incidence, months);
    assertThat(step.incidence()).isCloseTo(share, within(5e-7));
    double width = StrictMath.log(-StrictMath.log(low)) - StrictMath.log(-StrictMath.log(high));
    double error = share * -StrictMath.log(share) * width / (2 * 1.959963984540054);
    assertThat(step.standardError()).isCloseTo(error, within(1e-5));
    assertThat(step.lower()).isBetween(0.0, share);
    assertThat(step.upper()).isBetween(share, 1.0);
  }

  @Test
  void deathAndRelapseCompeteAfterTransplants() {
    Incidence death = transplants('1');
    befalls(death, 0, 0.028571, 0.002195, 0.126823);
    befalls(death, 4, 0.204926, 0.090249, 0.351817);
    befalls(death, 9, 0.237712, 0.111706, 0.389965);
    befalls(death, 72, 0.272839, 0.135270, 0.430274);
    Incidence relapse = transplants('2');
    befalls(relapse, 0, 0.028571, 0.002195, 0.126823);
    befalls(relapse, 4, 0.144828, 0.052854, 0.280893);
    befalls(relapse, 14, 0.411015, 0.239941, 0.574732);
    befalls(relapse, 26, 0.481270, 0.299007, 0.642101);
    Step last = at(relapse, 72);
    assertThat(last.competingIncidence()).isCloseTo(0.272839, within(5e-7));
    assertThat(relapse.figure(0.5))
        .isEqualTo(new Figure(State.MEASURED, Double.NaN, 72, Double.POSITIVE_INFINITY));
    // The paper's curve is 0.2377 at 7 months and 0.2705 at 8.
    assertThat(relapse.quantile(0.25).ns()).hasValue(8 * S);
  }
}
