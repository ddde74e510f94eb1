/**
 * The maturity assessment: a {@link io.feedrate.kpi.maturity.Profile} (a maturity model as data)
 * and {@link io.feedrate.kpi.maturity.Evidence} (figures, documents, declarations) give an {@link
 * io.feedrate.kpi.maturity.Assessment}. A pure function; nothing here reads a file or a clock.
 *
 * <p>Rules, all of this project unless a profile says otherwise:
 *
 * <ol>
 *   <li>A measured indicator is judged on the conservative bound of its figure, into one of four
 *       {@link io.feedrate.kpi.maturity.Degree}s.
 *   <li>What is not known is not dropped and not zero: it is the interval from 0 to 1, so a score
 *       is an interval too. More evidence can only narrow it.
 *   <li>Only an approved declaration takes an indicator out of the weights. Telemetry that had
 *       nothing to measure does not: it is missing evidence.
 *   <li>A document proves nothing by itself. It is declared, and scores by a human's review.
 *   <li>A level is a range: one level only where both ends of the score give the same.
 *   <li>Dimensions do not make up for each other: the overall level is that of the weakest one,
 *       unless the profile's model says otherwise.
 * </ol>
 *
 * <p>Scores are rounded to nine decimals before they are compared with a limit, so that 0.8
 * computed from three thirds is 0.8.
 */
@NullMarked
package io.feedrate.kpi.maturity;

import org.jspecify.annotations.NullMarked;
