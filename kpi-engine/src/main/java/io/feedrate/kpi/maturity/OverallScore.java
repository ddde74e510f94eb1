package io.feedrate.kpi.maturity;

/**
 * All dimensions together. The weakest and the mean stand side by side, so that a mean never hides
 * a weak dimension.
 *
 * @param minimum score of the weakest dimension
 * @param weightedMean mean over the dimensions by their weights
 * @param level by the rule of {@link Scoring#overall()}
 * @param coverage over all dimensions
 */
public record OverallScore(
    Interval minimum, Interval weightedMean, LevelRange level, Coverage coverage) {}
