package io.feedrate.kpi.history;

import io.feedrate.kpi.Snapshot;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Which outcome each settled slot of each subject has. Slot k of a subject is the time [k·period,
 * (k+1)·period). What is not told is {@link #USUAL}; anything else is kept as runs of equal slots,
 * in order, in one pool for all subjects.
 *
 * <p>What ends by {@link #knownSinceNs()} is not known any more: because nobody may ask for it
 * ({@link #forget}), or because the pool was full and the oldest runs had to go. Then what is left
 * is right, and what went is said to be unknown.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 in steady state; the pool doubles up to its
 * bound. <b>Memory</b>: 4 B a subject, and 21 B for each run and each subject that has any.
 * <b>Time</b>: as many steps as there are runs between the slot last asked for and this one.
 */
public final class OutcomeRuns {

  /** The outcome of what was not told. */
  public static final int USUAL = 0;

  private static final int NONE = -1;
  private static final int RUNS = 1 << 16;
  private static final int RUNS_PER_SUBJECT = 16;

  /** The most nodes that one change can need: a split, a run, and a subject's first. */
  private static final int ROOM = 3;

  private final IntToLongFunction periodNs;
  private final long alignNs;
  private final int bound;

  /** A subject's head: a node in a ring with its runs. Subjects without runs have none. */
  private final int[] head;

  // Nodes. Those of a head are: the run last looked at, nothing, the first run, the last run.
  private long[] start = {};
  private int[] count = {};
  private int[] next = {};
  private int[] prev = {};
  private byte[] value = {};
  private int fresh;
  private int free = NONE;
  private int used;
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

  /** The same with at most so many nodes, at least 32. */
  OutcomeRuns(int subjects, IntToLongFunction periodNs, long alignNs, int bound) {
    this.periodNs = periodNs;
    this.alignNs = alignNs;
    this.bound = bound;
    head = new int[subjects];
    Arrays.fill(head, NONE);
  }

  /** The most nodes. */
  int bound() {
    return bound;
  }

  /** Slots that end by then are not known any more. */
  public long knownSinceNs() {
    return knownSinceNs;
  }

  /** The first slot of a subject that is known. */
  public long firstKnown(int subject) {
    return Math.floorDiv(knownSinceNs, periodNs.applyAsLong(subject));
  }

  /** Slots after all others of the subject are settled. */
  public void append(int subject, long slot, int slots, int outcome) {
    if (outcome == USUAL) {
      return;
    }
    int h = head[subject];
    if (h == NONE || !extend(prev[h], slot, slots, outcome)) {
      makeRoom();
      long from = Math.max(slot, firstKnown(subject));
      if (from < slot + slots) {
        h = head(subject);
        insert(prev[h], from, (int) (slot + slots - from), outcome);
      }
    }
  }

  private boolean extend(int run, long slot, int slots, int outcome) {
    boolean fits = start[run] + count[run] == slot && value[run] == outcome;
    if (fits && count[run] <= Integer.MAX_VALUE - slots) {
      count[run] += slots;
      return true;
    }
    return false;
  }

  /** The outcome of a slot that is known. */
  public int get(int subject, long slot) {
    int h = head[subject];
    if (h == NONE) {
      return USUAL;
    }
    int run = next[before(h, slot)];
    return run != h && start[run] <= slot ? value[run] : USUAL;
  }

  /** The first slot after this one that may have another outcome. */
  public long sameUntil(int subject, long slot) {
    int h = head[subject];
    if (h == NONE) {
      return Long.MAX_VALUE;
    }
    int run = next[before(h, slot)];
    if (run == h) {
      return Long.MAX_VALUE;
    }
    return start[run] <= slot ? end(run) : start[run];
  }

  /** The last run, or the head, that ends by a slot; the next one is the first that does not. */
  private int before(int h, long slot) {
    int at = (int) start[h];
    while (at != h && end(at) > slot) {
      at = prev[at];
    }
    for (int run = next[at]; run != h && end(run) <= slot; run = next[at]) {
      at = run;
    }
    start[h] = at;
    return at;
  }

  private long end(int run) {
    return start[run] + count[run];
  }

  /**
   * Makes sure that the next change fits; because of that less may be known than before, so ask for
   * {@link #firstKnown} after it.
   */
  public void makeRoom() {
    if (used > bound - ROOM) {
      while (used > bound - bound / 8) {
        dropOldest();
      }
    }
  }

  /** Forgets the first quarter of the time of which there are runs. */
  private void dropOldest() {
    long minNs = Long.MAX_VALUE;
    long maxNs = Long.MIN_VALUE;
    for (int s = 0; s < head.length; s++) {
      if (head[s] != NONE) {
        minNs = Math.min(minNs, end(next[head[s]]) * periodNs.applyAsLong(s));
        maxNs = Math.max(maxNs, end(prev[head[s]]) * periodNs.applyAsLong(s));
      }
    }
    long untilNs = minNs + (maxNs - minNs) / 4;
    forget(-Math.floorDiv(-untilNs, alignNs) * alignNs);
  }

  /**
   * Slots of one subject, all known and settled, have another outcome. Call {@link #makeRoom} just
   * before.
   */
  public void set(int subject, long from, long to, int outcome) {
    if (outcome == USUAL && head[subject] == NONE) {
      return;
    }
    int h = head(subject);
    int at = before(h, from);
    int run = next[at];
    if (run != h && start[run] < from) {
      if (end(run) > to) {
        insert(run, to, (int) (end(run) - to), value[run]);
      }
      count[run] = (int) (from - start[run]);
      at = run;
    }
    clear(h, at, to);
    if (outcome != USUAL) {
      fill(h, at, from, to, outcome);
    }
    releaseIfEmpty(subject);
  }

  private void releaseIfEmpty(int subject) {
    int h = head[subject];
    if (next[h] == h) {
      release(h);
      head[subject] = NONE;
    }
  }

  /** Takes away what begins before a slot, of the runs after one. */
  private void clear(int h, int at, long to) {
    int run = next[at];
    while (run != h && end(run) <= to) {
      removeAfter(h, at);
      run = next[at];
    }
    if (run != h && start[run] < to) {
      count[run] = (int) (end(run) - to);
      start[run] = to;
    }
  }

  /** Puts a run where none is, or makes one of it with its neighbours. */
  private void fill(int h, int at, long from, long to, int outcome) {
    int slots = (int) (to - from);
    int after = next[at];
    if (at != h && extend(at, from, slots, outcome)) {
      if (after != h && extend(at, start[after], count[after], value[after])) {
        removeAfter(h, at);
      }
    } else if (after != h
        && start[after] == to
        && value[after] == outcome
        && count[after] <= Integer.MAX_VALUE - slots) {
      start[after] = from;
      count[after] += slots;
    } else {
      insert(at, from, slots, outcome);
    }
  }

  /** Slots that end by then are not asked for any more. */
  public void forget(long untilNs) {
    if (untilNs <= knownSinceNs) {
      return;
    }
    knownSinceNs = untilNs;
    for (int s = 0; s < head.length; s++) {
      int h = head[s];
      if (h != NONE) {
        clear(h, h, firstKnown(s));
        releaseIfEmpty(s);
      }
    }
  }

  private int head(int subject) {
    int h = head[subject];
    if (h == NONE) {
      h = take();
      start[h] = h;
      next[h] = h;
      prev[h] = h;
      head[subject] = h;
    }
    return h;
  }

  private void insert(int at, long slot, int slots, int outcome) {
    int run = take();
    start[run] = slot;
    count[run] = slots;
    value[run] = (byte) outcome;
    next[run] = next[at];
    prev[run] = at;
    prev[next[at]] = run;
    next[at] = run;
  }

  private void removeAfter(int h, int at) {
    int run = next[at];
    next[at] = next[run];
    prev[next[run]] = at;
    if (start[h] == run) {
      start[h] = at;
    }
    release(run);
  }

  private int take() {
    used++;
    if (free != NONE) {
      int node = free;
      free = next[node];
      return node;
    }
    if (fresh == start.length) {
      int size = Math.max(16, 2 * fresh);
      start = Arrays.copyOf(start, size);
      count = Arrays.copyOf(count, size);
      next = Arrays.copyOf(next, size);
      prev = Arrays.copyOf(prev, size);
      value = Arrays.copyOf(value, size);
    }
    return fresh++;
  }

  private void release(int node) {
    next[node] = free;
    free = node;
    used--;
  }

  /** Knows no more than another. */
  public void takeOver(OutcomeRuns old) {
    forget(old.knownSinceNs);
  }

  /** Takes over the runs of a subject that has the same slots; after {@link #takeOver}. */
  public void copyFrom(OutcomeRuns old, int from, int to) {
    int h = old.head[from];
    if (h != NONE) {
      for (int run = old.next[h]; run != h; run = old.next[run]) {
        append(to, old.start[run], old.count[run], old.value[run]);
      }
    }
  }

  public void write(Snapshot.Writer out) {
    out.putLong(knownSinceNs);
    int last = -1;
    for (int s = 0; s < head.length; s++) {
      int h = head[s];
      if (h != NONE) {
        out.putVarint(s - last);
        last = s;
        long slot = 0;
        for (int run = next[h]; run != h; run = next[run]) {
          out.putVarint(count[run]);
          out.putByte(value[run]);
          out.putZigzag(start[run] - slot);
          slot = end(run);
        }
        out.putVarint(0);
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
      for (int slots = (int) in.getVarint(); slots != 0; slots = (int) in.getVarint()) {
        byte outcome = in.getByte();
        slot += in.getZigzag();
        int h = head(subject);
        insert(prev[h], slot, slots, outcome);
        slot += slots;
      }
    }
  }
}
