package io.feedrate.kpi;

/** What became of an attempt to bring a model version to a node, as KPIs count it. */
public enum UpdateOutcome {
  /** First production inference; followed by {@link #ROLLED_BACK} or {@link #STABLE}. */
  SERVED,
  /** Failed or rejected, or rolled back before it served. */
  FAILED,
  /** Served, and rolled back within {@link Rules#soakNs()}. */
  ROLLED_BACK,
  /** Served, and not rolled back within {@link Rules#soakNs()}. */
  STABLE
}
