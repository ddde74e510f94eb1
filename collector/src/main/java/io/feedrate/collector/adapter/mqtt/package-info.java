/**
 * Reads nodes over MQTT 5 or 3.1.1, as config/contract/README.md asks them to publish. {@link
 * io.feedrate.collector.adapter.mqtt.MqttAdapter} keeps one connection per broker and routes
 * messages by topic to the {@code SourceLink} of their source; a decoder per kind of message turns
 * bytes into calls, {@code Liveness} turns heartbeats and sequence numbers into link records, and
 * what the journal has taken is acknowledged to the broker. Client libraries stay behind {@code
 * MqttConnection}.
 */
@NullMarked
package io.feedrate.collector.adapter.mqtt;

import org.jspecify.annotations.NullMarked;
