package io.feedrate.kpi.slot;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.IntArrayList;

/**
 * Where the slots of each signal are: which are settled, what samples left on those that are not,
 * and what the last value before them was worth. Whoever places samples and whoever settles slots
 * share it.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction.
 */
final class SlotStates {
  final Requirement[] required;

  /** Before this slot nothing was required. */
  final long[] firstSlot;

  /** Whom each signal's slots are settled with. */
  final Cohort[] cohort;

  /** Which of them it is. */
  final int[] place;

  private Cohort[] cohorts = {};

  SlotStates(Register register, long fromNs) {
    required = Requirement.of(register);
    firstSlot = Arrays.stream(required).mapToLong(r -> r.slotFrom(fromNs)).toArray();
    cohort = new Cohort[required.length];
    place = new int[required.length];
    group(firstSlot);
  }

  /** What the signals of a cohort have in common. */
  private record Common(
      long periodNs, long latenessNs, int openSlots, boolean hasSlots, long next) {}

  /** Makes cohorts without marks, for signals whose first slots that are not settled are these. */
  private void group(long[] nextSlot) {
    Map<Common, IntArrayList> signals = new LinkedHashMap<>();
    for (int i = 0; i < required.length; i++) {
      Requirement r = required[i];
      var common =
          new Common(r.periodNs(), r.latenessNs(), r.openSlots(), r.hasSlots(), nextSlot[i]);
      signals.computeIfAbsent(common, its -> new IntArrayList()).addInt(i);
    }
    List<Cohort> all = new ArrayList<>();
    signals.forEach(
        (common, its) -> {
          var one = new Cohort(required[its.getInt(0)], its.toIntArray(), common.next);
          all.add(one);
          for (int p = 0; p < one.size(); p++) {
            cohort[one.signal(p)] = one;
            place[one.signal(p)] = p;
          }
        });
    cohorts = all.toArray(Cohort[]::new);
  }

  int signals() {
    return required.length;
  }

  /** All cohorts; each signal is in one. Not to be changed. */
  Cohort[] cohorts() {
    return cohorts;
  }

  /** The first slot of a signal that is not settled. */
  long nextSlot(int signal) {
    return cohort[signal].nextSlot();
  }

  byte mark(int signal, long slot) {
    return cohort[signal].mark(place[signal], slot);
  }

  void setMark(int signal, long slot, byte mark) {
    cohort[signal].setMark(place[signal], slot, mark);
  }

  /** Leaves an outcome on an open slot; the best one stays. */
  void mark(int signal, long slot, Outcome outcome) {
    setMark(signal, slot, Mark.with(mark(signal, slot), outcome));
  }

  /** Notes what the last value of an open slot was worth. */
  void markLast(int signal, long slot, int worth) {
    setMark(signal, slot, Mark.withLast(mark(signal, slot), worth));
  }

  byte carried(int signal) {
    return cohort[signal].carried(place[signal]);
  }

  void carry(int signal, int worth) {
    cohort[signal].carry(place[signal], worth);
  }

  /** From this time on this is what the last value is worth. */
  void setLast(int signal, long timeNs, int worth) {
    long slot = required[signal].slotOf(timeNs);
    if (slot >= nextSlot(signal)) {
      markLast(signal, slot, worth);
    } else {
      carry(signal, worth);
    }
  }

  /**
   * Goes on with the slots of another register where a signal has the same ones.
   *
   * @param oldSignal for each signal its id there, or -1
   */
  void copyFrom(SlotStates old, int[] oldSignal) {
    long[] nextSlot = firstSlot.clone();
    for (int i = 0; i < required.length; i++) {
      if (hasSameSlots(old, oldSignal[i], i)) {
        firstSlot[i] = old.firstSlot[oldSignal[i]];
        nextSlot[i] = old.nextSlot(oldSignal[i]);
      }
    }
    group(nextSlot);
    for (int i = 0; i < required.length; i++) {
      int from = oldSignal[i];
      if (hasSameSlots(old, from, i)) {
        carry(i, old.carried(from));
        long end = Math.min(old.cohort[from].endOfMarks(), cohort[i].endOfMarks());
        for (long slot = nextSlot[i]; slot < end; slot++) {
          setMark(i, slot, old.mark(from, slot));
        }
      } else if (from >= 0) {
        carry(i, LateValues.inTime(old.carried(from))); // it is for what is due later
      }
    }
  }

  /** Whether a signal goes on with the slots of one of another register. */
  boolean hasSameSlots(SlotStates old, int from, int to) {
    return from >= 0 && old.required[from].periodNs() == required[to].periodNs();
  }

  void write(Snapshot.Writer out) {
    out.putLongs(firstSlot);
    for (int i = 0; i < required.length; i++) {
      out.putVarint(nextSlot(i) - firstSlot[i]);
    }
    for (int i = 0; i < required.length; i++) {
      out.putByte(carried(i));
      cohort[i].writeMarks(place[i], out);
    }
  }

  void read(Snapshot.Reader in) {
    in.getLongs(firstSlot);
    long[] nextSlot = new long[required.length];
    for (int i = 0; i < required.length; i++) {
      nextSlot[i] = firstSlot[i] + in.getVarint();
    }
    group(nextSlot);
    for (int i = 0; i < required.length; i++) {
      carry(i, in.getByte());
      cohort[i].readMarks(place[i], in);
    }
  }
}
