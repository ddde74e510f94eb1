package io.feedrate.kpi;

/** How a signal is required to update. */
public enum SignalMode {
  /** A value in every period, changed or not. */
  PERIODIC,
  /**
   * A value when it changes; an unchanged good value is credited while the link is proven alive.
   */
  ON_CHANGE,
  /** Values at no required time: journaled and forwarded, but without slots. */
  EVENT
}
