package io.feedrate.kpi;

/** What happened to a recommendation to an operator. Ordinals are journaled: append only. */
public enum AdviceEvent {
  SHOWN,
  ACCEPTED,
  OVERRIDDEN,
  EXPIRED
}
