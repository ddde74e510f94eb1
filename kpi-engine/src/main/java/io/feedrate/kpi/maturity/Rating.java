package io.feedrate.kpi.maturity;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * A score and the levels that it allows.
 *
 * @param score from 0 to {@link Profile#maxScore()}
 * @param level what it allows
 */
record Rating(Interval score, LevelRange level) {

  private static final Rating UNDEFINED = new Rating(Interval.UNDEFINED, LevelRange.UNDEFINED);

  /**
   * Rates the score (one, where levels are bands of it) or the scores of the levels.
   *
   * @param gate the weakest mandatory indicator up to a level, from 1
   */
  static Rating of(Profile profile, List<Interval> scores, IntFunction<Interval> gate) {
    if (scores.stream().noneMatch(Interval::isDefined)) {
      return UNDEFINED;
    }
    return switch (profile.scoring().method()) {
      case SCORE_BANDS -> bands(profile, scores.get(0), gate);
      case LEVEL_REQUIREMENTS -> requirements(profile, scores, gate);
    };
  }

  private static Rating bands(Profile profile, Interval score, IntFunction<Interval> gate) {
    return new Rating(
        score,
        new LevelRange(
            band(profile, score.lower(), gate, Interval::lower),
            band(profile, score.upper(), gate, Interval::upper)));
  }

  private static int band(
      Profile profile, double score, IntFunction<Interval> gate, ToDoubleFunction<Interval> end) {
    int level = 0;
    while (level < profile.levels().size()
        && score >= profile.levels().get(level).from()
        && end.applyAsDouble(gate.apply(level + 1)) >= profile.scoring().metFrom()) {
      level++;
    }
    return level;
  }

  private static Rating requirements(
      Profile profile, List<Interval> scores, IntFunction<Interval> gate) {
    Ladder lower = Ladder.climb(profile, scores, gate, Interval::lower);
    Ladder upper = Ladder.climb(profile, scores, gate, Interval::upper);
    return new Rating(
        new Interval(lower.score, upper.score), new LevelRange(lower.level, upper.level));
  }

  /**
   * Met levels count 1, the first unmet one what it reaches. A level that asks for nothing is met,
   * unless no higher level asks for anything either: nobody rises on empty levels.
   */
  private record Ladder(int level, double score) {

    static Ladder climb(
        Profile profile,
        List<Interval> scores,
        IntFunction<Interval> gate,
        ToDoubleFunction<Interval> end) {
      double metFrom = profile.scoring().metFrom();
      int level = 0;
      for (int top = highestAsked(scores); level < top; level++) {
        Interval score = scores.get(level);
        double reached = score.isDefined() ? end.applyAsDouble(score) : 1;
        boolean gated = end.applyAsDouble(gate.apply(level + 1)) < metFrom;
        if (reached < metFrom || gated) {
          return new Ladder(level, level + reached);
        }
      }
      return new Ladder(level, level);
    }

    private static int highestAsked(List<Interval> scores) {
      int top = scores.size();
      while (!scores.get(top - 1).isDefined()) {
        top--;
      }
      return top;
    }
  }
}
