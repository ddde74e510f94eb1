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
 * @param openSlots how many slots can be open at a time
 * @param hasRange whether values can be out of range
 * @param hasRole whether anybody wants its values, see {@link Readings}
 */
record Requirement(
    SignalMode mode,
    long periodNs,
    long deadlineNs,
    long toleranceNs,
    long latenessNs,
    int openSlots,
    double min,
    double max,
    boolean hasRange,
    boolean hasRole) {

  /** The longest time between two ticks that there is room for. */
  private static final long MAX_TICK_GAP_NS = 5_000_000_000L;

  /** The most open slots of one signal. */
  private static final int MAX_SLOTS = 1 << 24;

  /** The most open slots of all signals together, one byte each. */
  private static final int MAX_ALL = 1 << 29;

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
        openSlots(s, latenessNs),
        finite(s.min()),
        finite(s.max()),
        s.hasRange(),
        s.role() != Role.NONE);
  }

  /** A range without a bound ends at the largest finite number: what is not finite is outside. */
  private static double finite(double bound) {
    return Math.max(-Double.MAX_VALUE, Math.min(bound, Double.MAX_VALUE));
  }

  private static int openSlots(Signal s, long latenessNs) {
    long slots = (latenessNs + MAX_TICK_GAP_NS + s.clockToleranceNs()) / s.periodNs() + 3;
    if (slots > MAX_SLOTS) {
      throw new IllegalArgumentException(
          "period of " + s.path() + " is too short for the lateness");
    }
    return (int) slots;
  }

  /**
   * Whether a register can be worked under.
   *
   * @throws IllegalArgumentException if too many slots would be open at a time
   */
  static void check(Register register) {
    long size = 0;
    long latenessNs = 0;
    for (Signal s : register.signals()) {
      size += openSlots(s, register.latenessNs(s.link()));
      latenessNs = Math.max(latenessNs, register.latenessNs(s.link()));
    }
    if (size > MAX_ALL) {
      throw new IllegalArgumentException(
          "the lateness of %d s keeps %d slots of %d signals open, at most %d can be: shorten it"
              .formatted(latenessNs / 1_000_000_000L, size, register.signals().size(), MAX_ALL));
    }
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

  /** Whether a value lies in its signal's range; what is not finite does not. */
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
