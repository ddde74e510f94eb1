package io.feedrate.kpi.slot;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalIndex;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.window.Windows;
import java.util.List;

/**
 * Gives every required slot of every signal exactly one outcome.
 *
 * <p>Slot k of a signal is the interval [k·period, (k+1)·period), aligned to the UTC epoch. Samples
 * mark the slot of their source time when they arrive; a slot is settled, and its outcome counted,
 * when the lateness has passed after its end. What it gets, in this order:
 *
 * <ol>
 *   <li>EXCLUDED if one exclusion covers it wholly.
 *   <li>The best mark that samples left: GOOD if received by slot end plus deadline, else
 *       GOOD_LATE; UNCERTAIN, BAD, INVALID by status, type and range; LOST_OVERFLOW on slots
 *       without a value between two values of which the later says that the source's queue
 *       overflowed.
 *   <li>Without a mark, an on-change signal whose last value by then was good is credited GOOD if
 *       its link was up across the slot and proven alive after it, and GOOD_LATE if the value was
 *       told after the slot's deadline, or the link was down but came back with nothing missed. Its
 *       last value must have come in the present session. If the link was up without proof, or
 *       messages were lost, it is AMBIGUOUS. If the last value was uncertain or bad, so is the
 *       slot; if there never was one, it is SILENT.
 *   <li>Without a mark, a periodic signal is LOST_TRANSPORT if messages were lost, whatever its
 *       link did then; SILENT if its link was proven alive, else DISCONNECTED.
 *   <li>AMBIGUOUS if the only value came under a clock that is off by more than the signal's
 *       tolerance: such values are assigned by receive time.
 * </ol>
 *
 * <p>A value that comes after its slot was settled betters the slot's outcome, as a mark would have
 * done, for as long as windows are revised; it says nothing about other slots. An exclusion that is
 * entered late takes settled slots out of scope for as long.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction. <b>Memory</b>: about 100
 * B per signal plus one byte for each slot that can be open at a time, and what settled slots that
 * were not GOOD take in {@link io.feedrate.kpi.history.OutcomeRuns}.
 *
 * <p><b>Source</b>: house definition; unchanged-value credit from OPC 10000-4, 7.11.4 ("not
 * receiving a value means that the value has not changed" while the path is good).
 */
public final class SlotTracker {
  private static final int MARKER = 0x534c4f54;

  /** A source time further ahead than this is absurd, not a clock that is off. */
  static final long MAX_AHEAD_NS = 86_400_000_000_000L;

  /** Source times before 2000-01-01 are absurd: a null or a reset clock. */
  static final long MIN_SOURCE_NS = 946_684_800_000_000_000L;

  private static final Meter.Sampled NOBODY =
      (signal, timeNs, receivedNs, status, flags, repeated) -> {};

  private final LinkTimelines links;
  private final Register register;
  private final SignalIndex signals;
  private final Readings readings;
  private final SlotStates states;
  private final LateValues late;
  private final LastSamples last;
  private final SourceClocks clocks;
  private final OutcomeCounts counts;
  private final SettledSlots settled;
  private final Settlement settlement;
  private final SampleCounters counters = new SampleCounters();
  private Meter.Sampled first = NOBODY;
  private Meter.Sampled second = NOBODY;
  private Meter.Sampled[] others = {};

  /**
   * A tracker for a register that is in force from {@code fromNs} on: the first slot starts then.
   */
  public SlotTracker(
      Register register,
      SignalIndex signals,
      LinkTimelines links,
      Exclusions exclusions,
      Windows windows,
      Windows signalWindows,
      Readings readings,
      long fromNs) {
    this.links = links;
    this.readings = readings;
    this.register = register;
    this.signals = signals;
    states = new SlotStates(register, fromNs);
    late = new LateValues(states);
    last = new LastSamples(states.signals());
    clocks = new SourceClocks(links.links());
    counts = new OutcomeCounts(register, signals, windows, signalWindows);
    settled = new SettledSlots(counts, windows, signalWindows, states);
    settlement = new Settlement(signals, links, exclusions, windows, states, last, counts, settled);
  }

  /**
   * Whether a register can be worked under.
   *
   * @throws IllegalArgumentException if it asks for more than there can be
   */
  public static void check(Register register) {
    Requirement.check(register);
  }

  /** Takes a sample; parameters as for the engine. */
  public void onSample(
      int signal, long sourceTimeNs, long receivedNs, int status, double value, int flags) {
    if (signal < 0 || signal >= states.signals()) {
      counters.unknownSignal++;
      return;
    }
    counters.samples++;
    links.proof(signals.link(signal), receivedNs);
    if ((status | flags) == 0 && isOrdinary(signal, sourceTimeNs, receivedNs, value)) {
      takeOrdinary(signal, sourceTimeNs, receivedNs, value);
    } else if (last.isRepeated(signal, sourceTimeNs, status, value, flags)) {
      last.know(signal, receivedNs, links.sessionSinceNs(signals.link(signal)));
      counters.duplicates++;
      tell(signal, sourceTimeNs, receivedNs, status, flags, true);
      confirm(signal, sourceTimeNs, receivedNs, status, value, flags);
    } else {
      last.know(signal, receivedNs, links.sessionSinceNs(signals.link(signal)));
      take(signal, sourceTimeNs, receivedNs, status, value, flags);
    }
  }

  /**
   * Whether a good sample without flags is what nearly all of them are: a valid number, newer than
   * the last, of an open slot, under a clock and in a session about which there is no question. For
   * these {@link #takeOrdinary} does what {@link #take} does, in half the time.
   */
  private boolean isOrdinary(int signal, long sourceTimeNs, long receivedNs, double value) {
    Requirement required = states.required[signal];
    int link = signals.link(signal);
    return sourceTimeNs >= MIN_SOURCE_NS
        && last.isNext(signal, sourceTimeNs, links.sessionSinceNs(link))
        && sourceTimeNs - receivedNs <= Signal.LEAST_CLOCK_TOLERANCE_NS
        && clocks.worstNs(link) <= Signal.LEAST_CLOCK_TOLERANCE_NS
        && required.isInRange(value)
        && !required.hasRole()
        && states.cohort[signal].turnTo(sourceTimeNs);
  }

  private void takeOrdinary(int signal, long timeNs, long receivedNs, double value) {
    Requirement required = states.required[signal];
    tell(signal, timeNs, receivedNs, Sample.STATUS_GOOD, 0, false);
    if (required.hasRange()) {
      counts.addRange(signal, true, timeNs);
    }
    Cohort cohort = states.cohort[signal];
    boolean inTime = receivedNs <= cohort.currentEndNs() + required.deadlineNs();
    cohort.markCurrentGood(states.place[signal], inTime);
    if (!inTime) {
      long slot = required.slotOf(timeNs);
      states.markLast(signal, slot, late.worthAfter(signal, slot, receivedNs, Worth.GOOD));
    }
    last.batch(signal, receivedNs);
    last.set(signal, timeNs, timeNs, Sample.STATUS_GOOD, value);
  }

  private void take(
      int signal, long sourceTimeNs, long receivedNs, int status, double value, int flags) {
    Requirement required = states.required[signal];
    int worth = Worth.of(required, status, value, flags);
    boolean suspect = false;
    long timeNs = sourceTimeNs;
    if ((flags & Sample.NO_SOURCE_TIME) != 0) {
      counters.withoutSourceTime++;
      timeNs = receivedNs;
    } else if (sourceTimeNs < MIN_SOURCE_NS || sourceTimeNs - receivedNs > MAX_AHEAD_NS) {
      timeNs = receivedNs;
      worth = Worth.INVALID;
    } else if (isClockOff(signal, sourceTimeNs, receivedNs)) {
      counters.clockSuspect++;
      timeNs = receivedNs;
      suspect = true;
    }
    tell(signal, timeNs, receivedNs, status, flags, false);
    if (Worth.hasRangeFor(required, status, value, flags)) {
      counts.addRange(signal, required.isInRange(value), timeNs);
    }
    last.batch(signal, receivedNs);
    long slot = required.slotOf(timeNs);
    Outcome outcome = outcome(required, slot, receivedNs, worth, suspect, flags);
    place(signal, slot, timeNs, receivedNs, worth, outcome);
    if (Sample.isOverflow(status)) {
      counters.overflows++;
      markOverflow(signal, timeNs);
    }
    last.set(signal, timeNs, sourceTimeNs, status, value);
    if (required.hasRole()) {
      boolean overflow = Sample.isOverflow(status);
      read(register.signals().get(signal), value, timeNs, receivedNs, worth, overflow, flags);
    }
  }

  private void read(
      Signal signal,
      double value,
      long timeNs,
      long receivedNs,
      int worth,
      boolean overflow,
      int flags) {
    // That a machine is off on purpose is believed of good values only, with none lost before.
    boolean strict = signal.role() == Role.SWITCHED_ON;
    if (worth > (strict ? Worth.GOOD : Worth.UNCERTAIN) || (strict && overflow)) {
      readings.onUnusable(signal, timeNs, receivedNs);
    } else if ((flags & Sample.TEXT) == 0) {
      readings.onValue(signal, value, timeNs, receivedNs);
    }
  }

  /** Each sample is told to these from now on, before it is placed. */
  public void tellTo(List<Meter.Sampled> meters) {
    first = meters.isEmpty() ? NOBODY : meters.get(0);
    second = meters.size() < 2 ? NOBODY : meters.get(1);
    others = meters.stream().skip(2).toArray(Meter.Sampled[]::new);
  }

  private void tell(
      int signal, long timeNs, long receivedNs, int status, int flags, boolean repeated) {
    // Not one loop: a call that only ever meets one class is inlined, which halves its cost.
    first.onSample(signal, timeNs, receivedNs, status, flags, repeated);
    second.onSample(signal, timeNs, receivedNs, status, flags, repeated);
    for (Meter.Sampled meter : others) {
      meter.onSample(signal, timeNs, receivedNs, status, flags, repeated);
    }
  }

  /** The newest value came again: it still holds when it is received, whatever was lost before. */
  private void confirm(
      int signal, long sourceTimeNs, long receivedNs, int status, double value, int flags) {
    if (sourceTimeNs != last.newestNs(signal)) {
      return;
    }
    Requirement required = states.required[signal];
    int worth = Worth.of(required, status, value, flags);
    if (required.hasRole() && worth <= Worth.UNCERTAIN) {
      readings.onAgain(register.signals().get(signal), receivedNs);
    }
    if (required.isOnChange()) {
      states.setLast(signal, receivedNs, worth);
    }
  }

  private boolean isClockOff(int signal, long sourceTimeNs, long receivedNs) {
    long toleranceNs = states.required[signal].toleranceNs();
    return clocks.worstNs(signals.link(signal)) > toleranceNs
        || sourceTimeNs - receivedNs > toleranceNs;
  }

  private void place(
      int signal, long slot, long timeNs, long receivedNs, int worth, Outcome outcome) {
    boolean newest = timeNs >= last.newestNs(signal);
    if (slot < states.nextSlot(signal)) {
      if (newest) {
        // It is what is known from now on.
        long before = states.nextSlot(signal) - 1;
        states.carry(signal, late.worthAfter(signal, before, receivedNs, worth));
      }
      if (states.required[signal].hasSlots() && slot >= states.firstSlot[signal]) {
        revise(signal, slot, outcome);
      }
      return; // before the first slot nothing was required, so nothing is late
    }
    if (!states.cohort[signal].isOpen(slot)) {
      throw new IllegalStateException("time did not pass before a sample of a later slot");
    }
    states.mark(signal, slot, outcome);
    boolean older = !newest && slot == states.required[signal].slotOf(last.newestNs(signal));
    if (!older) {
      states.markLast(signal, slot, late.worthAfter(signal, slot, receivedNs, worth));
    }
  }

  private void revise(int signal, long slot, Outcome outcome) {
    switch (settled.better(signal, slot, outcome)) {
      case CHANGED -> counters.revised++;
      case TOO_LATE -> {
        if (states.required[signal].isPeriodic()) {
          counters.tooLate++; // the last change of an on-change signal may well be long ago
        }
      }
      case UNCHANGED -> {}
    }
  }

  private static Outcome outcome(
      Requirement required, long slot, long receivedNs, int worth, boolean suspect, int flags) {
    if (suspect && worth != Worth.INVALID) {
      return Outcome.AMBIGUOUS;
    }
    return switch (worth) {
      case Worth.GOOD -> {
        boolean late = receivedNs > required.dueNs(slot) || (flags & Sample.HISTORICAL) != 0;
        yield late ? Outcome.GOOD_LATE : Outcome.GOOD;
      }
      case Worth.UNCERTAIN -> Outcome.UNCERTAIN;
      case Worth.BAD -> Outcome.BAD;
      default -> Outcome.INVALID;
    };
  }

  private void markOverflow(int signal, long timeNs) {
    if (last.beforeBatchNs(signal) == Sample.NO_TIME || timeNs <= last.newestNs(signal)) {
      return;
    }
    long sessionNs = links.sessionSinceNs(signals.link(signal));
    if (sessionNs >= timeNs) {
      return;
    }
    // The queue is the session's: it cannot have lost what came before.
    // Some servers flag the newest value of a batch, though the loss was before its oldest.
    Requirement required = states.required[signal];
    long afterLast = required.slotOf(last.beforeBatchNs(signal)) + 1;
    long ofSession = required.slotFrom(sessionNs);
    long from = Math.max(Math.max(afterLast, ofSession), states.nextSlot(signal));
    for (long slot = from; slot < required.slotOf(timeNs); slot++) {
      if (Mark.best(states.mark(signal, slot)) < 0) {
        states.mark(signal, slot, Outcome.LOST_OVERFLOW);
      }
    }
  }

  /** The clock of a link's source was measured. */
  public void onClock(int ofLink, long offsetNs, long uncertaintyNs) {
    clocks.set(ofLink, offsetNs, uncertaintyNs);
  }

  /** The last measured clock offset of a link, source minus collector. */
  public long clockOffsetNs(int ofLink) {
    return clocks.offsetNs(ofLink);
  }

  /** Settles all slots that end by the watermark of their link. */
  public void advance(long nowNs) {
    settlement.advance(nowNs, Long.MAX_VALUE);
  }

  /** The same with links no later than {@code atMostNs}. */
  public void advance(long nowNs, long atMostNs) {
    settlement.advance(nowNs, atMostNs);
  }

  /** A link begins a new session, which vouches for nothing of the old one. */
  public void endSession(int ofLink, long nowNs) {
    settlement.endSession(ofLink, nowNs);
  }

  /** Messages of a link were lost. */
  public void onGap(int ofLink, long nowNs) {
    settlement.onGap(ofLink, nowNs);
  }

  /** An interval is out of scope: settled slots in it get another outcome. */
  public void onExclusion(String subject, long fromNs, long toNs) {
    int[] its =
        register.signals().stream()
            .filter(s -> states.required[s.id()].hasSlots() && Exclusions.isOf(s.path(), subject))
            .mapToInt(Signal::id)
            .toArray();
    exclude(its, fromNs, toNs);
  }

  /** The same for some signals that have slots. */
  public void exclude(int[] its, long fromNs, long toNs) {
    counters.exclusionsTooLate += settled.exclude(its, fromNs, toNs);
  }

  /** Forgets what cannot be revised any more. */
  public void forget() {
    settled.forget();
  }

  /** Outcomes of settled slots. */
  public OutcomeCounts counts() {
    return counts;
  }

  /** What happened to samples. */
  public SampleCounters counters() {
    return counters;
  }

  /**
   * Settles the slots that another register does not go on with, up to the time they end: those of
   * signals that it does not have, or has with another period.
   */
  public void retire(Register next, int[] keptSignal, long nowNs) {
    boolean[] kept = new boolean[states.signals()];
    for (Signal s : next.signals()) {
      int old = keptSignal[s.id()];
      if (old >= 0) {
        kept[old] = states.required[old].periodNs() == s.periodNs();
      }
    }
    settlement.retire(kept, nowNs);
  }

  /**
   * Goes on with the state of another register.
   *
   * @param oldSignal for each signal its id in the other register, or -1
   * @param oldAsset for each asset its id in the other register, or -1
   * @param oldLink for each link its id in the other register, or -1
   */
  public void copyFrom(SlotTracker old, int[] oldSignal, int[] oldAsset, int[] oldLink) {
    counters.copyFrom(old.counters);
    counts.copyFrom(old.counts, oldAsset);
    clocks.copyFrom(old.clocks, oldLink);
    settled.takeOver(old.settled);
    states.copyFrom(old.states, oldSignal);
    for (int i = 0; i < states.signals(); i++) {
      if (oldSignal[i] >= 0) {
        copySignal(old, oldSignal[i], i);
      }
    }
  }

  private void copySignal(SlotTracker old, int from, int to) {
    last.copyFrom(old.last, from, to);
    counts.copySignal(old.counts, from, to);
    if (states.hasSameSlots(old.states, from, to)) {
      settled.copySignal(old.settled, from, to);
    } else {
      settled.replace(to);
    }
  }

  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    counters.write(out);
    states.write(out);
    last.write(out);
    clocks.write(out);
    counts.write(out);
    settled.write(out);
  }

  public void read(Snapshot.Reader in) {
    in.section(MARKER);
    counters.read(in);
    states.read(in);
    last.read(in);
    clocks.read(in);
    counts.read(in);
    settled.read(in);
  }
}
