/** Tests of the OPC UA adapter; those that end in IT talk to a node-opcua server. */
@NullMarked
package io.feedrate.collector.adapter.opcua;

import org.jspecify.annotations.NullMarked;
