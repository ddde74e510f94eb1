/**
 * Windows in event time: base counts and histograms per subject, closed by watermarks, merged to
 * shifts and days, and revised by what comes late. A {@link io.feedrate.kpi.window.Tally} counts;
 * {@link io.feedrate.kpi.window.Windows} closes and reports.
 */
@NullMarked
package io.feedrate.kpi.window;

import org.jspecify.annotations.NullMarked;
