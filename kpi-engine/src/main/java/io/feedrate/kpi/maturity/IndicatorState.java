package io.feedrate.kpi.maturity;

/** What is known of an indicator. */
public enum IndicatorState {
  /** Decided on telemetry. */
  MEASURED,
  /** It cannot be decided: the score is an interval. */
  INSUFFICIENT_EVIDENCE,
  /** Approved as not applicable: its weight is taken out. */
  NOT_APPLICABLE,
  /** Declared as missing: it counts 0. */
  NOT_IMPLEMENTED,
  /** A document is attached; it scores by a human's review only. */
  DECLARED
}
