package io.feedrate.collector.config;

import java.time.Duration;

/**
 * What an adapter must know of one signal of its source.
 *
 * @param signal id in the register
 * @param path signal path, for messages
 * @param address OPC UA node id, or key in the MQTT payload
 * @param sampling requested sampling interval
 * @param text whether its values are texts
 */
public record SignalAddress(
    int signal, String path, String address, Duration sampling, boolean text) {}
