/**
 * KPIs of the dimension Human-Machine Collaboration: alarms, advice, who is in control, who may do
 * what, and what becomes of corrections. One operator position is one line.
 *
 * <p>What has a beginning and an end (an alarm and its acknowledgement, an advice and its decision)
 * is brought together by {@link io.feedrate.kpi.collaboration.Pairing} and reported as an episode:
 * waiting times are estimated over episodes, so that what is still open is not forgotten. All alarm
 * KPIs share one meter, {@link io.feedrate.kpi.collaboration.Alarms}, which knows each alarm's
 * latest raises and clears. The same event again changes nothing; what counts are the times at the
 * source, not the order of arrival.
 *
 * <p>Two of the usual alarm figures are missing. The contribution of the ten most frequent alarms
 * does not add: the ten of a day are not those of its hours, so it cannot be merged from counts per
 * window. The mix of priorities needs a priority, which alarm events do not carry.
 */
@NullMarked
package io.feedrate.kpi.collaboration;

import org.jspecify.annotations.NullMarked;
