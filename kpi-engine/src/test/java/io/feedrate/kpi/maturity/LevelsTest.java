package io.feedrate.kpi.maturity;

import static io.feedrate.kpi.maturity.Samples.bands;
import static io.feedrate.kpi.maturity.Samples.dimension;
import static io.feedrate.kpi.maturity.Samples.evidence;
import static io.feedrate.kpi.maturity.Samples.figures;
import static io.feedrate.kpi.maturity.Samples.measured;
import static io.feedrate.kpi.maturity.Samples.requirements;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Levels and sums over parts and dimensions, computed by hand in the comments. */
final class LevelsTest {

  private static final Declaration NOT_HERE =
      new Declaration.NotApplicable("i-b", "no such machine", "J. Doe", 1_500);

  private static DimensionScore only(Profile profile, Evidence evidence) {
    return Assessment.of(profile, evidence).dimensions().get(0);
  }

  @Test
  void aLevelIsSingleWhereBothEndsOfTheIntervalGiveTheSame() {
    Profile profile = bands(dimension("d", measured("a", 9), measured("b", 1)));

    // lower: 9 x 0.5 / 10 = 0.45 (level 2); upper: (4.5 + 1) / 10 = 0.55 (level 3)
    DimensionScore astride = only(profile, figures(Map.of("a", Figure.exact(0.9))));
    assertThat(astride.level()).isEqualTo(new LevelRange(2, 3));
    // lower: 0 / 10; upper: 1 / 10 = 0.1: level 1 (from 0) both, level 2 begins at 0.25
    DimensionScore inside = only(profile, figures(Map.of("a", Figure.exact(0.1))));
    assertThat(inside.score()).isEqualTo(new Interval(0, 0.1));
    assertThat(inside.level()).isEqualTo(new LevelRange(1, 1));
    assertThat(inside.level().isSingle()).isTrue();
  }

  @Test
  void whereNothingIsApplicableScoreAndLevelStayUndefined() {
    Profile profile = bands(dimension("d", measured("b", 1)), dimension("e", measured("a", 1)));

    Assessment assessment =
        Assessment.of(
            profile, evidence(Map.of("a", Figure.exact(0.96)), List.of(), List.of(NOT_HERE)));

    assertThat(assessment.dimensions().get(0).score()).isEqualTo(Interval.UNDEFINED);
    assertThat(assessment.dimensions().get(0).level()).isEqualTo(LevelRange.UNDEFINED);
    assertThat(assessment.dimensions().get(0).coverage().measured()).isNaN();
    assertThat(assessment.overall().minimum()).isEqualTo(new Interval(0.8, 0.8));
    assertThat(assessment.overall().weightedMean()).isEqualTo(new Interval(0.8, 0.8));
  }

  @Test
  void noDimensionMakesUpForAnother() {
    Profile profile =
        bands(dimension("strong", measured("a", 1)), dimension("weak", measured("b", 1)));

    OverallScore overall =
        Assessment.of(profile, figures(Map.of("a", Figure.exact(1), "b", Figure.exact(0.85))))
            .overall();

    assertThat(overall.minimum()).isEqualTo(new Interval(0.5, 0.5));
    assertThat(overall.weightedMean()).isEqualTo(new Interval(0.75, 0.75)); // (1 + 0.5) / 2
    assertThat(overall.level()).isEqualTo(new LevelRange(3, 3)); // the weak one's, not E
  }

  @Test
  void aMandatoryIndicatorHoldsBackItsLevelWhateverTheScore() {
    Indicator gate = measured("b", 1, 3, true, "1", Samples.RATIO, Indicator.Minimum.NONE);
    Profile profile = bands(dimension("d", measured("a", 99), gate));

    // score (99 + 0.5) / 100 = 0.995 is level 5, but b is only partly met (0.5 < 0.8): under level
    // 3
    DimensionScore failed =
        only(profile, figures(Map.of("a", Figure.exact(1), "b", Figure.exact(0.9))));
    assertThat(failed.level()).isEqualTo(new LevelRange(2, 2));
    // b unknown: it may still be met
    DimensionScore open = only(profile, figures(Map.of("a", Figure.exact(1))));
    assertThat(open.level()).isEqualTo(new LevelRange(2, 5));
  }

  @Test
  void partsKeepTheirWeightWhenSomethingInThemIsNotApplicable() {
    Dimension first = dimension("p1", measured("a", 1), measured("b", 1));
    Dimension second = dimension("p2", measured("c", 1));
    Profile profile = bands(new Dimension("d", Text.of("d"), 1, List.of(first, second), List.of()));

    DimensionScore score =
        only(
            profile,
            evidence(
                Map.of("a", Figure.exact(1), "c", Figure.exact(0.85)),
                List.of(),
                List.of(NOT_HERE)));

    // p1 = 1 (a alone, b is out), p2 = 0.5; d = (1 + 0.5) / 2 = 0.75
    assertThat(score.score()).isEqualTo(new Interval(0.75, 0.75));
    assertThat(score.parts().get(0).score()).isEqualTo(new Interval(1, 1));
    assertThat(score.parts().get(1).score()).isEqualTo(new Interval(0.5, 0.5));
    assertThat(score.indicators()).extracting(IndicatorScore::share).containsExactly(0.5, 0.0, 0.5);
  }

  @Test
  void levelsWithRequirementsOfTheirOwnAreClimbedOneByOne() {
    Profile profile =
        requirements(
            Scoring.Overall.MINIMUM,
            dimension("d", at(1, "a"), at(2, "b"), at(2, "c"), at(3, "e")));

    DimensionScore score =
        only(
            profile,
            figures(Map.of("a", Figure.exact(1), "b", Figure.exact(1), "e", Figure.exact(1))));

    // level 1: 1, met. level 2: (1 + c) / 2, so 0.5 or 1. level 3: 1.
    // lower: 1 + 0.5 = 1.5, level 1; upper: 1 + 1 + 1 = 3, level 3
    assertThat(score.score()).isEqualTo(new Interval(1.5, 3));
    assertThat(score.level()).isEqualTo(new LevelRange(1, 3));
  }

  @Test
  void nobodyRisesOnLevelsThatAskForNothing() {
    Profile profile = requirements(Scoring.Overall.MINIMUM, dimension("d", at(2, "b")));

    DimensionScore score = only(profile, figures(Map.of("b", Figure.exact(1))));

    // Level 1 asks for nothing below level 2, which is met; level 3 asks for nothing at the top.
    assertThat(score.level()).isEqualTo(new LevelRange(2, 2));
  }

  @Test
  void aModelMayLetDimensionsMakeUpForEachOther() {
    Dimension strong = new Dimension("s", Text.of("s"), 3, List.of(), List.of(at(1, "a")));
    Dimension weak = new Dimension("w", Text.of("w"), 1, List.of(), List.of(at(1, "b")));
    Evidence evidence = figures(Map.of("a", Figure.exact(1), "b", Figure.exact(0.85)));

    // level 1 over both: (3 x 1 + 1 x 0.5) / 4 = 0.875, met from 0.8; the weak one alone has 0.5
    assertThat(
            Assessment.of(requirements(Scoring.Overall.WEIGHTED_MEAN, strong, weak), evidence)
                .overall()
                .level())
        .isEqualTo(new LevelRange(1, 1));
    assertThat(
            Assessment.of(requirements(Scoring.Overall.MINIMUM, strong, weak), evidence)
                .overall()
                .level())
        .isEqualTo(new LevelRange(0, 0));
  }

  private static Indicator at(int level, String kpi) {
    return measured(kpi, 1, level, false, "1", Samples.RATIO, Indicator.Minimum.NONE);
  }

  @Test
  void eightTenthsAreEightTenthsAlsoAsASumOfDoubles() {
    // Ten times 0.8 / 10 is 0.7999999999999999 in doubles, and must still be level 4 (from 0.8).
    Indicator[] ten = new Indicator[10];
    Map<String, Figure> figures = new TreeMap<>();
    for (int i = 0; i < ten.length; i++) {
      ten[i] = measured("k" + i, 1);
      figures.put("k" + i, Figure.exact(0.96));
    }

    assertThat(only(bands(dimension("d", ten)), figures(figures)).level())
        .isEqualTo(new LevelRange(4, 4));
  }
}
