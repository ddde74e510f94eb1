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
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 in steady state; the pool grows up to its
 * bound. <b>Memory</b>: 4 B a subject, and 24 B for each run and each subject that has any.
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

  /**
   * Runs and heads. A head is before its first run and after its last; its slot is the run last
   * looked at.
   */
  private final RunPool pool;

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
    pool = new RunPool(bound);
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
    if (h == NONE || !extend(pool.prev(h), slot, slots, outcome)) {
      makeRoom();
      long from = Math.max(slot, firstKnown(subject));
      if (from < slot + slots) {
        h = head(subject);
        insert(pool.prev(h), from, (int) (slot + slots - from), outcome);
      }
    }
  }

  private boolean extend(int run, long slot, int slots, int outcome) {
    boolean fits = pool.start(run) + pool.count(run) == slot && pool.value(run) == outcome;
    if (fits && pool.count(run) <= Integer.MAX_VALUE - slots) {
      pool.setCount(run, pool.count(run) + slots);
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
    int run = pool.next(before(h, slot));
    return run != h && pool.start(run) <= slot ? pool.value(run) : USUAL;
  }

  /** The first slot after this one that may have another outcome. */
  public long sameUntil(int subject, long slot) {
    int h = head[subject];
    if (h == NONE) {
      return Long.MAX_VALUE;
    }
    int run = pool.next(before(h, slot));
    if (run == h) {
      return Long.MAX_VALUE;
    }
    return pool.start(run) <= slot ? end(run) : pool.start(run);
  }

  /** The last run, or the head, that ends by a slot; the next one is the first that does not. */
  private int before(int h, long slot) {
    int at = (int) pool.start(h);
    while (at != h && end(at) > slot) {
      at = pool.prev(at);
    }
    for (int run = pool.next(at); run != h && end(run) <= slot; run = pool.next(at)) {
      at = run;
    }
    pool.setStart(h, at);
    return at;
  }

  private long end(int run) {
    return pool.start(run) + pool.count(run);
  }

  /**
   * Makes sure that the next change fits; because of that less may be known than before, so ask for
   * {@link #firstKnown} after it.
   */
  public void makeRoom() {
    if (pool.used() > bound - ROOM) {
      while (pool.used() > bound - bound / 8) {
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
        minNs = Math.min(minNs, end(pool.next(head[s])) * periodNs.applyAsLong(s));
        maxNs = Math.max(maxNs, end(pool.prev(head[s])) * periodNs.applyAsLong(s));
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
    int run = pool.next(at);
    if (run != h && pool.start(run) < from) {
      if (end(run) > to) {
        insert(run, to, (int) (end(run) - to), pool.value(run));
      }
      pool.setCount(run, (int) (from - pool.start(run)));
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
    if (pool.next(h) == h) {
      pool.release(h);
      head[subject] = NONE;
    }
  }

  /** Takes away what begins before a slot, of the runs after one. */
  private void clear(int h, int at, long to) {
    int run = pool.next(at);
    while (run != h && end(run) <= to) {
      removeAfter(h, at);
      run = pool.next(at);
    }
    if (run != h && pool.start(run) < to) {
      pool.setCount(run, (int) (end(run) - to));
      pool.setStart(run, to);
    }
  }

  /** Puts a run where none is, or makes one of it with its neighbours. */
  private void fill(int h, int at, long from, long to, int outcome) {
    int slots = (int) (to - from);
    int after = pool.next(at);
    if (at != h && extend(at, from, slots, outcome)) {
      if (after != h && extend(at, pool.start(after), pool.count(after), pool.value(after))) {
        removeAfter(h, at);
      }
    } else if (after != h
        && pool.start(after) == to
        && pool.value(after) == outcome
        && pool.count(after) <= Integer.MAX_VALUE - slots) {
      pool.setStart(after, from);
      pool.setCount(after, pool.count(after) + slots);
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
      h = pool.take();
      pool.setStart(h, h);
      pool.link(h, h, h);
      head[subject] = h;
    }
    return h;
  }

  private void insert(int at, long slot, int slots, int outcome) {
    int run = pool.take();
    pool.setStart(run, slot);
    pool.setSlots(run, slots, outcome);
    pool.link(run, pool.next(at), at);
    pool.setPrev(pool.next(at), run);
    pool.setNext(at, run);
  }

  private void removeAfter(int h, int at) {
    int run = pool.next(at);
    pool.setNext(at, pool.next(run));
    pool.setPrev(pool.next(run), at);
    if (pool.start(h) == run) {
      pool.setStart(h, at);
    }
    pool.release(run);
  }

  /** Knows no more than another. */
  public void takeOver(OutcomeRuns old) {
    forget(old.knownSinceNs);
  }

  /** Takes over the runs of a subject that has the same slots; after {@link #takeOver}. */
  public void copyFrom(OutcomeRuns old, int from, int to) {
    int h = old.head[from];
    if (h != NONE) {
      for (int run = old.pool.next(h); run != h; run = old.pool.next(run)) {
        append(to, old.pool.start(run), old.pool.count(run), old.pool.value(run));
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
        for (int run = pool.next(h); run != h; run = pool.next(run)) {
          out.putVarint(pool.count(run));
          out.putByte((byte) pool.value(run));
          out.putZigzag(pool.start(run) - slot);
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
        insert(pool.prev(h), slot, slots, outcome);
        slot += slots;
      }
    }
  }
}
