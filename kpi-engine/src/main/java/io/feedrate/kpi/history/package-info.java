/**
 * What was decided about the past, for as long as it can be revised: {@link
 * io.feedrate.kpi.history.OutcomeRuns} remembers the outcome of every settled slot in a few bytes,
 * because most of them are alike.
 */
@NullMarked
package io.feedrate.kpi.history;

import org.jspecify.annotations.NullMarked;
