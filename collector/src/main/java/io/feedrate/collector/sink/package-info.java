/** sink. */
@NullMarked
package io.feedrate.collector.sink;

import org.jspecify.annotations.NullMarked;
