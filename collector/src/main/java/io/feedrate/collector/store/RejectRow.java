package io.feedrate.collector.store;

import io.feedrate.collector.journal.RejectCause;

/**
 * Something received that could not be understood.
 *
 * @param link the link that it came over, or -1
 * @param size bytes of the whole payload
 * @param origin topic or node id
 * @param payload its first bytes; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RejectRow(
    long receivedNs,
    int link,
    RejectCause cause,
    long size,
    String origin,
    String detail,
    byte[] payload) {}
