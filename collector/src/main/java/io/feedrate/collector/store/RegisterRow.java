package io.feedrate.collector.store;

/** A register that came into force at {@code sinceNs}, with its canonical JSON text. */
public record RegisterRow(String hash, String json, long sinceNs) {}
