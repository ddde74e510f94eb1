/** A KPI that only tests have: what docs/extend.md shows. */
@NullMarked
package io.feedrate.kpi.example;

import org.jspecify.annotations.NullMarked;
