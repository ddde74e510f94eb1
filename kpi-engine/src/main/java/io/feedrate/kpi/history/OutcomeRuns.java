package io.feedrate.kpi.history;

import static io.feedrate.kpi.history.RunChunks.NONE;

import io.feedrate.kpi.Snapshot;
import java.util.Objects;
import java.util.function.IntToLongFunction;

/**
 * Which outcome each settled slot of each subject has. Slot k of a subject is the time [k·period,
 * (k+1)·period). What is not told is {@link #USUAL}; anything else is kept as runs of equal slots,
 * coded in order into chunks of one pool for all subjects.
 *
 * <p>What ends by {@link #knownSinceNs()} is not known any more: because nobody may ask for it
 * ({@link #forget}), or because there were too many runs and the oldest had to go. Then what is
 * left is right, and what went is said to be unknown. When they go depends on the runs there are
 * and on nothing else, so that it is the same after a restart.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 in steady state; the pool grows up to what
 * the bound needs. <b>Bounds</b>: runs, and subjects that have any, together {@value #RUNS} and
 * {@value #RUNS_PER_SUBJECT} more for each subject. <b>Memory</b>: 4 B a subject, and chunks of 64
 * B: one for up to 24 runs of a subject that are no more than 15 slots long and less than 128 apart
 * (2 B), and such chunks, at least half full, for the others. Far apart or long ones take up to 5
 * B, or 9 B if they are millions of slots. <b>Time</b>: to append, constant; else as many steps as
 * there are chunks between the slot last asked for and this one, and two chunks' runs.
 */
public final class OutcomeRuns {

  /** The outcome of what was not told. */
  public static final int USUAL = 0;

  private static final int RUNS = 1 << 16;
  private static final int RUNS_PER_SUBJECT = 16;

  /** The most by which one change can raise the size: a split, a run, and a subject's first. */
  private static final int ROOM = 3;

  private final IntToLongFunction periodNs;
  private final long alignNs;
  private final int bound;

  private final int subjects;
  private final RunRings rings;

  private long knownSinceNs = Long.MIN_VALUE;

  /**
   * Nothing settled yet.
   *
   * @param periodNs length of a slot of each subject; always the same
   * @param alignNs what is forgotten ends with a multiple of this
   */
  public OutcomeRuns(int subjects, IntToLongFunction periodNs, long alignNs) {
    this(subjects, periodNs, alignNs, RUNS + RUNS_PER_SUBJECT * subjects);
  }

  /** The same with at most so many runs and subjects with any, at least 32. */
  OutcomeRuns(int subjects, IntToLongFunction periodNs, long alignNs, int bound) {
    this.subjects = subjects;
    this.periodNs = periodNs;
    this.alignNs = alignNs;
    this.bound = bound;
    rings = new RunRings(subjects);
  }

  /** The most runs and subjects with any. */
  int bound() {
    return bound;
  }

  /** How many runs there are, and subjects with any. */
  int size() {
    return rings.size();
  }

  /** Bytes of all runs. */
  long bytes() {
    return rings.bytes();
  }

  /** Slots that end by then are not known any more. */
  public long knownSinceNs() {
    return knownSinceNs;
  }

  /** The first slot of a subject that is known. */
  public long firstKnown(int subject) {
    return Math.floorDiv(knownSinceNs, periodNs.applyAsLong(subject));
  }

  /**
   * Slots after all others of the subject are settled.
   *
   * @param outcome 0 to 15
   */
  public void append(int subject, long slot, long slots, int outcome) {
    if (outcome == USUAL || rings.extend(subject, slot, slots, outcome)) {
      return;
    }
    Objects.checkIndex(outcome, RunChunks.OUTCOMES);
    makeRoom();
    long from = Math.max(slot, firstKnown(subject));
    if (from < slot + slots) {
      rings.append(subject, from, slot + slots - from, outcome);
    }
  }

  /** The outcome of a slot that is known. */
  public int get(int subject, long slot) {
    return rings.get(subject, slot);
  }

  /** The first slot after this one that may have another outcome. */
  public long sameUntil(int subject, long slot) {
    return rings.sameUntil(subject, slot);
  }

  /**
   * Makes sure that the next change fits; because of that less may be known than before, so ask for
   * {@link #firstKnown} after it.
   */
  public void makeRoom() {
    if (rings.size() > bound - ROOM) {
      while (rings.size() > bound - bound / 8) {
        dropOldest();
      }
    }
  }

  /** Forgets the first quarter of the time of which there are runs. */
  private void dropOldest() {
    long minNs = Long.MAX_VALUE;
    long maxNs = Long.MIN_VALUE;
    for (int s = 0; s < subjects; s++) {
      if (!rings.isEmpty(s)) {
        minNs = Math.min(minNs, rings.first(s).until() * periodNs.applyAsLong(s));
        maxNs = Math.max(maxNs, rings.end(s) * periodNs.applyAsLong(s));
      }
    }
    long untilNs = minNs + (maxNs - minNs) / 4;
    forget(-Math.floorDiv(-untilNs, alignNs) * alignNs);
  }

  /**
   * Slots of one subject, all known and settled, have another outcome. Call {@link #makeRoom} just
   * before.
   *
   * @param outcome 0 to 15
   */
  public void set(int subject, long from, long to, int outcome) {
    rings.set(subject, from, to, Objects.checkIndex(outcome, RunChunks.OUTCOMES));
  }

  /** Slots that end by then are not asked for any more. */
  public void forget(long untilNs) {
    if (untilNs <= knownSinceNs) {
      return;
    }
    knownSinceNs = untilNs;
    for (int s = 0; s < subjects; s++) {
      if (!rings.isEmpty(s)) {
        rings.dropBefore(s, firstKnown(s));
      }
    }
  }

  /** Knows no more than another. */
  public void takeOver(OutcomeRuns old) {
    forget(old.knownSinceNs);
  }

  /** Takes over the runs of a subject that has the same slots; after {@link #takeOver}. */
  public void copyFrom(OutcomeRuns old, int from, int to) {
    for (int c = old.rings.oldest(from); c != NONE; c = old.rings.newer(from, c)) {
      RunEdit runs = old.rings.runs(c);
      for (int i = runs.runs() - 1; i >= 0; i--) {
        append(to, runs.from(i), runs.slots(i), runs.outcome(i));
      }
    }
  }

  public void write(Snapshot.Writer out) {
    out.putLong(knownSinceNs);
    int last = -1;
    for (int s = 0; s < subjects; s++) {
      if (!rings.isEmpty(s)) {
        out.putVarint(s - last);
        last = s;
        writeRuns(s, out);
      }
    }
    out.putVarint(0);
  }

  private void writeRuns(int subject, Snapshot.Writer out) {
    long slot = 0;
    for (int c = rings.oldest(subject); c != NONE; c = rings.newer(subject, c)) {
      RunEdit runs = rings.runs(c);
      for (int i = runs.runs() - 1; i >= 0; i--) {
        out.putVarint(runs.slots(i));
        out.putByte((byte) runs.outcome(i));
        out.putZigzag(runs.from(i) - slot);
        slot = runs.from(i) + runs.slots(i);
      }
    }
    out.putVarint(0);
  }

  public void read(Snapshot.Reader in) {
    knownSinceNs = in.getLong();
    int subject = -1;
    for (long step = in.getVarint(); step != 0; step = in.getVarint()) {
      subject += (int) step;
      long slot = 0;
      for (long slots = in.getVarint(); slots != 0; slots = in.getVarint()) {
        byte outcome = in.getByte();
        slot += in.getZigzag();
        if (!rings.extend(subject, slot, slots, outcome)) {
          rings.append(subject, slot, slots, outcome);
        }
        slot += slots;
      }
    }
  }
}
