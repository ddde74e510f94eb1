package io.feedrate.kpi.slot;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;

/**
 * What samples left on the slots that are not settled yet: per signal a ring with one byte a slot,
 * the best outcome so far in its lower half and the class of the slot's last value in its upper.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction.
 */
final class SlotMarks {

  /** The longest time between two ticks that the rings are made for. */
  private static final long MAX_TICK_GAP_NS = 5_000_000_000L;

  private static final int GOOD_MARK = Outcome.GOOD.ordinal() + 1;
  private static final int GOOD_LATE_MARK = Outcome.GOOD_LATE.ordinal() + 1;

  private static final int MAX_SLOTS = 1 << 24;

  /** The most slots of all signals together, one byte each. */
  private static final int MAX_ALL = 1 << 30;

  private final int[] start;
  private final int[] mask;
  private final byte[] marks;

  SlotMarks(Register register) {
    int signals = register.signals().size();
    start = new int[signals];
    mask = new int[signals];
    int size = 0;
    for (Signal s : register.signals()) {
      int capacity = capacity(s, register.latenessNs(s.link()));
      start[s.id()] = size;
      mask[s.id()] = capacity - 1;
      size += capacity;
    }
    marks = new byte[size(register)];
  }

  /**
   * How many slots can be open at a time under a register.
   *
   * @throws IllegalArgumentException if they are too many
   */
  static int size(Register register) {
    long size = 0;
    long latenessNs = 0;
    for (Signal s : register.signals()) {
      size += capacity(s, register.latenessNs(s.link()));
      latenessNs = Math.max(latenessNs, register.latenessNs(s.link()));
    }
    if (size > MAX_ALL) {
      throw new IllegalArgumentException(
          "the lateness of %d s keeps %d slots of %d signals open, at most %d can be: shorten it"
              .formatted(latenessNs / 1_000_000_000L, size, register.signals().size(), MAX_ALL));
    }
    return (int) size;
  }

  private static int capacity(Signal s, long latenessNs) {
    long slots = (latenessNs + MAX_TICK_GAP_NS + s.clockToleranceNs()) / s.periodNs() + 3;
    if (slots > MAX_SLOTS) {
      throw new IllegalArgumentException(
          "period of " + s.path() + " is too short for the lateness");
    }
    return Integer.highestOneBit((int) slots - 1) << 1;
  }

  /** How many slots of a signal can be marked at a time. */
  int capacity(int signal) {
    return mask[signal] + 1;
  }

  private int at(int signal, long slot) {
    return start[signal] + (int) (slot & mask[signal]);
  }

  /** Leaves an outcome on a slot; the best one stays. */
  void mark(int signal, long slot, Outcome outcome) {
    int at = at(signal, slot);
    int best = marks[at] & 0xF;
    int mark = outcome.ordinal() + 1;
    marks[at] = (byte) ((marks[at] & 0xF0) | (best == 0 ? mark : Math.min(best, mark)));
  }

  /** A good value newer than all before leaves its mark, in time or late. */
  void markNewestGood(int signal, long slot, boolean inTime) {
    int at = at(signal, slot);
    int best = marks[at] & 0xF;
    int mark = inTime || best == GOOD_MARK ? GOOD_MARK : GOOD_LATE_MARK;
    marks[at] = (byte) (Worth.GOOD << 4 | mark);
  }

  /** Takes what a slot has if that is good values in time and nothing else. */
  boolean takeIfGood(int signal, long slot) {
    int at = at(signal, slot);
    boolean good = marks[at] == (Worth.GOOD << 4 | GOOD_MARK);
    if (good) {
      marks[at] = 0;
    }
    return good;
  }

  /** Leaves an outcome on a slot that has none. */
  void markIfUnmarked(int signal, long slot, Outcome outcome) {
    if ((marks[at(signal, slot)] & 0xF) == 0) {
      mark(signal, slot, outcome);
    }
  }

  /** Notes what the last value of a slot was worth. */
  void setLast(int signal, long slot, int valueClass) {
    int at = at(signal, slot);
    marks[at] = (byte) ((marks[at] & 0xF) | (valueClass << 4));
  }

  /** What a slot has. */
  byte get(int signal, long slot) {
    return marks[at(signal, slot)];
  }

  /** What a slot has; its place is free for a later one. */
  byte take(int signal, long slot) {
    int at = at(signal, slot);
    byte mark = marks[at];
    marks[at] = 0;
    return mark;
  }

  /** Ordinal of the best outcome in a mark, or -1. */
  static int best(byte mark) {
    return (mark & 0xF) - 1;
  }

  /** Class of the last value in a mark, or 0. */
  static int last(byte mark) {
    return mark >>> 4;
  }

  /** Takes over the marks of a signal from a slot on. */
  void copyFrom(SlotMarks old, int from, int to, long firstSlot) {
    int slots = Math.min(old.mask[from], mask[to]) + 1;
    for (long slot = firstSlot; slot < firstSlot + slots; slot++) {
      marks[at(to, slot)] = old.get(from, slot);
    }
  }

  void write(Snapshot.Writer out) {
    out.putBytes(marks);
  }

  void read(Snapshot.Reader in) {
    in.getBytes(marks);
  }
}
