/** Tests of the engine. */
@NullMarked
package io.feedrate.collector.engine;

import org.jspecify.annotations.NullMarked;
