/**
 * What began and waits for its end, and how long that takes when not all of them have ended. {@link
 * io.feedrate.kpi.episode.Episodes} follows what is open. One {@link io.feedrate.kpi.episode.Spell}
 * is one thing that was watched from some age to some age; an {@link
 * io.feedrate.kpi.episode.Incidence} over many gives the share that had the event by an age, its
 * quantiles and how far they can be trusted. Spells that are still open, that ended otherwise, that
 * were watched from a later age on, or whose end is only known to lie between two polls all count
 * as what they are; none is left out and none is taken for something else. The order of the spells
 * never matters: the same spells give the same bits.
 */
@NullMarked
package io.feedrate.kpi.episode;

import org.jspecify.annotations.NullMarked;
