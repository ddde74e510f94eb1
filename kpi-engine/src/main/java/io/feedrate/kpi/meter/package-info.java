/**
 * What a KPI's own code is made of: a {@link io.feedrate.kpi.meter.Meter} hears what happens and
 * counts it into tallies; everything about windows, merging, revisions and snapshots of tallies is
 * done for it.
 */
@NullMarked
package io.feedrate.kpi.meter;

import org.jspecify.annotations.NullMarked;
