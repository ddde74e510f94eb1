package io.feedrate.kpi.slot;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;

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
 *       its link was up across the slot and proven alive after it, and GOOD_LATE if the link was
 *       down in between but came back with nothing missed. Its last value must have come in the
 *       present session. If the link was up without proof, or messages were lost, it is AMBIGUOUS.
 *       If the last value was uncertain or bad, so is the slot; if there never was one, it is
 *       SILENT.
 *   <li>Without a mark, a periodic signal is LOST_TRANSPORT if messages were lost, whatever its link
 *       did then; SILENT if its link was proven alive, else DISCONNECTED.
 *   <li>AMBIGUOUS if the only value came under a clock that is off by more than the signal's
 *       tolerance: such values are assigned by receive time.
 * </ol>
 *
 * <p>A value that comes after its slot was settled betters the slot's outcome, as a mark would have
 * done, for as long as windows are revised; it says nothing about other slots. An exclusion that is
 * entered late takes settled slots out of scope for as long.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction. <b>Memory</b>: about 160
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

  private static final Outcome[] ALL = Outcome.values();

  private final LinkTimelines links;
  private final Exclusions exclusions;
  private final Windows windows;
  private final Register register;
  private final int signals;

  // Requirement, per signal.
  private final long[] periodNs;
  private final long[] deadlineNs;
  private final long[] toleranceNs;
  private final long[] latenessNs;
  private final Worth worth;
  private final int[] link;
  private final SignalMode[] mode;

  /** Those with a role, for whoever wants their values. */
  private final @Nullable Signal[] withRole;

  private final Readings readings;

  // State, per signal.
  private final long[] firstSlot;
  private final long[] nextSlot;
  private final long[] lastTimeNs;
  private final LastSamples last;
  private final byte[] carried;
  private final long[] knownSinceNs;
  private final Batches batches;
  private final SlotMarks marks;
  private final int[][] signalsOfLink;

  // Clock of each link.
  private final SourceClocks clocks;

  private final OutcomeCounts counts;
  private final SettledSlots settled;
  private final SampleCounters counters = new SampleCounters();
  private Meter.Sampled first = NOBODY;
  private Meter.Sampled second = NOBODY;
  private Meter.Sampled[] others = {};

  /**
   * A tracker for a register that is in force from {@code fromNs} on: the first slot starts then.
   */
  public SlotTracker(
      Register register,
      LinkTimelines links,
      Exclusions exclusions,
      Windows windows,
      Windows signalWindows,
      Readings readings,
      long fromNs) {
    this.links = links;
    this.exclusions = exclusions;
    this.windows = windows;
    this.readings = readings;
    this.register = register;
    signals = register.signals().size();
    periodNs = new long[signals];
    deadlineNs = new long[signals];
    toleranceNs = new long[signals];
    latenessNs = new long[signals];
    worth = new Worth(register);
    link = new int[signals];
    mode = new SignalMode[signals];
    withRole = new Signal[signals];
    firstSlot = new long[signals];
    nextSlot = new long[signals];
    lastTimeNs = new long[signals];
    last = new LastSamples(signals);
    carried = new byte[signals];
    knownSinceNs = new long[signals];
    for (Signal s : register.signals()) {
      int i = s.id();
      periodNs[i] = s.periodNs();
      deadlineNs[i] = s.deadlineNs();
      toleranceNs[i] = s.clockToleranceNs();
      latenessNs[i] = register.latenessNs(s.link());
      link[i] = s.link();
      mode[i] = s.mode();
      withRole[i] = s.role() == Role.NONE ? null : s;
      nextSlot[i] = -Math.floorDiv(-fromNs, periodNs[i]);
      firstSlot[i] = nextSlot[i];
    }
    marks = new SlotMarks(register);
    batches = new Batches(signals);
    counts = new OutcomeCounts(register, windows, signalWindows);
    settled = new SettledSlots(counts, windows, signalWindows, periodNs, firstSlot, nextSlot);
    signalsOfLink = signalsOfLink(register);
    Arrays.fill(lastTimeNs, Sample.NO_TIME);
    Arrays.fill(knownSinceNs, Sample.NO_TIME);
    clocks = new SourceClocks(links.links());
  }

  /**
   * Whether a register can be worked under.
   *
   * @throws IllegalArgumentException if it asks for more than there can be
   */
  public static void check(Register register) {
    SlotMarks.size(register);
  }

  private static int[][] signalsOfLink(Register register) {
    List<IntArrayList> byLink = new ArrayList<>();
    register.links().forEach(name -> byLink.add(new IntArrayList()));
    for (Signal s : register.signals()) {
      byLink.get(s.link()).addInt(s.id());
    }
    return byLink.stream().map(IntArrayList::toIntArray).toArray(int[][]::new);
  }

  /** Takes a sample; parameters as for the engine. */
  public void onSample(
      int signal, long sourceTimeNs, long receivedNs, int status, double value, int flags) {
    if (signal < 0 || signal >= signals) {
      counters.unknownSignal++;
      return;
    }
    counters.samples++;
    links.proof(link[signal], receivedNs);
    if (knownSinceNs[signal] < links.sessionSinceNs(link[signal])) {
      knownSinceNs[signal] = receivedNs;
    }
    if (last.isRepeated(signal, sourceTimeNs, status, value, flags)) {
      counters.duplicates++;
      tell(signal, sourceTimeNs, receivedNs, status, flags, true);
      confirm(signal, sourceTimeNs, receivedNs, worth.of(signal, status, value, flags));
      return;
    }
    int kind = worth.of(signal, status, value, flags);
    boolean suspect = false;
    long timeNs = sourceTimeNs;
    if ((flags & Sample.NO_SOURCE_TIME) != 0) {
      counters.withoutSourceTime++;
      timeNs = receivedNs;
    } else if (sourceTimeNs < MIN_SOURCE_NS || sourceTimeNs - receivedNs > MAX_AHEAD_NS) {
      timeNs = receivedNs;
      kind = Worth.INVALID;
    } else if (isClockOff(signal, sourceTimeNs, receivedNs)) {
      counters.clockSuspect++;
      timeNs = receivedNs;
      suspect = true;
    }
    tell(signal, timeNs, receivedNs, status, flags, false);
    if (worth.hasRangeFor(signal, status, value, flags)) {
      counts.addRange(signal, worth.isInRange(signal, value), timeNs);
    }
    batches.pass(signal, receivedNs, lastTimeNs[signal]);
    place(signal, timeNs, receivedNs, kind, suspect, flags);
    if (Sample.isOverflow(status)) {
      counters.overflows++;
      markOverflow(signal, timeNs);
    }
    if (timeNs >= lastTimeNs[signal]) {
      lastTimeNs[signal] = timeNs;
    }
    last.set(signal, sourceTimeNs, status, value);
    Signal its = withRole[signal];
    if (its != null && kind > Worth.UNCERTAIN) {
      readings.onUnusable(its, timeNs, receivedNs);
    } else if (its != null && (flags & Sample.TEXT) == 0) {
      readings.onValue(its, value, timeNs, receivedNs);
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
  private void confirm(int signal, long sourceTimeNs, long receivedNs, int kind) {
    Signal its = withRole[signal];
    if (its != null && kind <= Worth.UNCERTAIN && sourceTimeNs == lastTimeNs[signal]) {
      readings.onAgain(its, receivedNs);
    }
    if (mode[signal] == SignalMode.ON_CHANGE && sourceTimeNs == lastTimeNs[signal]) {
      setLast(signal, receivedNs, kind);
    }
  }

  /** From this time on this is what the last value is worth. */
  private void setLast(int signal, long timeNs, int kind) {
    long slot = Math.floorDiv(timeNs, periodNs[signal]);
    if (slot >= nextSlot[signal]) {
      marks.setLast(signal, slot, kind);
    } else {
      carried[signal] = (byte) kind;
    }
  }

  private boolean isClockOff(int signal, long sourceTimeNs, long receivedNs) {
    return clocks.worstNs(link[signal]) > toleranceNs[signal]
        || sourceTimeNs - receivedNs > toleranceNs[signal];
  }

  private void place(
      int signal, long timeNs, long receivedNs, int kind, boolean suspect, int flags) {
    long slot = Math.floorDiv(timeNs, periodNs[signal]);
    boolean newest = timeNs >= lastTimeNs[signal];
    if (slot < nextSlot[signal]) {
      if (newest) {
        carried[signal] = (byte) kind; // its slot is settled, but it is what is known from now on
      }
      if (mode[signal] != SignalMode.EVENT && slot >= firstSlot[signal]) {
        revise(signal, slot, outcome(signal, slot, receivedNs, kind, suspect, flags));
      }
      return; // before the first slot nothing was required, so nothing is late
    }
    if (slot - nextSlot[signal] >= marks.capacity(signal)) {
      throw new IllegalStateException("time did not pass before a sample of a later slot");
    }
    Outcome outcome = outcome(signal, slot, receivedNs, kind, suspect, flags);
    marks.mark(signal, slot, outcome);
    boolean older = !newest && slot == Math.floorDiv(lastTimeNs[signal], periodNs[signal]);
    if (!older) {
      marks.setLast(signal, slot, kind);
    }
  }

  private void revise(int signal, long slot, Outcome outcome) {
    switch (settled.better(signal, slot, outcome)) {
      case CHANGED -> counters.revised++;
      case TOO_LATE -> {
        if (mode[signal] == SignalMode.PERIODIC) {
          counters.tooLate++; // the last change of an on-change signal may well be long ago
        }
      }
      case UNCHANGED -> {}
    }
  }

  private Outcome outcome(
      int signal, long slot, long receivedNs, int kind, boolean suspect, int flags) {
    if (suspect && kind != Worth.INVALID) {
      return Outcome.AMBIGUOUS;
    }
    return switch (kind) {
      case Worth.GOOD -> {
        long dueNs = (slot + 1) * periodNs[signal] + deadlineNs[signal];
        boolean late = receivedNs > dueNs || (flags & Sample.HISTORICAL) != 0;
        yield late ? Outcome.GOOD_LATE : Outcome.GOOD;
      }
      case Worth.UNCERTAIN -> Outcome.UNCERTAIN;
      case Worth.BAD -> Outcome.BAD;
      default -> Outcome.INVALID;
    };
  }

  private void markOverflow(int signal, long timeNs) {
    if (batches.lastBeforeNs(signal) == Sample.NO_TIME || timeNs <= lastTimeNs[signal]) {
      return;
    }
    long sessionNs = links.sessionSinceNs(link[signal]);
    if (sessionNs >= timeNs) {
      return;
    }
    // The queue is the session's: it cannot have lost what came before.
    // Some servers flag the newest value of a batch, though the loss was before its oldest.
    long afterLast = Math.floorDiv(batches.lastBeforeNs(signal), periodNs[signal]) + 1;
    long ofSession = -Math.floorDiv(-sessionNs, periodNs[signal]);
    long from = Math.max(Math.max(afterLast, ofSession), nextSlot[signal]);
    long to = Math.floorDiv(timeNs, periodNs[signal]);
    for (long slot = from; slot < to; slot++) {
      marks.markIfUnmarked(signal, slot, Outcome.LOST_OVERFLOW);
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
    advance(nowNs, Long.MAX_VALUE);
  }

  /** The same with links no later than {@code atMostNs}. */
  public void advance(long nowNs, long atMostNs) {
    for (int i = 0; i < signals; i++) {
      long end = Math.floorDiv(nowNs - Math.min(latenessNs[i], atMostNs), periodNs[i]);
      if (nextSlot[i] < end) {
        settle(i, end);
      }
    }
  }

  private void settle(int signal, long end) {
    long marked = Math.min(end, nextSlot[signal] + marks.capacity(signal));
    if (mode[signal] == SignalMode.EVENT) {
      for (long slot = nextSlot[signal]; slot < marked; slot++) {
        marks.take(signal, slot);
      }
      nextSlot[signal] = end;
      return;
    }
    long slot = nextSlot[signal];
    for (; slot < marked; slot++) {
      settleOne(signal, slot);
    }
    while (slot < end) {
      slot = settleUnmarked(signal, slot, end);
    }
    nextSlot[signal] = end;
  }

  /**
   * A link begins a new session: what its unchanged values were worth in the old one is decided
   * now, for the slots that ended before, because the new session vouches for nothing of the old.
   */
  public void endSession(int ofLink, long nowNs) {
    for (int signal : signalsOfLink[ofLink]) {
      if (mode[signal] == SignalMode.ON_CHANGE) {
        decideUnmarked(signal, nowNs);
      }
    }
  }

  /**
   * Messages of a link were lost: what they said of its unchanged values is not known, so these
   * vouch for nothing until they come again. The slot in which that is found is in doubt as well if
   * it just begins: what was lost was lost before it.
   */
  public void onGap(int ofLink, long nowNs) {
    for (int signal : signalsOfLink[ofLink]) {
      if (mode[signal] == SignalMode.ON_CHANGE) {
        setLast(signal, nowNs - 1, Worth.DOUBTFUL);
        setLast(signal, nowNs, Worth.DOUBTFUL); // also a value that came just now is in doubt
      }
    }
  }

  private void decideUnmarked(int signal, long untilNs) {
    byte known = carried[signal];
    long markable = nextSlot[signal] + marks.capacity(signal);
    long end = Math.min(Math.floorDiv(untilNs, periodNs[signal]), markable);
    for (long slot = nextSlot[signal]; slot < end; slot++) {
      byte mark = marks.get(signal, slot);
      if (SlotMarks.best(mark) < 0) {
        long fromNs = slot * periodNs[signal];
        marks.mark(signal, slot, unmarked(signal, fromNs, fromNs + periodNs[signal]));
      }
      if (SlotMarks.last(mark) != Worth.NONE) {
        carried[signal] = (byte) SlotMarks.last(mark);
      }
    }
    carried[signal] = known;
  }

  private void settleOne(int signal, long slot) {
    byte mark = marks.take(signal, slot);
    long fromNs = slot * periodNs[signal];
    long toNs = fromNs + periodNs[signal];
    Outcome outcome;
    if (exclusions.covers(signal, fromNs, toNs)) {
      outcome = Outcome.EXCLUDED;
    } else if (SlotMarks.best(mark) >= 0) {
      outcome = ALL[SlotMarks.best(mark)];
    } else {
      outcome = unmarked(signal, fromNs, toNs);
    }
    if (SlotMarks.last(mark) != Worth.NONE) {
      carried[signal] = (byte) SlotMarks.last(mark);
    }
    settled.settle(signal, slot, 1, outcome);
  }

  /** Slots beyond all marks: many at once while nothing changes. The first slot not settled. */
  private long settleUnmarked(int signal, long slot, long end) {
    long fromNs = slot * periodNs[signal];
    long uniformNs = links.uniformUntilNs(link[signal], fromNs);
    long provenNs = links.provenNs(link[signal]);
    if (provenNs > fromNs) {
      uniformNs = Math.min(uniformNs, provenNs);
    }
    // Slots that end in one window at a time.
    uniformNs = Math.min(uniformNs, windows.endNs(fromNs + periodNs[signal] - 1));
    long next = Math.min(end, Math.floorDiv(uniformNs, periodNs[signal]));
    // Slots that begin before anything is out of scope.
    next = Math.min(next, -Math.floorDiv(-exclusions.nextNs(signal, fromNs), periodNs[signal]));
    if (next <= slot + 1) {
      settleOne(signal, slot);
      return slot + 1;
    }
    Outcome outcome = unmarked(signal, fromNs, fromNs + periodNs[signal]);
    settled.settle(signal, slot, Math.toIntExact(next - slot), outcome);
    return next;
  }

  private Outcome unmarked(int signal, long fromNs, long toNs) {
    int its = link[signal];
    int state = links.worst(its, fromNs, toNs);
    if (links.provenNs(its) < toNs) {
      state = Math.max(state, LinkTimelines.UNPROVEN);
    }
    boolean lost = state > LinkTimelines.GAP && links.hasGap(its, fromNs, toNs);
    if (mode[signal] == SignalMode.PERIODIC) {
      return Unmarked.silent(state, lost);
    }
    boolean known = knownSinceNs[signal] >= links.sessionSinceNs(its);
    boolean late = knownSinceNs[signal] > toNs + deadlineNs[signal];
    return Unmarked.unchanged(state, lost, known ? carried[signal] : Worth.NONE, late);
  }

  /** An interval is out of scope: settled slots in it get another outcome. */
  public void onExclusion(String subject, long fromNs, long toNs) {
    int[] its =
        register.signals().stream()
            .filter(s -> s.mode() != SignalMode.EVENT && Exclusions.isOf(s.path(), subject))
            .mapToInt(Signal::id)
            .toArray();
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
    boolean[] kept = new boolean[signals];
    for (Signal s : next.signals()) {
      int old = keptSignal[s.id()];
      if (old >= 0) {
        kept[old] = periodNs[old] == s.periodNs();
      }
    }
    for (int i = 0; i < signals; i++) {
      long end = Math.floorDiv(nowNs, periodNs[i]);
      if (!kept[i] && nextSlot[i] < end) {
        settle(i, end);
      }
    }
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
    for (int i = 0; i < signals; i++) {
      if (oldSignal[i] >= 0) {
        copySignal(old, oldSignal[i], i);
      }
    }
  }

  private void copySignal(SlotTracker old, int from, int to) {
    lastTimeNs[to] = old.lastTimeNs[from];
    last.copyFrom(old.last, from, to);
    carried[to] = old.carried[from];
    knownSinceNs[to] = old.knownSinceNs[from];
    batches.copyFrom(old.batches, from, to);
    counts.copySignal(old.counts, from, to);
    if (old.periodNs[from] == periodNs[to]) {
      firstSlot[to] = old.firstSlot[from];
      nextSlot[to] = old.nextSlot[from];
      marks.copyFrom(old.marks, from, to, nextSlot[to]);
      settled.copySignal(old.settled, from, to);
    } else {
      settled.replace(to);
    }
  }

  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    counters.write(out);
    out.putLongs(firstSlot);
    out.putLongs(nextSlot);
    out.putLongs(lastTimeNs);
    last.write(out);
    out.putBytes(carried);
    out.putLongs(knownSinceNs);
    batches.write(out);
    marks.write(out);
    clocks.write(out);
    counts.write(out);
    settled.write(out);
  }

  public void read(Snapshot.Reader in) {
    in.section(MARKER);
    counters.read(in);
    in.getLongs(firstSlot);
    in.getLongs(nextSlot);
    in.getLongs(lastTimeNs);
    last.read(in);
    in.getBytes(carried);
    in.getLongs(knownSinceNs);
    batches.read(in);
    marks.read(in);
    clocks.read(in);
    counts.read(in);
    settled.read(in);
  }
}
