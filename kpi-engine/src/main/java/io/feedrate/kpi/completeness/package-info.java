/**
 * Sensor data completeness: slots, outcomes, exclusions, and the ratios computed from them. The
 * rules of who gets which outcome stand at {@link io.feedrate.kpi.completeness.SlotTracker}.
 */
@NullMarked
package io.feedrate.kpi.completeness;

import org.jspecify.annotations.NullMarked;
