/** collector. */
@NullMarked
package io.feedrate.collector;

import org.jspecify.annotations.NullMarked;
