package io.feedrate.kpi.maturity;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for every profile and all evidence. */
final class AssessmentPropertyTest {

  private static final int ROUNDS = 150;
  private static final double ROUNDING = 1e-8;

  private final TreeMap<String, Figure> figures = new TreeMap<>();
  private final List<Document> documents = new ArrayList<>();
  private final List<Declaration> declarations = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void moreEvidenceNeverWidensAnything(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Profile profile = profile(random);
      clear();
      Assessment before = assess(profile);
      checkBounds(before);
      for (Indicator indicator : shuffled(profile, random)) {
        add(indicator, random);
        Assessment after = assess(profile);
        checkBounds(after);
        checkNarrower(before, after, "seed " + seed + " round " + round);
        before = after;
      }
      assertThat(assess(profile)).isEqualTo(before);
    }
  }

  private void clear() {
    figures.clear();
    documents.clear();
    declarations.clear();
  }

  private Assessment assess(Profile profile) {
    return Assessment.of(profile, Samples.evidence(figures, documents, declarations));
  }

  private static void checkBounds(Assessment assessment) {
    double max = assessment.profile().maxScore();
    checkScore(assessment.overall().minimum(), max);
    checkScore(assessment.overall().weightedMean(), max);
    checkCoverage(assessment.overall().coverage());
    for (DimensionScore dimension : assessment.dimensions()) {
      checkScore(dimension.score(), max);
      checkCoverage(dimension.coverage());
      assertThat(dimension.level().lowest()).isBetween(0, dimension.level().highest());
      assertThat(dimension.level().highest())
          .isLessThanOrEqualTo(assessment.profile().levels().size());
      double shares = dimension.indicators().stream().mapToDouble(IndicatorScore::share).sum();
      assertThat(shares).isBetween(1 - ROUNDING, 1 + ROUNDING);
    }
  }

  private static void checkScore(Interval score, double max) {
    assertThat(score.lower()).isBetween(0.0, score.upper());
    assertThat(score.upper()).isLessThanOrEqualTo(max);
  }

  private static void checkCoverage(Coverage coverage) {
    assertThat(coverage.measured()).isBetween(0.0, 1.0);
    assertThat(
            coverage.measured()
                + coverage.reviewed()
                + coverage.declared()
                + coverage.notImplemented()
                + coverage.missing())
        .isBetween(1 - ROUNDING, 1 + ROUNDING);
  }

  private static void checkNarrower(Assessment before, Assessment after, String where) {
    checkInside(before.overall().minimum(), after.overall().minimum(), where);
    checkInside(before.overall().weightedMean(), after.overall().weightedMean(), where);
    checkInside(before.overall().level(), after.overall().level(), where);
    for (int i = 0; i < before.dimensions().size(); i++) {
      DimensionScore old = before.dimensions().get(i);
      DimensionScore now = after.dimensions().get(i);
      checkInside(old.score(), now.score(), where);
      checkInside(old.level(), now.level(), where);
      assertThat(now.coverage().missing()).isLessThanOrEqualTo(old.coverage().missing());
    }
  }

  private static void checkInside(Interval outer, Interval inner, String where) {
    assertThat(inner.lower()).as(where).isGreaterThanOrEqualTo(outer.lower());
    assertThat(inner.upper()).as(where).isLessThanOrEqualTo(outer.upper());
  }

  private static void checkInside(LevelRange outer, LevelRange inner, String where) {
    assertThat(inner.lowest()).as(where).isGreaterThanOrEqualTo(outer.lowest());
    assertThat(inner.highest()).as(where).isLessThanOrEqualTo(outer.highest());
  }

  private void add(Indicator indicator, Random random) {
    if (random.nextInt(8) == 0) {
      declarations.add(new Declaration.NotImplemented(indicator.id(), "planned", "J. Doe", 0));
    } else if (indicator instanceof Indicator.Measured measured) {
      figures.put(measured.kpi(), figure(random));
    } else {
      Document.Review review =
          new Document.Review(Degree.values()[random.nextInt(4)], "A. Reader", 0);
      documents.add(
          Samples.attached(
              indicator.id(), random.nextBoolean() ? Optional.of(review) : Optional.empty()));
    }
  }

  private static Figure figure(Random random) {
    double lower = 0.7 + 0.3 * random.nextDouble();
    double upper = lower + (1 - lower) * random.nextDouble();
    return switch (random.nextInt(6)) {
      case 0 -> Figure.NOT_APPLICABLE;
      case 1 -> Figure.INSUFFICIENT;
      case 2 -> new Figure(State.MEASURED, Double.NaN, lower, Double.POSITIVE_INFINITY);
      case 3 -> new Figure(State.MEASURED, upper, Double.NaN, upper);
      default -> new Figure(State.MEASURED, lower, lower, upper);
    };
  }

  private static List<Indicator> shuffled(Profile profile, Random random) {
    List<Indicator> all = new ArrayList<>();
    profile.dimensions().forEach(dimension -> all.addAll(dimension.allIndicators()));
    Collections.shuffle(all, random);
    return all;
  }

  private static Profile profile(Random random) {
    boolean bands = random.nextBoolean();
    Dimension[] dimensions = new Dimension[1 + random.nextInt(3)];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = dimension("d" + i, random, bands, 0);
    }
    return bands
        ? Samples.bands(dimensions)
        : Samples.requirements(Scoring.Overall.values()[random.nextInt(2)], dimensions);
  }

  private static Dimension dimension(String id, Random random, boolean bands, int depth) {
    List<Dimension> parts = new ArrayList<>();
    for (int i = 0; depth < 2 && i < random.nextInt(3); i++) {
      parts.add(dimension(id + "." + i, random, bands, depth + 1));
    }
    List<Indicator> indicators = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      indicators.add(indicator(id + "-" + i, random, bands));
    }
    return new Dimension(id, Text.of(id), 1 + random.nextInt(3), parts, indicators);
  }

  private static Indicator indicator(String id, Random random, boolean bands) {
    double weight = 1 + random.nextInt(3);
    boolean mandatory = random.nextInt(5) == 0;
    int level = bands && !mandatory ? 0 : 1 + random.nextInt(3);
    Scale scale =
        switch (random.nextInt(3)) {
          case 0 -> Samples.RATIO;
          case 1 -> Scale.atMost(0.95, 0.9, 0.8);
          default ->
              Scale.within(
                  new Scale.Range(0.7, 1), new Scale.Range(0.8, 1), new Scale.Range(0.85, 0.95));
        };
    if (random.nextInt(3) == 0) {
      return new Indicator.Documented(
          id, Text.of(id), weight, level, mandatory, "a test", "policy", Text.of("all of it"));
    }
    return Samples.measured(id, weight, level, mandatory, "1", scale, Indicator.Minimum.NONE);
  }
}
