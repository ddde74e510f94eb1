/** adapter. */
@NullMarked
package io.feedrate.collector.adapter;

import org.jspecify.annotations.NullMarked;
