package io.feedrate.kpi.episode;

import java.util.OptionalLong;

/**
 * A quantile of the durations, in ns. An empty age means that the curve, or the limit, never gets
 * that far.
 *
 * <p>Where ends are known between two polls only, there are two curves: one with all ends as early
 * as possible, one with all as late. Earliest and latest are their quantiles. They enclose the true
 * one for sure where no spell is censored or enters late below it; where some are, they are what
 * shifting all ends together does to it, and nearly so for intervals that are short against the
 * durations.
 *
 * @param q the share asked for
 * @param ns the quantile, from the late ends: the careful value
 * @param earliestNs the lesser of the two curves' quantiles
 * @param latestNs the greater one; empty if one of the two is not reached
 * @param lowerNs lower confidence limit at 95 %, the lesser of the two curves'
 * @param upperNs upper one, the greater of the two curves'; empty: no upper limit
 */
public record Quantile(
    double q,
    OptionalLong ns,
    OptionalLong earliestNs,
    OptionalLong latestNs,
    OptionalLong lowerNs,
    OptionalLong upperNs) {

  static Quantile of(double q, Curve early, Curve late) {
    return new Quantile(
        q,
        late.reaches(q, Step::incidence),
        lesser(early.reaches(q, Step::incidence), late.reaches(q, Step::incidence)),
        greater(early.reaches(q, Step::incidence), late.reaches(q, Step::incidence)),
        lesser(early.reaches(q, Step::upper), late.reaches(q, Step::upper)),
        greater(early.reaches(q, Step::lower), late.reaches(q, Step::lower)));
  }

  private static OptionalLong lesser(OptionalLong a, OptionalLong b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    return OptionalLong.of(Math.min(a.getAsLong(), b.getAsLong()));
  }

  private static OptionalLong greater(OptionalLong a, OptionalLong b) {
    if (a.isEmpty() || b.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.max(a.getAsLong(), b.getAsLong()));
  }
}
