/** One half of a package cycle. */
@NullMarked
package io.feedrate.kpi.violations.hen;

import org.jspecify.annotations.NullMarked;
