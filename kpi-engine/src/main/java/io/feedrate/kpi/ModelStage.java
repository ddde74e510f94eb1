package io.feedrate.kpi;

/**
 * Canonical stages of a model update, per target (node, model, version). The clock of the update
 * latency starts at {@link #APPROVED} and stops at the first production inference, which is not a
 * reported stage: "ready" is not "served". Ordinals are journaled: append only.
 */
public enum ModelStage {
  REGISTERED,
  APPROVED,
  ANNOUNCED,
  DOWNLOADING,
  DOWNLOADED,
  VERIFIED,
  LOADING,
  LOADED,
  DRAINED,
  CONFIRMED,
  FAILED,
  REJECTED,
  CANCELLED,
  ROLLED_BACK,
  NODE_RETIRED,
  /** The version was seen serving by polling; {@code notBeforeNs} tells since when it may have. */
  SERVING,
  /** The version is on the node, verified, and can be put back without a download. */
  FALLBACK_READY,
  /** It cannot any more. */
  FALLBACK_LOST
}
