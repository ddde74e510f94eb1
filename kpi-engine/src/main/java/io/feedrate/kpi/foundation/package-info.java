/** KPIs of the dimension Data Foundation: is the data there, in time, good and understood. */
@NullMarked
package io.feedrate.kpi.foundation;

import org.jspecify.annotations.NullMarked;
