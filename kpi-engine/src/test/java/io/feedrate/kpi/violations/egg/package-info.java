/** One half of a package cycle. */
@NullMarked
package io.feedrate.kpi.violations.egg;

import org.jspecify.annotations.NullMarked;
