package io.feedrate.kpi.slot;

import io.feedrate.kpi.Snapshot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Signals whose slots begin and are settled at the same times, and what samples left on those that
 * are not settled yet: a {@link Mark} for each, slot after slot and within a slot side by side, so
 * that eight neighbours are read at once when they are settled.
 *
 * <p>Samples mostly come for the slot of those before them. It is called the current one, and found
 * without dividing.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction. <b>Memory</b>: 5 B a
 * signal, and 1 B for each of its slots that can be open at a time.
 */
final class Cohort {

  /** So many signals are looked at together. */
  static final int BLOCK = Long.BYTES;

  private static final VarHandle BLOCKS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ALL_GOOD = Mark.GOOD * 0x0101010101010101L;

  private final Requirement required;
  private final int[] signals;
  private final int rows;
  private final int stride;
  private final byte[] marks;
  private final byte[] carried;
  private long nextSlot;
  private long currentFromNs = Long.MAX_VALUE;
  private int currentRow;

  /**
   * Nothing marked yet.
   *
   * @param required of all signals, as far as it says when their slots begin and are settled
   * @param signals in the order of their ids
   * @param nextSlot the first slot that is not settled
   */
  Cohort(Requirement required, int[] signals, long nextSlot) {
    this.required = required;
    this.signals = signals;
    this.nextSlot = nextSlot;
    rows = required.openSlots();
    stride = (signals.length + BLOCK - 1) / BLOCK * BLOCK;
    marks = new byte[rows * stride];
    carried = new byte[signals.length];
  }

  int size() {
    return signals.length;
  }

  /** The signal at a place. */
  int signal(int place) {
    return signals[place];
  }

  /** What says when slots begin and are settled. */
  Requirement required() {
    return required;
  }

  /** The first slot that is not settled. */
  long nextSlot() {
    return nextSlot;
  }

  /** The first slot that is not settled and has no place for a mark yet. */
  long endOfMarks() {
    return nextSlot + rows;
  }

  /** All before a slot are settled; their marks were taken. */
  void settled(long untilSlot) {
    nextSlot = untilSlot;
    currentFromNs = Long.MAX_VALUE;
  }

  /** Whether a slot can be marked: it is not settled, and there is room for its marks. */
  boolean isOpen(long slot) {
    return slot >= nextSlot && slot - nextSlot < rows;
  }

  private int row(long slot) {
    return Math.floorMod(slot, rows) * stride;
  }

  /** Makes the slot that holds a time the current one, if it is open. */
  boolean turnTo(long timeNs) {
    return (timeNs >= currentFromNs && timeNs - currentFromNs < required.periodNs())
        || turnToOther(timeNs);
  }

  private boolean turnToOther(long timeNs) {
    long slot = required.slotOf(timeNs);
    if (!isOpen(slot)) {
      return false;
    }
    currentFromNs = slot * required.periodNs();
    currentRow = row(slot);
    return true;
  }

  /** When the current slot ends. */
  long currentEndNs() {
    return currentFromNs + required.periodNs();
  }

  /** A good value newer than all before leaves its mark on the current slot, in time or late. */
  void markCurrentGood(int place, boolean inTime) {
    int at = currentRow + place;
    marks[at] = Mark.withNewestGood(marks[at], inTime);
  }

  byte mark(int place, long slot) {
    return marks[row(slot) + place];
  }

  void setMark(int place, long slot, byte mark) {
    marks[row(slot) + place] = mark;
  }

  /**
   * The first place from one on where a slot has not good values in time and nothing else; the end
   * of them if there is none.
   */
  int firstNotGood(long slot, int from) {
    int row = row(slot);
    int place = from;
    while (place < signals.length) {
      if (place % BLOCK == 0 && (long) BLOCKS.get(marks, row + place) == ALL_GOOD) {
        place += BLOCK;
      } else if (marks[row + place] == Mark.GOOD) {
        place++;
      } else {
        return place;
      }
    }
    return place;
  }

  /** The places of a slot's marks are free for a later one. */
  void clear(long slot) {
    int row = row(slot);
    Arrays.fill(marks, row, row + stride, Mark.NONE);
  }

  /** What the last value was {@link Worth} where the first slot begins that is not settled. */
  byte carried(int place) {
    return carried[place];
  }

  void carry(int place, int worth) {
    carried[place] = (byte) worth;
  }

  /** The same for all places from one to before another. */
  void carry(int from, int to, int worth) {
    Arrays.fill(carried, from, to, (byte) worth);
  }

  /** Writes the marks of a signal up to its last: most of what is open lies ahead. */
  void writeMarks(int place, Snapshot.Writer out) {
    int open = rows;
    while (open > 0 && mark(place, nextSlot + open - 1) == Mark.NONE) {
      open--;
    }
    out.putVarint(open);
    for (int i = 0; i < open; i++) {
      out.putByte(mark(place, nextSlot + i));
    }
  }

  void readMarks(int place, Snapshot.Reader in) {
    int open = in.getCount();
    for (int i = 0; i < open; i++) {
      setMark(place, nextSlot + i, in.getByte());
    }
  }
}
