package io.feedrate.kpi.slot;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.history.OutcomeRuns;
import io.feedrate.kpi.window.Windows;

/**
 * Slots that have their outcome: counted when they are settled, and counted otherwise when late
 * data or a late exclusion says so, as long as their windows can be revised and their outcome is
 * still known. Slots, windows and coverage change together or not at all.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 in steady state. <b>Bounds</b>: {@link
 * OutcomeRuns}.
 */
final class SettledSlots {
  private static final Outcome[] ALL = Outcome.values();
  private static final int EXCLUDED = Outcome.EXCLUDED.ordinal();
  private static final int LAST_USABLE = Outcome.UNCERTAIN.ordinal();

  private final OutcomeCounts counts;
  private final Windows windows;
  private final Windows signalWindows;
  private final SlotStates states;
  private final OutcomeRuns runs;

  /** Signals that had other slots before their first: the window of the change is not theirs. */
  private final boolean[] replaced;

  /** The states are the tracker's: they change as slots are settled. */
  SettledSlots(OutcomeCounts counts, Windows windows, Windows signalWindows, SlotStates states) {
    this.counts = counts;
    this.windows = windows;
    this.signalWindows = signalWindows;
    this.states = states;
    runs = new OutcomeRuns(states.signals(), this::periodNs, windows.windowNs());
    replaced = new boolean[states.signals()];
  }

  private long periodNs(int signal) {
    return states.required[signal].periodNs();
  }

  /** Settles slots of one outcome that end in one window. */
  void settle(int signal, long slot, int slots, Outcome outcome) {
    counts.add(signal, outcome, slots, (slot + slots) * periodNs(signal));
    runs.append(signal, slot, slots, outcome.ordinal());
  }

  /**
   * A late value was found for a settled slot.
   *
   * @return whether that can still count; if it is not better than what was there, it does not
   */
  Revised better(int signal, long slot, Outcome outcome) {
    runs.makeRoom();
    if (slot < firstRevisable(signal)) {
      return Revised.TOO_LATE;
    }
    int known = runs.get(signal, slot);
    if (known == EXCLUDED || known <= outcome.ordinal()) {
      return Revised.UNCHANGED;
    }
    change(signal, slot, slot + 1, outcome);
    return Revised.CHANGED;
  }

  /** What came of a late value. */
  enum Revised {
    TOO_LATE,
    UNCHANGED,
    CHANGED
  }

  /**
   * Takes all settled slots of some signals out of scope that lie wholly in an interval. It goes
   * window by window, so that not all of them must be laid open at a time.
   *
   * @return how many of the slots were settled too long ago
   */
  long exclude(int[] ofSignals, long fromNs, long toNs) {
    long left = 0;
    long sinceNs = Long.MAX_VALUE;
    long untilNs = Long.MIN_VALUE;
    for (int signal : ofSignals) {
      long first = firstWithin(signal, fromNs);
      long end = endWithin(signal, toNs);
      left += Math.max(0, end - first);
      long slot = Math.max(first, firstRevisable(signal));
      if (slot < end) {
        sinceNs = Math.min(sinceNs, (slot + 1) * periodNs(signal) - 1);
        untilNs = Math.max(untilNs, end * periodNs(signal));
      }
    }
    for (long ns = sinceNs; ns < untilNs; ns = windows.endNs(ns)) {
      left -= excludeInWindow(ofSignals, fromNs, toNs, windows.endNs(ns));
    }
    return left;
  }

  private long excludeInWindow(int[] ofSignals, long fromNs, long toNs, long windowEndNs) {
    long changed = 0;
    for (int signal : ofSignals) {
      runs.makeRoom();
      long start = Math.floorDiv(windows.startNs(windowEndNs), periodNs(signal));
      long first = Math.max(firstWithin(signal, fromNs), start);
      long slot = Math.max(first, firstRevisable(signal));
      long end = endWithin(signal, Math.min(toNs, windowEndNs));
      if (slot < end) {
        change(signal, slot, end, Outcome.EXCLUDED);
        changed += end - slot;
      }
    }
    return changed;
  }

  private long firstWithin(int signal, long fromNs) {
    return Math.max(states.firstSlot[signal], -Math.floorDiv(-fromNs, periodNs(signal)));
  }

  private long endWithin(int signal, long toNs) {
    return Math.min(states.nextSlot(signal), Math.floorDiv(toNs, periodNs(signal)));
  }

  /** The first settled slot whose outcome is known and whose windows can be revised. */
  private long firstRevisable(int signal) {
    long sinceNs = Math.max(windows.revisableSinceNs(), signalWindows.revisableSinceNs());
    if (replaced[signal]) {
      sinceNs = Math.max(sinceNs, windows.endNs(states.firstSlot[signal] * periodNs(signal) - 1));
    }
    long first = Math.max(Math.floorDiv(sinceNs, periodNs(signal)), runs.firstKnown(signal));
    return Math.max(first, states.firstSlot[signal]);
  }

  /** Gives another outcome to slots that end in one window. */
  private void change(int signal, long from, long to, Outcome outcome) {
    long period = periodNs(signal);
    long endNs = to * period;
    long windowEndNs = windows.endNs(endNs - 1);
    long first =
        Math.max(states.firstSlot[signal], Math.floorDiv(windows.startNs(windowEndNs), period));
    long end = Math.min(states.nextSlot(signal), Math.floorDiv(windowEndNs, period));
    int best = best(signal, first, end);
    for (long slot = from; slot < to; ) {
      int known = runs.get(signal, slot);
      long next = Math.min(to, runs.sameUntil(signal, slot));
      if (known != outcome.ordinal()) {
        counts.move(signal, ALL[known], outcome, (int) (next - slot), endNs);
      }
      slot = next;
    }
    runs.set(signal, from, to, outcome.ordinal());
    int now =
        outcome == Outcome.EXCLUDED ? best(signal, first, end) : Math.min(best, outcome.ordinal());
    int scope = (now == EXCLUDED ? 0 : 1) - (best == EXCLUDED ? 0 : 1);
    int usable = (now <= LAST_USABLE ? 1 : 0) - (best <= LAST_USABLE ? 1 : 0);
    if (scope != 0 || usable != 0) {
      counts.cover(signal, endNs, scope, usable, end == states.nextSlot(signal));
    }
  }

  /** A usable outcome if any of the slots has one, else the best of them. */
  private int best(int signal, long from, long to) {
    int best = EXCLUDED;
    for (long slot = from; slot < to && best > LAST_USABLE; ) {
      best = Math.min(best, runs.get(signal, slot));
      slot = runs.sameUntil(signal, slot);
    }
    return best;
  }

  /** Forgets what no window can be revised with. */
  void forget() {
    runs.forget(Math.max(windows.revisableSinceNs(), signalWindows.revisableSinceNs()));
  }

  /** Knows no more than under another register. */
  void takeOver(SettledSlots old) {
    runs.takeOver(old.runs);
    forget();
  }

  /** Goes on with a signal that has the same slots. */
  void copySignal(SettledSlots old, int from, int to) {
    runs.copyFrom(old.runs, from, to);
    replaced[to] = old.replaced[from];
  }

  /** A signal had other slots until now. */
  void replace(int signal) {
    replaced[signal] = true;
  }

  void write(Snapshot.Writer out) {
    runs.write(out);
    for (boolean each : replaced) {
      out.putByte((byte) (each ? 1 : 0));
    }
  }

  void read(Snapshot.Reader in) {
    runs.read(in);
    for (int i = 0; i < replaced.length; i++) {
      replaced[i] = in.getByte() == 1;
    }
  }
}
