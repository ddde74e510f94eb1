package io.feedrate.collector.store;

/**
 * A state of the engine to go on from.
 *
 * @param position journal position of the last record that it contains
 * @param format layout of the state, {@link io.feedrate.kpi.Snapshot#FORMAT} of who wrote it
 * @param registerHash of the register in force, "" before the first
 * @param registerJson its canonical text
 * @param state the engine's snapshot; not to be changed
 * @param rows how many were computed up to there
 * @param timeNs journal time
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Checkpoint(
    long position,
    int format,
    String registerHash,
    String registerJson,
    byte[] state,
    RowCounts rows,
    long timeNs) {}
