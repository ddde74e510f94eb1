package io.feedrate.kpi.maturity;

/**
 * How a model turns satisfied indicators into levels.
 *
 * @param method what a level is
 * @param metFrom the least score for which a level, or a mandatory indicator, counts as met
 * @param overall how the overall level follows from the dimensions
 */
public record Scoring(Method method, double metFrom, Overall overall) {

  /** What a level is. */
  public enum Method {
    /** A band of the dimension's score, which runs from 0 to 1. */
    SCORE_BANDS,
    /**
     * A set of requirements of its own. The score counts 1 for each met level, one after the other,
     * and what the first unmet one reaches: it runs from 0 to the number of levels.
     */
    LEVEL_REQUIREMENTS
  }

  /** How the overall level follows from the dimensions. */
  public enum Overall {
    /** The level of the weakest dimension: no dimension makes up for another. */
    MINIMUM,
    /** From the weighted mean over the dimensions, where the model itself says so. */
    WEIGHTED_MEAN
  }

  public Scoring {
    if (!(metFrom > 0 && metFrom <= 1)) {
      throw new IllegalArgumentException("met-from is over 0 and at most 1: " + metFrom);
    }
  }
}
