/** simulator. */
@NullMarked
package io.feedrate.simulator;

import org.jspecify.annotations.NullMarked;
