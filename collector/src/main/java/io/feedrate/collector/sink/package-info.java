/**
 * Sinks take results somewhere else. A sink runs on its own thread with its own cursor into the
 * store's {@link io.feedrate.collector.sink.ResultFeed}, so an outage of its target delays it and
 * loses nothing, and neither the engine nor another sink notices.
 */
@NullMarked
package io.feedrate.collector.sink;

import org.jspecify.annotations.NullMarked;
