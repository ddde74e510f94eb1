package io.feedrate.kpi.maturity;

/**
 * What the evidence says of one indicator.
 *
 * @param state what is known
 * @param degree how far it is satisfied, between 0 and 1; undefined where not applicable
 * @param reason why, for programs
 * @param explanation why, in an English sentence
 */
public record Verdict(IndicatorState state, Interval degree, Reason reason, String explanation) {}
