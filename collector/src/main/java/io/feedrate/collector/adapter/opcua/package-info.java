/**
 * Reads OPC UA servers: one session and one subscription per source, by Eclipse Milo.
 *
 * <p>{@code OpcUaAdapter} owns one source and decides; {@code Connection} is one client with its
 * session and lasts until it cannot be mended; {@code ServerSubscription} is one subscription with
 * its items and is never used again after it failed, for Milo re-creates nothing by itself. {@code
 * SampleDecoder} is the hot path, {@code LinkRecorder} turns what happens into link records, {@code
 * ClientFactory} and {@code OpcUaShared} hold what Milo wants configured.
 *
 * <p>Threads: Milo's executor calls listeners (data and keep-alives of a subscription in order, one
 * at a time); the shared scheduler calls {@code watch}, which never blocks; whatever waits for a
 * server runs on the adapter's own control thread, so a frozen server holds up nobody else.
 *
 * <p>References are to OPC 10000-4 (Services) and 10000-6 (Mappings).
 */
@NullMarked
package io.feedrate.collector.adapter.opcua;

import org.jspecify.annotations.NullMarked;
