package io.feedrate.kpi.maturity;

import static io.feedrate.kpi.maturity.Samples.attached;
import static io.feedrate.kpi.maturity.Samples.bands;
import static io.feedrate.kpi.maturity.Samples.between;
import static io.feedrate.kpi.maturity.Samples.dimension;
import static io.feedrate.kpi.maturity.Samples.document;
import static io.feedrate.kpi.maturity.Samples.evidence;
import static io.feedrate.kpi.maturity.Samples.figures;
import static io.feedrate.kpi.maturity.Samples.measured;
import static io.feedrate.kpi.maturity.Samples.requirements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Worked examples, computed by hand in the comments. */
final class AssessmentTest {

  private static final Declaration NOT_HERE =
      new Declaration.NotApplicable("i-b", "no such machine", "J. Doe", 1_500);

  private static DimensionScore only(Profile profile, Evidence evidence) {
    return Assessment.of(profile, evidence).dimensions().get(0);
  }

  @Test
  void everythingMeasuredGivesOneScoreAndOneLevel() {
    Profile profile = bands(dimension("d", measured("a", 1), measured("b", 1)));

    DimensionScore score =
        only(profile, figures(Map.of("a", Figure.exact(0.99), "b", Figure.exact(0.85))));

    // (1 x 1 + 1 x 0.5) / 2 = 0.75: level 3 (from 0.5) and under level 4 (from 0.8)
    assertThat(score.score()).isEqualTo(new Interval(0.75, 0.75));
    assertThat(score.level()).isEqualTo(new LevelRange(3, 3));
    assertThat(score.coverage()).isEqualTo(new Coverage(1, 0, 0, 0, 0));
  }

  @Test
  void whatIsNotKnownMakesTheScoreAnIntervalAndTheLevelARange() {
    Profile profile = bands(dimension("d", measured("a", 2), measured("b", 1), document("doc", 1)));

    DimensionScore score = only(profile, figures(Map.of("a", Figure.exact(0.96))));

    // lower: (2 x 0.8 + 0 + 0) / 4 = 0.4 (level 2); upper: (1.6 + 1 + 1) / 4 = 0.9 (level 4)
    assertThat(score.score()).isEqualTo(new Interval(0.4, 0.9));
    assertThat(score.level()).isEqualTo(new LevelRange(2, 4));
    // measured 2 of 4, open 2 of 4
    assertThat(score.coverage()).isEqualTo(new Coverage(0.5, 0, 0, 0, 0.5));
  }

  @Test
  void theConservativeBoundDecides() {
    Scale latency = Scale.atMost(100, 60, 30);
    Profile profile =
        bands(
            dimension(
                "d",
                measured("a", 1),
                measured("t", 1, 0, false, "s", latency, Indicator.Minimum.NONE)));

    DimensionScore score =
        only(profile, figures(Map.of("a", between(0.9498, 0.985, 0.99), "t", between(20, 25, 61))));

    // a: value 98.5 % would be fully, the lower bound 94.98 % is partly (0.5)
    // t: value 25 s would be fully, the upper bound 61 s is partly (0.5)
    assertThat(score.score()).isEqualTo(new Interval(0.5, 0.5));
    assertThat(score.indicators().get(0).verdict().explanation())
        .isEqualTo("partly met: lower bound 94.98 % (partly from 80 %, mostly from 95 %)");
    assertThat(score.indicators().get(1).verdict().explanation())
        .isEqualTo("partly met: upper bound 61 s (partly up to 100 s, mostly up to 60 s)");
  }

  @Test
  void withoutABoundOnTheDecidingSideOnlyWhatIsSureIsDecided() {
    Scale latency = Scale.atMost(100, 60, 30);
    Profile profile =
        bands(dimension("d", measured("t", 1, 0, false, "s", latency, Indicator.Minimum.NONE)));

    Figure atLeast31 = between(31, Double.NaN, Double.POSITIVE_INFINITY);
    DimensionScore open = only(profile, figures(Map.of("t", atLeast31)));
    // It is 31 s or more: fully (30 s) is out, mostly (60 s) is still possible.
    assertThat(open.score()).isEqualTo(new Interval(0, 0.8));
    assertThat(open.indicators().get(0).verdict())
        .isEqualTo(
            new Verdict(
                IndicatorState.INSUFFICIENT_EVIDENCE,
                new Interval(0, 0.8),
                Reason.NO_BOUND,
                "not enough evidence: only ≥ 31 s is known; at best mostly met"));

    Figure atLeast101 = between(101, Double.NaN, Double.POSITIVE_INFINITY);
    DimensionScore failed = only(profile, figures(Map.of("t", atLeast101)));
    // Whatever it will be, it is over 100 s: not met, and that is measured.
    assertThat(failed.score()).isEqualTo(new Interval(0, 0));
    assertThat(failed.coverage().measured()).isEqualTo(1);
    assertThat(failed.indicators().get(0).verdict().explanation())
        .isEqualTo("not met: at least 101 s (partly up to 100 s)");
  }

  @Test
  void nothingDueIsMissingEvidenceAndNotAMeetingOfTheRequirement() {
    Profile profile = bands(dimension("d", measured("a", 1)));

    DimensionScore score = only(profile, figures(Map.of("a", Figure.NOT_APPLICABLE)));

    assertThat(score.score()).isEqualTo(Interval.UNKNOWN);
    assertThat(score.level()).isEqualTo(new LevelRange(1, 5));
    assertThat(score.indicators().get(0).verdict())
        .isEqualTo(
            new Verdict(
                IndicatorState.INSUFFICIENT_EVIDENCE,
                Interval.UNKNOWN,
                Reason.NOTHING_DUE,
                "not enough evidence: no a ended in this period"));
  }

  @Test
  void anApprovedNonApplicabilityTakesItsWeightOut() {
    Profile profile = bands(dimension("d", measured("a", 1), measured("b", 3)));

    DimensionScore score =
        only(profile, evidence(Map.of("a", Figure.exact(0.96)), List.of(), List.of(NOT_HERE)));

    // a alone: 0.8 / 1, where with b unknown it would be 0.2 to 0.95
    assertThat(score.score()).isEqualTo(new Interval(0.8, 0.8));
    assertThat(score.coverage().measured()).isEqualTo(1);
    assertThat(score.indicators().get(1).share()).isZero();
    assertThat(score.indicators().get(1).verdict().explanation())
        .isEqualTo("not applicable, says J. Doe: no such machine");
  }

  @Test
  void aDeclarationAgainstAMeasuredFigureSaysSo() {
    Profile profile = bands(dimension("d", measured("a", 1), measured("b", 1)));
    Declaration late = new Declaration.NotApplicable("i-b", "idle", "J. Doe", Samples.END_NS);

    DimensionScore score =
        only(profile, evidence(Map.of("b", Figure.exact(0.1)), List.of(), List.of(late)));

    assertThat(score.indicators().get(1).verdict().explanation())
        .isEqualTo(
            "not applicable, says J. Doe: idle; entered after the period; yet it was measured");
  }

  @Test
  void notImplementedCountsZeroAndKeepsItsWeight() {
    Profile profile = bands(dimension("d", measured("a", 1), measured("b", 1)));
    Declaration missing = new Declaration.NotImplemented("i-b", "planned", "J. Doe", 1_500);

    DimensionScore score =
        only(profile, evidence(Map.of("a", Figure.exact(1)), List.of(), List.of(missing)));

    assertThat(score.score()).isEqualTo(new Interval(0.5, 0.5)); // (1 + 0) / 2
    assertThat(score.coverage()).isEqualTo(new Coverage(0.5, 0, 0, 0.5, 0));
  }

  @Test
  void aDocumentScoresByAHumansReviewOnly() {
    Profile profile = bands(dimension("d", document("doc", 1)));
    Optional<Document.Review> review =
        Optional.of(new Document.Review(Degree.MOSTLY, "A. Reader", 1_700));

    DimensionScore none = only(profile, figures(Map.of()));
    DimensionScore declared =
        only(profile, evidence(Map.of(), List.of(attached("doc", Optional.empty())), List.of()));
    DimensionScore reviewed =
        only(profile, evidence(Map.of(), List.of(attached("doc", review)), List.of()));

    assertThat(none.coverage()).isEqualTo(new Coverage(0, 0, 0, 0, 1));
    assertThat(none.indicators().get(0).verdict().state())
        .isEqualTo(IndicatorState.INSUFFICIENT_EVIDENCE);
    assertThat(declared.score()).isEqualTo(Interval.UNKNOWN);
    assertThat(declared.coverage()).isEqualTo(new Coverage(0, 0, 1, 0, 0));
    assertThat(declared.indicators().get(0).verdict().state()).isEqualTo(IndicatorState.DECLARED);
    assertThat(reviewed.score()).isEqualTo(new Interval(0.8, 0.8));
    assertThat(reviewed.coverage()).isEqualTo(new Coverage(0, 1, 0, 0, 0));
  }

  @Test
  void aDocumentThatRanOutDuringThePeriodIsNoEvidence() {
    Profile profile = bands(dimension("d", document("doc", 1)));
    Document expired = new Document("doc", "the paper", "ab", "QA", 0, 1_999, Optional.empty());

    DimensionScore score = only(profile, evidence(Map.of(), List.of(expired), List.of()));

    assertThat(score.indicators().get(0).verdict().reason()).isEqualTo(Reason.DOCUMENT_NOT_VALID);
  }

  @Test
  void tooLittleEvidenceIsNoDecision() {
    Indicator.Minimum minimum = new Indicator.Minimum(List.of("good", "late"), 10);
    Profile profile =
        bands(dimension("d", measured("a", 1, 0, false, "1", Samples.RATIO, minimum)));

    Verdict nine = verdict(profile, Map.of("good", 8L, "late", 1L));
    Verdict ten = verdict(profile, Map.of("good", 8L, "late", 2L));
    Verdict untold = verdict(profile, Map.of("good", 80L));

    assertThat(nine.reason()).isEqualTo(Reason.TOO_FEW);
    assertThat(nine.explanation())
        .isEqualTo("not enough evidence: 9 of at least 10 counted (good + late)");
    assertThat(ten.state()).isEqualTo(IndicatorState.MEASURED);
    assertThat(untold.explanation())
        .isEqualTo("not enough evidence: the evidence does not tell the count late");
  }

  private static Verdict verdict(Profile profile, Map<String, Long> counts) {
    Measurement measurement = new Measurement(Figure.exact(1), counts);
    Evidence evidence = new Evidence("site", 1, 2, Map.of("a", measurement), List.of(), List.of());
    return only(profile, evidence).indicators().get(0).verdict();
  }

  @Test
  void anIndicatorWithoutWeightIsJudgedAndNotScored() {
    Profile profile = bands(dimension("d", measured("a", 1), measured("b", 0)));

    DimensionScore score =
        only(profile, figures(Map.of("a", Figure.exact(1), "b", Figure.exact(0.1))));

    assertThat(score.score()).isEqualTo(new Interval(1, 1));
    assertThat(score.indicators().get(1).verdict().degree()).isEqualTo(new Interval(0, 0));
  }

  @Test
  void aBandIsMetOnlyIfBothBoundsLieInIt() {
    Scale band =
        Scale.within(
            new Scale.Range(0.1, 1), new Scale.Range(0.3, 0.995), new Scale.Range(0.5, 0.98));
    Profile profile =
        bands(dimension("d", measured("a", 1, 0, false, "1", band, Indicator.Minimum.NONE)));

    assertThat(only(profile, figures(Map.of("a", between(0.6, 0.7, 0.8)))).score().lower())
        .isEqualTo(1);
    assertThat(only(profile, figures(Map.of("a", between(0.6, 0.7, 0.99)))).score().lower())
        .isEqualTo(0.8);
    assertThat(only(profile, figures(Map.of("a", Figure.exact(1)))).score().lower()).isEqualTo(0.5);
    assertThat(only(profile, figures(Map.of("a", Figure.exact(0.05)))).score().lower()).isZero();
  }

  @Test
  void figuresThatNobodyAsksForAreKept() {
    Assessment assessment =
        Assessment.of(
            bands(dimension("d", measured("a", 1))), figures(Map.of("z", Figure.exact(0.5))));

    assertThat(assessment.unmapped()).containsExactly(Map.entry("z", Figure.exact(0.5)));
    assertThat(assessment.notice()).isEqualTo("self-assessment aid; Test");
  }

  @Test
  void anInsufficientFigureIsNotDecidedEvenIfItHasAValue() {
    Profile profile = bands(dimension("d", measured("a", 1)));
    Figure weak = new Figure(State.INSUFFICIENT_EVIDENCE, 1, 0.99, 1);

    assertThat(only(profile, figures(Map.of("a", weak))).score()).isEqualTo(Interval.UNKNOWN);
  }

  @Test
  void brokenProfilesAndDeclarationsDoNotComeToLife() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bands(dimension("d", measured("a", 1), measured("a", 1))))
        .withMessage("the id i-a is given twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> requirements(Scoring.Overall.MINIMUM, dimension("d", measured("a", 1))))
        .withMessageContaining("needs a level from 1 to 3");
    assertThatIllegalArgumentException().isThrownBy(() -> Scale.atLeast(0.9, 0.8, 0.7));
    assertThatIllegalArgumentException().isThrownBy(() -> measured("a", -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Declaration.NotApplicable("i-a", "", "J. Doe", 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Declaration.NotApplicable("i-a", "idle", " ", 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> evidence(Map.of(), List.of(), List.of(NOT_HERE, NOT_HERE)));
  }
}
