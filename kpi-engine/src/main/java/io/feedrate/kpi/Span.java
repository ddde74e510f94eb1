package io.feedrate.kpi;

/** What a result's window is. Names are stored. */
public enum Span {
  /** The base windows: minutes for assets, hours for signals, as the register says. */
  WINDOW,
  /** A shift of the calendar: the sum of its base windows. */
  SHIFT,
  /** A local day of the calendar: the sum of its base windows. */
  DAY
}
