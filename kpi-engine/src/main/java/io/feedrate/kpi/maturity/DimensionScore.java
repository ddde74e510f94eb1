package io.feedrate.kpi.maturity;

import java.util.List;

/**
 * A dimension, or a part of one, in an assessment.
 *
 * @param dimension what was asked for
 * @param score from 0 to {@link Profile#maxScore()}
 * @param level what the score allows, mandatory indicators included
 * @param coverage what decides it
 * @param parts its parts
 * @param indicators all indicators below it; their shares are of this dimension
 */
public record DimensionScore(
    Dimension dimension,
    Interval score,
    LevelRange level,
    Coverage coverage,
    List<DimensionScore> parts,
    List<IndicatorScore> indicators) {

  public DimensionScore {
    parts = List.copyOf(parts);
    indicators = List.copyOf(indicators);
  }
}
