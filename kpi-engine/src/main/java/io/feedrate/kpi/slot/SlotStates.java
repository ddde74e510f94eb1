package io.feedrate.kpi.slot;

import io.feedrate.kpi.Register;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import java.util.Arrays;

/**
 * Where each signal is: which of its slots are settled, what samples left on those that are not,
 * and what its last value was worth. Whoever places samples and whoever settles slots share it.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction.
 */
final class SlotStates {
  final Requirement[] required;
  final int[] link;
  final SlotMarks marks;

  /** Before this slot nothing was required. */
  final long[] firstSlot;

  /** The first slot that is not settled. */
  final long[] nextSlot;

  /** What the last value was {@link Worth} where the first slot begins that is not settled. */
  final byte[] carried;

  /** Time of the newest value, or {@link Sample#NO_TIME}. */
  final long[] lastTimeNs;

  /** When the first value came in the session in which the last one came. */
  final long[] knownSinceNs;

  SlotStates(Register register, long fromNs) {
    int signals = register.signals().size();
    required = Requirement.of(register);
    link = register.signals().stream().mapToInt(Signal::link).toArray();
    marks = new SlotMarks(register);
    firstSlot = Arrays.stream(required).mapToLong(r -> r.slotFrom(fromNs)).toArray();
    nextSlot = firstSlot.clone();
    carried = new byte[signals];
    lastTimeNs = new long[signals];
    knownSinceNs = new long[signals];
    Arrays.fill(lastTimeNs, Sample.NO_TIME);
    Arrays.fill(knownSinceNs, Sample.NO_TIME);
  }

  int signals() {
    return required.length;
  }

  /** Whether a slot can be marked: it is not settled, and there is room for its mark. */
  boolean isOpen(int signal, long slot) {
    long ahead = slot - nextSlot[signal];
    return ahead >= 0 && ahead < marks.capacity(signal);
  }

  /** From this time on this is what the last value is worth. */
  void setLast(int signal, long timeNs, int worth) {
    long slot = required[signal].slotOf(timeNs);
    if (slot >= nextSlot[signal]) {
      marks.setLast(signal, slot, worth);
    } else {
      carried[signal] = (byte) worth;
    }
  }

  void copyValue(SlotStates old, int from, int to) {
    lastTimeNs[to] = old.lastTimeNs[from];
    carried[to] = old.carried[from];
    knownSinceNs[to] = old.knownSinceNs[from];
  }

  /** Goes on with the same slots. */
  void copySlots(SlotStates old, int from, int to) {
    firstSlot[to] = old.firstSlot[from];
    nextSlot[to] = old.nextSlot[from];
    marks.copyFrom(old.marks, from, to, nextSlot[to]);
  }

  void write(Snapshot.Writer out) {
    out.putLongs(firstSlot);
    out.putLongs(nextSlot);
    out.putLongs(lastTimeNs);
    out.putBytes(carried);
    out.putLongs(knownSinceNs);
    marks.write(out);
  }

  void read(Snapshot.Reader in) {
    in.getLongs(firstSlot);
    in.getLongs(nextSlot);
    in.getLongs(lastTimeNs);
    in.getBytes(carried);
    in.getLongs(knownSinceNs);
    marks.read(in);
  }
}
