/** KPIs of the dimension Model Capability: how models reach the machines and how they serve. */
@NullMarked
package io.feedrate.kpi.capability;

import org.jspecify.annotations.NullMarked;
