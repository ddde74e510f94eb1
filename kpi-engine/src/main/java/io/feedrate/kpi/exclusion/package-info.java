/** What is out of scope, by an independent source: never because data is missing. */
@NullMarked
package io.feedrate.kpi.exclusion;

import org.jspecify.annotations.NullMarked;
