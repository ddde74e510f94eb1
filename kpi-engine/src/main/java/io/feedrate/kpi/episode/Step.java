package io.feedrate.kpi.episode;

/**
 * One step of an incidence curve: an age at which spells ended, and what holds from then on.
 *
 * @param ns age; may be negative
 * @param atRisk spells watched just before it
 * @param events of those, the ones that had the event at this age
 * @param competing of those, the ones that ended otherwise at this age
 * @param incidence share that had the event by this age, 0 to 1, never falling
 * @param competingIncidence share that ended otherwise by this age
 * @param survival share still open after this age; the three shares add up to 1
 * @param standardError of the incidence; 0 where the curve has reached 1
 */
public record Step(
    long ns,
    int atRisk,
    int events,
    int competing,
    double incidence,
    double competingIncidence,
    double survival,
    double standardError) {

  /** Confidence of all intervals. */
  public static final double CONFIDENCE = 0.95;

  /** Two sided normal quantile of {@link #CONFIDENCE}. */
  private static final double Z = 1.959963984540054;

  /** Shares that differ by less are the same; rounding over 20,000 steps stays far below. */
  static final double TOLERANCE = 1e-9;

  /**
   * Lower limit of the incidence at 95 %; 0 before the first event, NaN where the curve has reached
   * 1: nothing is left there to tell a variance from.
   */
  public double lower() {
    if (isNone()) {
      return 0;
    }
    return isAll() ? Double.NaN : limit(-1);
  }

  /** Upper limit of the incidence at 95 %; NaN before the first event, 1 where it has reached 1. */
  public double upper() {
    if (isNone()) {
      return Double.NaN;
    }
    return isAll() ? 1 : limit(1);
  }

  private boolean isNone() {
    return incidence < TOLERANCE;
  }

  private boolean isAll() {
    return incidence > 1 - TOLERANCE;
  }

  /** Symmetric on the scale of log(-log(1 - F)), so it stays between 0 and 1. */
  private double limit(int side) {
    double log = StrictMath.log1p(-incidence);
    double width = Z * standardError / ((1 - incidence) * -log);
    return -StrictMath.expm1(log * StrictMath.exp(side * width));
  }
}
