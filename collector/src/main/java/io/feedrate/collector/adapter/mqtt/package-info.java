/** adapter.mqtt. */
@NullMarked
package io.feedrate.collector.adapter.mqtt;

import org.jspecify.annotations.NullMarked;
