package io.feedrate.collector.store;

/**
 * A leaf of the log.
 *
 * @param index from 0
 * @param rowId id of the row in the table of its kind
 * @param hash not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LeafRow(long index, LeafKind kind, long rowId, byte[] hash) {}
