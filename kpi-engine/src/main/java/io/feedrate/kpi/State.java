package io.feedrate.kpi;

/** What a figure is worth. */
public enum State {
  /** Measured, with enough evidence. */
  MEASURED,
  /** Something was due, but what is known of it does not carry a figure. */
  INSUFFICIENT_EVIDENCE,
  /** Nothing was due: the denominator is 0. */
  NOT_APPLICABLE
}
