/** KPIs of the dimension Human-Machine Collaboration: alarms, advice and who is in control. */
@NullMarked
package io.feedrate.kpi.collaboration;

import org.jspecify.annotations.NullMarked;
