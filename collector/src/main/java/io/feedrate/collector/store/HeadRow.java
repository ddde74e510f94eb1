package io.feedrate.collector.store;

/** A signed head: how many leaves, the note as it was signed, when by the collector's clock. */
public record HeadRow(long size, String note, long signedNs) {}
