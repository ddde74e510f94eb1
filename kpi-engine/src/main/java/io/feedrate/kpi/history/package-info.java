/**
 * What was decided about the past, for as long as it can be revised: {@link
 * io.feedrate.kpi.history.OutcomeRuns} remembers the outcome of every settled slot, and of most of
 * them nothing, because they are alike. What is left are runs of slots: coded into two bytes or a
 * few more ({@link io.feedrate.kpi.history.RunChunks}, read by {@link
 * io.feedrate.kpi.history.RunWalk}), in a ring of chunks for each subject ({@link
 * io.feedrate.kpi.history.RunRings}), and changed a chunk or two at a time ({@link
 * io.feedrate.kpi.history.RunEdit}).
 */
@NullMarked
package io.feedrate.kpi.history;

import org.jspecify.annotations.NullMarked;
