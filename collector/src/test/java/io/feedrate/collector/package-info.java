/** What tests of the collector share. */
@NullMarked
package io.feedrate.collector;

import org.jspecify.annotations.NullMarked;
