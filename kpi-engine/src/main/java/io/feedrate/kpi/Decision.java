package io.feedrate.kpi;

/** What an inference said of its part, as far as it can be compared with an inspection. */
public enum Decision {
  /** Nothing that could be compared. */
  NONE,
  GOOD,
  BAD
}
