package io.feedrate.collector.store;

/**
 * A state of the engine to go on from.
 *
 * @param position journal position of the last record that it contains
 * @param registerHash of the register in force, "" before the first
 * @param registerJson its canonical text
 * @param state the engine's snapshot; not to be changed
 * @param results number of results computed up to there, which is also the id of the last one
 * @param modelUpdates the same for model update rows
 * @param timeNs journal time
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Checkpoint(
    long position,
    String registerHash,
    String registerJson,
    byte[] state,
    long results,
    long modelUpdates,
    long timeNs) {}
