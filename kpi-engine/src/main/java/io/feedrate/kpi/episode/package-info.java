/**
 * What began and waits for its end: alarms for their acknowledgement, advice for a decision. {@link
 * io.feedrate.kpi.episode.Episodes} follows them; the estimate over them does not forget the ones
 * still open.
 */
@NullMarked
package io.feedrate.kpi.episode;

import org.jspecify.annotations.NullMarked;
