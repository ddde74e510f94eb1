/**
 * The KPI engine: everything that the journal says goes in through {@link
 * io.feedrate.kpi.engine.KpiEngine} as primitives, {@link io.feedrate.kpi.Result}s come out when
 * windows close.
 *
 * <p>Rules of this module: no I/O, no threads, no clock, no randomness. Time is an argument, in
 * epoch nanoseconds (suffix {@code Ns}). The same calls in the same order give bit-identical
 * results.
 */
@NullMarked
package io.feedrate.kpi;

import org.jspecify.annotations.NullMarked;
