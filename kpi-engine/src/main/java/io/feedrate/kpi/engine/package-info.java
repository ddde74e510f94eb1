/** The engine that drives all trackers, and the catalogue of KPIs. */
@NullMarked
package io.feedrate.kpi.engine;

import org.jspecify.annotations.NullMarked;
