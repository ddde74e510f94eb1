package io.feedrate.kpi;

/**
 * A model version reached a stage on a node.
 *
 * @param asset register index of the node, or -1 where the register does not have it
 * @param node id of the node's name; model, version and digest are ids of {@link Names} as well
 * @param eventNs when, by the clock of who reports
 * @param notBeforeNs since when it may have been, where the state was polled; else {@code eventNs}
 * @param receivedNs when the collector learned of it
 */
public record ModelEvent(
    int asset,
    int node,
    int model,
    int version,
    int digest,
    ModelStage stage,
    long eventNs,
    long notBeforeNs,
    long receivedNs) {}
