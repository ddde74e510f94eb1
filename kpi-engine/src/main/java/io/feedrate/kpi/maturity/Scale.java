package io.feedrate.kpi.maturity;

/**
 * Turns a figure into a degree: for each degree the range of values that satisfies it. A higher
 * degree's range lies inside that of the lower ones.
 *
 * @param better which values are good
 * @param partly values for {@link Degree#PARTLY} or more
 * @param mostly values for {@link Degree#MOSTLY} or more
 * @param fully values for {@link Degree#FULLY}
 */
public record Scale(Better better, Range partly, Range mostly, Range fully) {

  /** Which values are good. */
  public enum Better {
    HIGHER,
    LOWER,
    /** Neither too low nor too high, such as the share of advice that is accepted. */
    WITHIN
  }

  /** Values from min to max, both included, in the KPI's unit. */
  public record Range(double min, double max) {
    public Range {
      if (!(min <= max)) {
        throw new IllegalArgumentException("not a range: " + min + " to " + max);
      }
    }

    private boolean holdsAll(double lower, double upper) {
      return min <= lower && upper <= max;
    }

    private boolean holdsSome(double lower, double upper) {
      return lower <= max && min <= upper;
    }
  }

  public Scale {
    if (!partly.holdsAll(mostly.min, mostly.max) || !mostly.holdsAll(fully.min, fully.max)) {
      throw new IllegalArgumentException(
          "thresholds must tighten from partly over mostly to fully");
    }
  }

  /** The higher the better: at least these values. */
  public static Scale atLeast(double partly, double mostly, double fully) {
    return new Scale(Better.HIGHER, from(partly), from(mostly), from(fully));
  }

  /** The lower the better: at most these values. */
  public static Scale atMost(double partly, double mostly, double fully) {
    return new Scale(Better.LOWER, upTo(partly), upTo(mostly), upTo(fully));
  }

  /** Neither too low nor too high. */
  public static Scale within(Range partly, Range mostly, Range fully) {
    return new Scale(Better.WITHIN, partly, mostly, fully);
  }

  private static Range from(double min) {
    return new Range(min, Double.POSITIVE_INFINITY);
  }

  private static Range upTo(double max) {
    return new Range(Double.NEGATIVE_INFINITY, max);
  }

  /** The range for this degree or more; {@link Degree#NOT} has none. */
  public Range range(Degree degree) {
    return switch (degree) {
      case NOT -> throw new IllegalArgumentException("every value is at least not met");
      case PARTLY -> partly;
      case MOSTLY -> mostly;
      case FULLY -> fully;
    };
  }

  /** The degree that holds wherever the true value lies between these bounds. */
  Degree worst(double lower, double upper) {
    if (fully.holdsAll(lower, upper)) {
      return Degree.FULLY;
    } else if (mostly.holdsAll(lower, upper)) {
      return Degree.MOSTLY;
    }
    return partly.holdsAll(lower, upper) ? Degree.PARTLY : Degree.NOT;
  }

  /** The best degree that a value between these bounds could have. */
  Degree best(double lower, double upper) {
    if (fully.holdsSome(lower, upper)) {
      return Degree.FULLY;
    } else if (mostly.holdsSome(lower, upper)) {
      return Degree.MOSTLY;
    }
    return partly.holdsSome(lower, upper) ? Degree.PARTLY : Degree.NOT;
  }
}
