/** cli. */
@NullMarked
package io.feedrate.collector.cli;

import org.jspecify.annotations.NullMarked;
