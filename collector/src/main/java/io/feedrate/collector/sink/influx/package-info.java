/**
 * Results as InfluxDB line protocol, to InfluxDB 2 or anything that speaks its write API.
 *
 * <p>{@link io.feedrate.collector.sink.influx.InfluxSink} batches and retries by itself on one
 * thread over the client's blocking writer: the client's own asynchronous writer drops points when
 * windows of many assets close at once. What a point looks like says {@link
 * io.feedrate.collector.sink.influx.LineProtocol}.
 */
@NullMarked
package io.feedrate.collector.sink.influx;

import org.jspecify.annotations.NullMarked;
