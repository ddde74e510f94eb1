/**
 * Slots, their outcomes and exclusions: the machinery of completeness. The rules of who gets which
 * outcome stand at {@link io.feedrate.kpi.slot.SlotTracker}.
 */
@NullMarked
package io.feedrate.kpi.slot;

import org.jspecify.annotations.NullMarked;
