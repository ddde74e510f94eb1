/** Inference availability and latency. */
@NullMarked
package io.feedrate.kpi.latency;

import org.jspecify.annotations.NullMarked;
