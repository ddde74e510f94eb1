package io.feedrate.collector.journal;

import io.feedrate.kpi.InferenceMode;

/**
 * One inference result as the node told it; texts are "" and times {@link
 * io.feedrate.kpi.Sample#NO_TIME} where not told.
 *
 * @param node path of the asset in the register
 * @param latencyNs how long it took, negative where not told
 * @param score confidence, NaN where not told
 * @param actionable whether the controller is expected to act on it
 */
public record InferenceRecord(
    String node,
    String model,
    String version,
    String digest,
    InferenceMode mode,
    boolean ok,
    long inputNs,
    long inferenceNs,
    long latencyNs,
    double score,
    boolean actionable,
    String inferenceId,
    String decision,
    String part) {}
