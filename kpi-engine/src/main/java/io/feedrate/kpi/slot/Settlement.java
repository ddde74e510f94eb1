package io.feedrate.kpi.slot;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.window.Windows;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * Settles slots: decides their outcome when the lateness has passed after their end, by the rules
 * that stand at {@link SlotTracker}.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction. <b>Cost</b>: a slot that
 * brought a good value in time is settled with a few comparisons and an addition.
 */
final class Settlement {
  private static final Outcome[] ALL = Outcome.values();

  private final LinkTimelines links;
  private final Exclusions exclusions;
  private final Windows windows;
  private final SlotStates states;
  private final OutcomeCounts counts;
  private final SettledSlots settled;
  private final int[][] signalsOfLink;

  Settlement(
      Register register,
      LinkTimelines links,
      Exclusions exclusions,
      Windows windows,
      SlotStates states,
      OutcomeCounts counts,
      SettledSlots settled) {
    this.links = links;
    this.exclusions = exclusions;
    this.windows = windows;
    this.states = states;
    this.counts = counts;
    this.settled = settled;
    signalsOfLink = signalsOfLink(register);
  }

  private static int[][] signalsOfLink(Register register) {
    List<IntArrayList> byLink = new ArrayList<>();
    register.links().forEach(name -> byLink.add(new IntArrayList()));
    for (Signal s : register.signals()) {
      byLink.get(s.link()).addInt(s.id());
    }
    return byLink.stream().map(IntArrayList::toIntArray).toArray(int[][]::new);
  }

  /** Settles all slots that end by the watermark of their link, which is at most so late. */
  @SuppressWarnings("ReferenceEquality") // equal requirements are one object
  void advance(long nowNs, long atMostNs) {
    boolean allInScope = exclusions.isEmpty();
    Requirement last = null;
    long end = 0;
    for (int i = 0; i < states.signals(); i++) {
      Requirement required = states.required[i];
      if (required != last) { // one division for all that have the same slots
        last = required;
        end = required.slotOf(nowNs - Math.min(required.latenessNs(), atMostNs));
      }
      if (states.nextSlot[i] < end && !(allInScope && settleIfGood(i, end))) {
        settle(i, end);
      }
    }
    counts.endRun();
  }

  /** Settles the slots of a signal if it is one, in which a good value came in time. */
  private boolean settleIfGood(int signal, long end) {
    long slot = end - 1;
    Requirement required = states.required[signal];
    if (states.nextSlot[signal] == slot
        && required.hasSlots()
        && states.marks.takeIfGood(signal, slot)) {
      states.carried[signal] = Worth.GOOD;
      states.nextSlot[signal] = end;
      counts.addGood(signal, end * required.periodNs());
      return true;
    }
    return false;
  }

  private void settle(int signal, long end) {
    long slot = states.nextSlot[signal];
    long marked = Math.min(end, slot + states.marks.capacity(signal));
    boolean hasSlots = states.required[signal].hasSlots();
    for (; slot < marked; slot++) {
      if (hasSlots) {
        settleOne(signal, slot);
      } else {
        states.marks.take(signal, slot);
      }
    }
    while (hasSlots && slot < end) {
      slot = settleUnmarked(signal, slot, end);
    }
    states.nextSlot[signal] = end;
  }

  /** Settles the slots of signals that are not kept, up to the time they end. */
  void retire(boolean[] kept, long nowNs) {
    for (int i = 0; i < states.signals(); i++) {
      long end = states.required[i].slotOf(nowNs);
      if (!kept[i] && states.nextSlot[i] < end) {
        settle(i, end);
      }
    }
  }

  /**
   * A link begins a new session: what its unchanged values were worth in the old one is decided
   * now, for the slots that ended before, because the new session vouches for nothing of the old.
   */
  void endSession(int ofLink, long nowNs) {
    for (int signal : signalsOfLink[ofLink]) {
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
    for (int signal : signalsOfLink[ofLink]) {
      if (states.required[signal].isOnChange()) {
        states.setLast(signal, nowNs - 1, Worth.DOUBTFUL);
        // Also a value that came just now is in doubt.
        states.setLast(signal, nowNs, Worth.DOUBTFUL);
      }
    }
  }

  private void decideUnmarked(int signal, long untilNs) {
    Requirement required = states.required[signal];
    byte known = states.carried[signal];
    long markable = states.nextSlot[signal] + states.marks.capacity(signal);
    long end = Math.min(required.slotOf(untilNs), markable);
    for (long slot = states.nextSlot[signal]; slot < end; slot++) {
      byte mark = states.marks.get(signal, slot);
      if (SlotMarks.best(mark) < 0) {
        long fromNs = slot * required.periodNs();
        states.marks.mark(signal, slot, unmarked(signal, fromNs, fromNs + required.periodNs()));
      }
      states.carried[signal] = LateValues.carry(states.carried[signal], mark);
    }
    states.carried[signal] = known;
  }

  private void settleOne(int signal, long slot) {
    byte mark = states.marks.take(signal, slot);
    long fromNs = slot * states.required[signal].periodNs();
    long toNs = fromNs + states.required[signal].periodNs();
    Outcome outcome;
    if (exclusions.covers(signal, fromNs, toNs)) {
      outcome = Outcome.EXCLUDED;
    } else if (SlotMarks.best(mark) >= 0) {
      outcome = ALL[SlotMarks.best(mark)];
    } else {
      outcome = unmarked(signal, fromNs, toNs);
    }
    states.carried[signal] = LateValues.carry(states.carried[signal], mark);
    settled.settle(signal, slot, 1, outcome);
  }

  /** Slots beyond all marks: many at once while nothing changes. The first slot not settled. */
  private long settleUnmarked(int signal, long slot, long end) {
    Requirement required = states.required[signal];
    int link = states.link[signal];
    long fromNs = slot * required.periodNs();
    long toNs = fromNs + required.periodNs();
    long uniformNs = links.uniformUntilNs(link, fromNs);
    long provenNs = links.provenNs(link);
    if (provenNs > fromNs) {
      uniformNs = Math.min(uniformNs, provenNs);
    }
    // Slots that end in one window at a time.
    uniformNs = Math.min(uniformNs, windows.endNs(toNs - 1));
    long next = Math.min(end, required.slotOf(uniformNs));
    // Slots that begin before anything is out of scope.
    next = Math.min(next, required.slotFrom(exclusions.nextNs(signal, fromNs)));
    if (next <= slot + 1) {
      settleOne(signal, slot);
      return slot + 1;
    }
    settled.settle(signal, slot, Math.toIntExact(next - slot), unmarked(signal, fromNs, toNs));
    return next;
  }

  private Outcome unmarked(int signal, long fromNs, long toNs) {
    Requirement required = states.required[signal];
    int link = states.link[signal];
    int state = links.worst(link, fromNs, toNs);
    if (links.provenNs(link) < toNs) {
      state = Math.max(state, LinkTimelines.UNPROVEN);
    }
    boolean lost = state > LinkTimelines.GAP && links.hasGap(link, fromNs, toNs);
    if (required.isPeriodic()) {
      return Unmarked.silent(state, lost);
    }
    boolean known = states.knownSinceNs[signal] >= links.sessionSinceNs(link);
    boolean late = states.knownSinceNs[signal] > toNs + required.deadlineNs();
    return Unmarked.unchanged(state, lost, known ? states.carried[signal] : Worth.NONE, late);
  }
}
