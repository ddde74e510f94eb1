/**
 * What is known about the liveness of links over time, and source availability computed from it.
 */
@NullMarked
package io.feedrate.kpi.link;

import org.jspecify.annotations.NullMarked;
