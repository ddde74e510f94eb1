package io.feedrate.kpi.maturity;

import io.feedrate.kpi.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Puts the verdicts together to scores and levels. Used once. */
final class Scorer {

  private final Profile profile;
  private final Evidence evidence;
  private final Judge judge;
  private final Map<String, Verdict> verdicts = new LinkedHashMap<>();

  Scorer(Profile profile, Evidence evidence) {
    this.profile = profile;
    this.evidence = evidence;
    this.judge = new Judge(evidence);
    for (Indicator indicator : indicators()) {
      verdicts.put(indicator.id(), judge.verdict(indicator));
    }
  }

  Assessment assess() {
    List<DimensionScore> dimensions = profile.dimensions().stream().map(this::dimension).toList();
    TreeMap<String, Figure> unmapped = new TreeMap<>();
    evidence.measurements().forEach((kpi, m) -> unmapped.put(kpi, m.figure()));
    unmapped.keySet().removeAll(profile.kpis());
    return new Assessment(
        profile,
        evidence.subject(),
        evidence.startNs(),
        evidence.endNs(),
        dimensions,
        overall(dimensions),
        unmapped);
  }

  private DimensionScore dimension(Dimension dimension) {
    Map<String, Double> shares =
        Shares.of(dimension.parts(), dimension.indicators(), this::isApplicable);
    List<IndicatorScore> scores = new ArrayList<>();
    for (Indicator indicator : dimension.allIndicators()) {
      double share = shares.getOrDefault(indicator.id(), 0.0);
      scores.add(new IndicatorScore(indicator, judge.figure(indicator), verdict(indicator), share));
    }
    Rating rating = rating(dimension.parts(), dimension.indicators());
    return new DimensionScore(
        dimension,
        rating.score(),
        rating.level(),
        coverage(shares),
        dimension.parts().stream().map(this::dimension).toList(),
        scores);
  }

  private OverallScore overall(List<DimensionScore> dimensions) {
    Interval minimum = Interval.UNDEFINED;
    LevelRange weakest = LevelRange.UNDEFINED;
    for (DimensionScore dimension : dimensions) {
      if (dimension.score().isDefined()) {
        minimum = minimum.isDefined() ? least(minimum, dimension.score()) : dimension.score();
        weakest = weakest.isDefined() ? least(weakest, dimension.level()) : dimension.level();
      }
    }
    Rating all = rating(profile.dimensions(), List.of());
    return new OverallScore(
        minimum,
        all.score(),
        profile.scoring().overall() == Scoring.Overall.MINIMUM ? weakest : all.level(),
        coverage(Shares.of(profile.dimensions(), List.of(), this::isApplicable)));
  }

  private static Interval least(Interval a, Interval b) {
    return new Interval(Math.min(a.lower(), b.lower()), Math.min(a.upper(), b.upper()));
  }

  private static LevelRange least(LevelRange a, LevelRange b) {
    return new LevelRange(Math.min(a.lowest(), b.lowest()), Math.min(a.highest(), b.highest()));
  }

  private Rating rating(List<Dimension> parts, List<Indicator> indicators) {
    List<Indicator> all = new ArrayList<>(indicators);
    parts.forEach(part -> all.addAll(part.allIndicators()));
    List<Indicator> mandatory = all.stream().filter(i -> i.mandatory() && isApplicable(i)).toList();
    List<Interval> scores =
        switch (profile.scoring().method()) {
          case SCORE_BANDS -> List.of(score(parts, indicators, i -> true));
          case LEVEL_REQUIREMENTS -> {
            List<Interval> levels = new ArrayList<>();
            for (int level = 1; level <= profile.levels().size(); level++) {
              int wanted = level;
              levels.add(score(parts, indicators, i -> i.level() == wanted));
            }
            yield levels;
          }
        };
    return Rating.of(profile, scores, level -> gate(mandatory, level));
  }

  /** The weakest of the mandatory indicators of the levels up to this one. */
  private Interval gate(List<Indicator> mandatory, int level) {
    Interval weakest = Interval.of(Degree.FULLY);
    for (Indicator indicator : mandatory) {
      if (indicator.level() <= level) {
        weakest = least(weakest, verdict(indicator).degree());
      }
    }
    return weakest;
  }

  private Interval score(
      List<Dimension> parts, List<Indicator> indicators, Predicate<Indicator> wanted) {
    Map<String, Double> shares =
        Shares.of(parts, indicators, i -> isApplicable(i) && wanted.test(i));
    if (shares.isEmpty()) {
      return Interval.UNDEFINED;
    }
    double lower = 0;
    double upper = 0;
    // In the profile's order: a sum of doubles depends on it.
    for (Map.Entry<String, Verdict> entry : verdicts.entrySet()) {
      double share = shares.getOrDefault(entry.getKey(), 0.0);
      if (share > 0) {
        lower += share * entry.getValue().degree().lower();
        upper += share * entry.getValue().degree().upper();
      }
    }
    return new Interval(lower, upper);
  }

  private Coverage coverage(Map<String, Double> shares) {
    if (shares.isEmpty()) {
      return new Coverage(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    return new Coverage(
        sum(shares, v -> v.state() == IndicatorState.MEASURED),
        sum(shares, v -> v.reason() == Reason.DOCUMENT_REVIEWED),
        sum(shares, v -> v.reason() == Reason.DOCUMENT_NOT_REVIEWED),
        sum(shares, v -> v.state() == IndicatorState.NOT_IMPLEMENTED),
        sum(shares, v -> v.state() == IndicatorState.INSUFFICIENT_EVIDENCE));
  }

  private double sum(Map<String, Double> shares, Predicate<Verdict> wanted) {
    double sum = 0;
    for (Map.Entry<String, Verdict> entry : verdicts.entrySet()) {
      if (wanted.test(entry.getValue())) {
        sum += shares.getOrDefault(entry.getKey(), 0.0);
      }
    }
    return new Interval(sum, sum).lower(); // rounded as scores are
  }

  private boolean isApplicable(Indicator indicator) {
    return verdict(indicator).state() != IndicatorState.NOT_APPLICABLE;
  }

  private Verdict verdict(Indicator indicator) {
    Verdict verdict = verdicts.get(indicator.id());
    if (verdict == null) {
      throw new IllegalArgumentException("no indicator of this profile: " + indicator.id());
    }
    return verdict;
  }

  private List<Indicator> indicators() {
    List<Indicator> all = new ArrayList<>();
    profile.dimensions().forEach(dimension -> all.addAll(dimension.allIndicators()));
    return all;
  }
}
