/** The gateway program. {@link io.feedrate.collector.Collector} is the only class that wires. */
@NullMarked
package io.feedrate.collector;

import org.jspecify.annotations.NullMarked;
