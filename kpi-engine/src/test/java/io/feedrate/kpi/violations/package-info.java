/** Classes that each break one rule of the architecture, to show that the rule bites. */
@NullMarked
package io.feedrate.kpi.violations;

import org.jspecify.annotations.NullMarked;
