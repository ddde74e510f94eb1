package io.feedrate.kpi.slot;

/**
 * For which slots an unchanged value was known too late. A good value that is told after its slot
 * was due is carried as {@link Worth#GOOD_BUT_LATE}, up to a note in the marks, {@link
 * Worth#IN_TIME}, on the last slot that was due before it was told: from there on it is good.
 *
 * <p>Notes of values that were told earlier stand earlier. Those that lie between a value and the
 * next one after it would end its lateness too soon, so they are taken away when it comes.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: once, for the first such value. <b>Time</b>:
 * constant for values that come in order, as a back-fill does; else up to the open slots of a
 * signal.
 */
final class LateValues {
  private final SlotStates states;

  // Between these two slots of a signal there is known to be neither a note nor a good last value:
  // whatever is
  // told in time belongs to a later slot. Not part of any state: it only saves looking again.
  private long[] emptyFrom = {};
  private long[] emptyTo = {};

  LateValues(SlotStates states) {
    this.states = states;
  }

  /**
   * What a value is {@link Worth} for the slots after one, of which it is the last value.
   *
   * @param slot its own, or the last that is settled if that is later
   */
  int worthAfter(int signal, long slot, long receivedNs, int worth) {
    Requirement required = states.required[signal];
    long lateNs = receivedNs - required.dueNs(slot);
    if (lateNs <= 0 || !required.isOnChange()) {
      return worth;
    }
    return worthUntil(signal, slot, slot + (lateNs - 1) / required.periodNs(), worth);
  }

  /** The same, where another slot was the last that was due before the value came. */
  private int worthUntil(int signal, long slot, long last, int worth) {
    if (worth != Worth.GOOD || last == slot) {
      return worth;
    }
    if (emptyFrom.length == 0) { // most plants have no such values
      emptyFrom = new long[states.signals()];
      emptyTo = new long[states.signals()];
    }
    boolean known = emptyFrom[signal] <= slot && slot < emptyTo[signal];
    long next = known ? emptyTo[signal] : slot + 1;
    while (next < last && isFree(signal, next)) {
      states.markLast(signal, next, Worth.NONE);
      next++;
    }
    if (next == last && isFree(signal, last)) {
      states.markLast(signal, last, Worth.IN_TIME);
    }
    emptyFrom[signal] = slot;
    emptyTo[signal] = next;
    return Worth.GOOD_BUT_LATE;
  }

  private boolean isFree(int signal, long slot) {
    int last = Mark.last(states.mark(signal, slot));
    return last == Worth.NONE || last == Worth.IN_TIME;
  }

  /** What is carried after a slot with a mark. */
  static byte carry(byte carried, byte mark) {
    int last = Mark.last(mark);
    if (last == Worth.NONE) {
      return carried;
    }
    return last == Worth.IN_TIME ? inTime(carried) : (byte) last;
  }

  /** What is carried is worth the same, known in time. */
  static byte inTime(byte carried) {
    return carried == Worth.GOOD_BUT_LATE ? Worth.GOOD : carried;
  }
}
