/** Tests of the store. */
@NullMarked
package io.feedrate.collector.store;

import org.jspecify.annotations.NullMarked;
