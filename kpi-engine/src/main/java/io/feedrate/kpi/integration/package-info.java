/** KPIs of the dimension Production Line Integration: what is connected, and what it does there. */
@NullMarked
package io.feedrate.kpi.integration;

import org.jspecify.annotations.NullMarked;
