package io.feedrate.kpi.slot;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.SignalIndex;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.window.Windows;

/**
 * Settles slots: decides their outcome when the lateness has passed after their end, by the rules
 * that stand at {@link SlotTracker}.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction. <b>Cost</b>: where
 * neighbours all brought a good value in time, eight of them take one comparison.
 */
final class Settlement {
  private static final Outcome[] ALL = Outcome.values();

  private final LinkTimelines links;
  private final Exclusions exclusions;
  private final Windows windows;
  private final SlotStates states;
  private final LastSamples last;
  private final OutcomeCounts counts;
  private final SettledSlots settled;
  private final SignalIndex signals;

  Settlement(
      SignalIndex signals,
      LinkTimelines links,
      Exclusions exclusions,
      Windows windows,
      SlotStates states,
      LastSamples last,
      OutcomeCounts counts,
      SettledSlots settled) {
    this.links = links;
    this.exclusions = exclusions;
    this.windows = windows;
    this.states = states;
    this.last = last;
    this.counts = counts;
    this.settled = settled;
    this.signals = signals;
  }

  /** Settles all slots that end by the watermark of their link, which is at most so late. */
  void advance(long nowNs, long atMostNs) {
    for (Cohort cohort : states.cohorts()) {
      long latenessNs = Math.min(cohort.required().latenessNs(), atMostNs);
      long end = cohort.required().slotOf(nowNs - latenessNs);
      if (cohort.nextSlot() < end) {
        settle(cohort, end);
      }
    }
  }

  private void settle(Cohort cohort, long end) {
    long marked = Math.min(end, cohort.endOfMarks());
    for (long slot = cohort.nextSlot(); slot < marked; slot++) {
      if (cohort.required().hasSlots()) {
        settleTogether(cohort, slot);
      }
      cohort.clear(slot);
    }
    if (cohort.required().hasSlots() && marked < end) {
      for (int place = 0; place < cohort.size(); place++) {
        settleUnmarked(cohort.signal(place), marked, end);
      }
    }
    cohort.settled(end);
  }

  /** Settles a slot of all signals: many neighbours at once where a good value came in time. */
  private void settleTogether(Cohort cohort, long slot) {
    long fromNs = slot * cohort.required().periodNs();
    long toNs = fromNs + cohort.required().periodNs();
    boolean allInScope = !exclusions.isAnyWithin(fromNs, toNs);
    int place = 0;
    while (place < cohort.size()) {
      int notGood = allInScope ? cohort.firstNotGood(slot, place) : place;
      if (place < notGood) {
        cohort.carry(place, notGood, Worth.GOOD);
        counts.addGood(cohort, place, notGood, toNs);
      }
      if (notGood < cohort.size()) {
        settleOne(cohort.signal(notGood), slot);
      }
      place = notGood + 1;
    }
  }

  /** Settles the slots of signals that are not kept, up to the time they end. */
  void retire(boolean[] kept, long nowNs) {
    for (int signal = 0; signal < kept.length; signal++) {
      if (!kept[signal] && states.required[signal].hasSlots()) {
        retire(signal, states.required[signal].slotOf(nowNs));
      }
    }
  }

  private void retire(int signal, long end) {
    long marked = Math.min(end, states.cohort[signal].endOfMarks());
    for (long slot = states.nextSlot(signal); slot < marked; slot++) {
      settleOne(signal, slot);
    }
    settleUnmarked(signal, marked, end);
  }

  /**
   * A link begins a new session: what its unchanged values were worth in the old one is decided
   * now, for the slots that ended before, because the new session vouches for nothing of the old.
   */
  void endSession(int ofLink, long nowNs) {
    for (int signal : signals.ofLink(ofLink)) {
      if (states.required[signal].isOnChange()) {
        decideUnmarked(signal, nowNs);
      }
    }
  }

  /**
   * Messages of a link were lost: what they said of its unchanged values is not known, so these
   * vouch for nothing until they come again. The slot in which that is found is in doubt as well if
   * it just begins: what was lost was lost before it.
   */
  void onGap(int ofLink, long nowNs) {
    for (int signal : signals.ofLink(ofLink)) {
      if (states.required[signal].isOnChange()) {
        states.setLast(signal, nowNs - 1, Worth.DOUBTFUL);
        // Also a value that came just now is in doubt.
        states.setLast(signal, nowNs, Worth.DOUBTFUL);
      }
    }
  }

  private void decideUnmarked(int signal, long untilNs) {
    Requirement required = states.required[signal];
    byte known = states.carried(signal);
    long end = Math.min(required.slotOf(untilNs), states.cohort[signal].endOfMarks());
    for (long slot = states.nextSlot(signal); slot < end; slot++) {
      byte mark = states.mark(signal, slot);
      if (Mark.best(mark) < 0) {
        long fromNs = slot * required.periodNs();
        states.mark(signal, slot, unmarked(signal, fromNs, fromNs + required.periodNs()));
      }
      states.carry(signal, LateValues.carry(states.carried(signal), mark));
    }
    states.carry(signal, known);
  }

  private void settleOne(int signal, long slot) {
    byte mark = states.mark(signal, slot);
    long fromNs = slot * states.required[signal].periodNs();
    long toNs = fromNs + states.required[signal].periodNs();
    Outcome outcome;
    if (exclusions.covers(signal, fromNs, toNs)) {
      outcome = Outcome.EXCLUDED;
    } else if (Mark.best(mark) >= 0) {
      outcome = ALL[Mark.best(mark)];
    } else {
      outcome = unmarked(signal, fromNs, toNs);
    }
    states.carry(signal, LateValues.carry(states.carried(signal), mark));
    settled.settle(signal, slot, 1, outcome);
  }

  /** Slots beyond all marks: many at once while nothing changes. */
  private void settleUnmarked(int signal, long from, long end) {
    for (long slot = from; slot < end; ) {
      long next = Math.min(end, sameUntil(signal, slot));
      if (next <= slot + 1) {
        settleOne(signal, slot);
        slot++;
      } else {
        long fromNs = slot * states.required[signal].periodNs();
        Outcome outcome = unmarked(signal, fromNs, fromNs + states.required[signal].periodNs());
        settled.settle(signal, slot, Math.toIntExact(next - slot), outcome);
        slot = next;
      }
    }
  }

  /** The first slot without a mark that may have another outcome than this one. */
  private long sameUntil(int signal, long slot) {
    Requirement required = states.required[signal];
    int link = signals.link(signal);
    long fromNs = slot * required.periodNs();
    long uniformNs = links.uniformUntilNs(link, fromNs);
    long provenNs = links.provenNs(link);
    if (provenNs > fromNs) {
      uniformNs = Math.min(uniformNs, provenNs);
    }
    // Slots that end in one window at a time.
    uniformNs = Math.min(uniformNs, windows.endNs(fromNs + required.periodNs() - 1));
    // Slots that begin before anything is out of scope.
    return Math.min(
        required.slotOf(uniformNs), required.slotFrom(exclusions.nextNs(signal, fromNs)));
  }

  private Outcome unmarked(int signal, long fromNs, long toNs) {
    Requirement required = states.required[signal];
    int link = signals.link(signal);
    int state = links.worst(link, fromNs, toNs);
    if (links.provenNs(link) < toNs) {
      state = Math.max(state, LinkTimelines.UNPROVEN);
    }
    boolean lost = state > LinkTimelines.GAP && links.hasGap(link, fromNs, toNs);
    if (required.isPeriodic()) {
      return Unmarked.silent(state, lost);
    }
    boolean known = last.knownSinceNs(signal) >= links.sessionSinceNs(link);
    boolean late = last.knownSinceNs(signal) > toNs + required.deadlineNs();
    return Unmarked.unchanged(state, lost, known ? states.carried(signal) : Worth.NONE, late);
  }
}
