package io.feedrate.kpi.slot;

import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.util.HashMap;
import java.util.Map;

/**
 * What is required of a signal's values. Most signals of a plant have one of a few requirements, so
 * equal ones are one object: it stays in the processor's cache, and telling whether two signals are
 * alike takes one comparison.
 *
 * @param toleranceNs how far the source's clock may be off
 * @param latenessNs how long late values of its link are waited for
 * @param hasRange whether values can be out of range
 * @param hasRole whether anybody wants its values, see {@link Readings}
 */
record Requirement(
    SignalMode mode,
    long periodNs,
    long deadlineNs,
    long toleranceNs,
    long latenessNs,
    double min,
    double max,
    boolean hasRange,
    boolean hasRole) {

  /** Those of a register's signals, by id. */
  static Requirement[] of(Register register) {
    Map<Requirement, Requirement> known = new HashMap<>();
    return register.signals().stream()
        .map(s -> of(s, register.latenessNs(s.link())))
        .map(r -> known.computeIfAbsent(r, its -> its))
        .toArray(Requirement[]::new);
  }

  private static Requirement of(Signal s, long latenessNs) {
    return new Requirement(
        s.mode(),
        s.periodNs(),
        s.deadlineNs(),
        s.clockToleranceNs(),
        latenessNs,
        s.min(),
        s.max(),
        s.hasRange(),
        s.role() != Role.NONE);
  }

  /** The slot that holds a time; all before it have ended by then. */
  long slotOf(long timeNs) {
    return Math.floorDiv(timeNs, periodNs);
  }

  /** The first slot that begins at a time or later. */
  long slotFrom(long timeNs) {
    return -Math.floorDiv(-timeNs, periodNs);
  }

  /** Until when a value of a slot is in time. */
  long dueNs(long slot) {
    return (slot + 1) * periodNs + deadlineNs;
  }

  boolean isInRange(double value) {
    return value >= min && value <= max;
  }

  boolean isPeriodic() {
    return mode == SignalMode.PERIODIC;
  }

  boolean isOnChange() {
    return mode == SignalMode.ON_CHANGE;
  }

  /** Whether its slots get outcomes. */
  boolean hasSlots() {
    return mode != SignalMode.EVENT;
  }
}
