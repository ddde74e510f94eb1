package io.feedrate.kpi.maturity;

import java.util.List;

/** Something that a profile asks for and that evidence can show. */
public sealed interface Indicator {

  /** Unique in its profile, stable over its versions. */
  String id();

  /** What people read. */
  Text name();

  /** Weight among its siblings, 0 or more; 0 is reported and not scored. */
  double weight();

  /** The level that asks for it, from 1; 0 where levels are bands of the score. */
  int level();

  /** Whether its level cannot be reached without it, whatever the score. */
  boolean mandatory();

  /** Where it comes from and how sure that is, in a sentence. */
  String source();

  /**
   * Judged on a KPI's figure.
   *
   * @param kpi id of the KPI
   * @param unit of the KPI and of the thresholds: "1" for a ratio, "s" for a duration
   * @param scale the thresholds
   * @param thresholdsBy whose numbers the thresholds are
   * @param nothingDue what it means that the KPI had nothing to measure, as an end of a sentence
   * @param tooLittle what it means that the KPI's figure is insufficient, as an end of a sentence
   * @param minimum how much must have been counted
   */
  record Measured(
      String id,
      Text name,
      double weight,
      int level,
      boolean mandatory,
      String source,
      String kpi,
      String unit,
      Scale scale,
      String thresholdsBy,
      Text nothingDue,
      Text tooLittle,
      Minimum minimum)
      implements Indicator {
    public Measured {
      checkWeight(weight);
    }
  }

  /**
   * Judged by a human who read a document.
   *
   * @param kind what kind of document is asked for, such as policy, specification, record
   * @param mustShow what it must show to satisfy
   */
  record Documented(
      String id,
      Text name,
      double weight,
      int level,
      boolean mandatory,
      String source,
      String kind,
      Text mustShow)
      implements Indicator {
    public Documented {
      checkWeight(weight);
    }
  }

  /**
   * The least evidence for a decision: the sum of these counts of the KPI.
   *
   * @param counts names among {@link io.feedrate.kpi.Kpi#counts()}; none asks for nothing
   * @param atLeast their least sum
   */
  record Minimum(List<String> counts, long atLeast) {

    /** Asks for nothing. */
    public static final Minimum NONE = new Minimum(List.of(), 0);

    public Minimum {
      counts = List.copyOf(counts);
    }
  }

  private static void checkWeight(double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a weight is 0 or more: " + weight);
    }
  }
}
