/** adapter.opcua. */
@NullMarked
package io.feedrate.collector.adapter.opcua;

import org.jspecify.annotations.NullMarked;
