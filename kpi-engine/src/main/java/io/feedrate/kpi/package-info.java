/** kpi. */
@NullMarked
package io.feedrate.kpi;

import org.jspecify.annotations.NullMarked;
