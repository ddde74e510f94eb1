package io.feedrate.kpi.maturity;

/**
 * How much of the applicable weight each kind of evidence decides. The five shares add up to 1, or
 * are all NaN where nothing is applicable.
 *
 * @param measured decided on telemetry: the evidence coverage
 * @param reviewed decided by a human who read a document
 * @param declared document attached, nobody reviewed it
 * @param notImplemented declared as not there
 * @param missing not enough evidence
 */
public record Coverage(
    double measured, double reviewed, double declared, double notImplemented, double missing) {}
