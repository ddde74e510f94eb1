package io.feedrate.kpi.history;

import static io.feedrate.kpi.history.RunChunks.NONE;

import java.util.Arrays;

/**
 * The runs of each subject, in a ring of chunks: two neighbours that fit into one chunk are mostly
 * made one, so that chunks are half full at least, except one a subject.
 *
 * <p>Which runs lie in which chunk depends on the order of changes, the runs and {@link #size()} do
 * not.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: {@link RunChunks}. <b>Memory</b>: 4 B a
 * subject, and the chunks. <b>Time</b>: after the last run, constant; else as many steps as there
 * are chunks between the slot last asked for and this one, and up to two chunks' runs.
 */
final class RunRings {
  /** Among how many subjects it is remembered which chunk of one was last looked at. */
  private static final int REMEMBERED = 256;

  /** A subject's newest chunk. */
  private final int[] newest;

  private final RunChunks chunks = new RunChunks();
  private final RunWalk walk = new RunWalk();
  private final RunEdit edit = new RunEdit();
  private int size;

  /**
   * A subject and its chunk that was last looked at. Not part of any state: it only saves looking
   * again. When more subjects than this are looked at in turn, none of them can have many chunks.
   */
  private final long[] last = new long[REMEMBERED];

  RunRings(int subjects) {
    newest = new int[subjects];
    Arrays.fill(newest, NONE);
    Arrays.fill(last, NONE);
  }

  /** How many runs there are, and subjects with any. */
  int size() {
    return size;
  }

  /** Bytes of all chunks. */
  long bytes() {
    return chunks.bytes();
  }

  boolean isEmpty(int subject) {
    return newest[subject] == NONE;
  }

  /**
   * Makes the last run longer by slots right after it, if they have its outcome.
   *
   * @return whether they have
   */
  boolean extend(int subject, long slot, long slots, int outcome) {
    int chunk = newest[subject];
    if (chunk == NONE || chunks.end(chunk) != slot || chunks.lastOutcome(chunk) != outcome) {
      return false;
    }
    if (!chunks.stretch(chunk, slots)) {
      chunks.walk(chunk, walk);
      walk.older();
      chunks.cut(chunk, walk);
      push(subject, chunk, walk.from(), slot - walk.from() + slots, outcome);
    }
    return true;
  }

  /** Puts a run after the others of a subject; if it touches the last, they differ. */
  void append(int subject, long slot, long slots, int outcome) {
    int chunk = newest[subject];
    size += chunk == NONE ? 2 : 1;
    push(subject, chunk, slot, slots, outcome);
  }

  /** Puts a run after a chunk's, or before all others: its chunk. */
  private int push(int subject, int chunk, long slot, long slots, int outcome) {
    if (chunk != NONE && chunks.push(chunk, slot, slots, outcome)) {
      return chunk;
    }
    int its = chunks.insert(chunk == NONE ? newest[subject] : chunk);
    if (chunk == newest[subject]) {
      newest[subject] = its;
    }
    chunks.push(its, slot, slots, outcome);
    return its;
  }

  /** The outcome of a slot. */
  int get(int subject, long slot) {
    walkTo(subject, slot);
    while (walk.older()) {
      if (walk.from() <= slot) {
        return slot < walk.until() ? walk.outcome() : OutcomeRuns.USUAL;
      }
    }
    return OutcomeRuns.USUAL;
  }

  /** Where the run of a slot ends, or the next one begins. */
  long sameUntil(int subject, long slot) {
    walkTo(subject, slot);
    long next = Long.MAX_VALUE;
    while (walk.older()) {
      if (walk.from() <= slot) {
        return slot < walk.until() ? walk.until() : next;
      }
      next = walk.from();
    }
    return next;
  }

  /** Begins a walk at the first chunk that ends after a slot; if there is none, it has no runs. */
  private void walkTo(int subject, long slot) {
    int chunk = newest[subject];
    if (chunk == NONE || chunks.end(chunk) <= slot) {
      walk.toNone();
    } else {
      chunks.walk(seek(subject, slot), walk);
    }
  }

  /** The first chunk that ends after a slot; the newest one does. */
  private int seek(int subject, long slot) {
    int seen = remembered(subject);
    int chunk = seen == NONE ? newest[subject] : seen;
    while (chunks.end(chunk) <= slot) {
      chunk = chunks.newer(chunk);
    }
    int first = oldest(subject);
    for (int older = chunks.older(chunk);
        chunk != first && chunks.end(older) > slot;
        older = chunks.older(chunk)) {
      chunk = older;
    }
    remember(subject, chunk);
    return chunk;
  }

  private void remember(int subject, int chunk) {
    last[subject % REMEMBERED] = (long) subject << Integer.SIZE | Integer.toUnsignedLong(chunk);
  }

  private int remembered(int subject) {
    long seen = last[subject % REMEMBERED];
    return (int) (seen >> Integer.SIZE) == subject ? (int) seen : NONE;
  }

  /** Gives another outcome to slots. */
  void set(int subject, long from, long to, int outcome) {
    if (isEmpty(subject)) {
      if (outcome != OutcomeRuns.USUAL) {
        append(subject, from, to - from, outcome);
      }
      return;
    }
    boolean isLast = chunks.end(newest[subject]) <= to;
    int concerned = isLast ? newest[subject] : seek(subject, to);
    edit.begin(from, to, outcome);
    int before = takeOut(subject, concerned);
    edit.end();
    int chunk = putBack(subject, before);
    join(subject, chunk);
    if (before != NONE && before != oldest(subject)) {
      join(subject, chunks.older(before));
    }
    if (isEmpty(subject)) {
      size--;
    }
  }

  /** Takes out the runs concerned, of a chunk and the ones before it: the last that keeps any. */
  private int takeOut(int subject, int last) {
    int chunk = last;
    while (chunk != NONE && !edit.take(chunks, chunk)) {
      int older = chunk == oldest(subject) ? NONE : chunks.older(chunk);
      remove(subject, chunk);
      chunk = older;
    }
    return chunk;
  }

  /** Puts runs back after a chunk's, or before all others: the last chunk that took one. */
  private int putBack(int subject, int before) {
    int chunk = before;
    for (int i = edit.runs() - 1; i >= 0; i--) {
      chunk = push(subject, chunk, edit.from(i), edit.slots(i), edit.outcome(i));
    }
    size += edit.runs() - edit.taken();
    return chunk;
  }

  /** Makes one chunk of one and the next, if there is a next and they fit. */
  private void join(int subject, int chunk) {
    if (chunk == NONE || chunk == newest[subject]) {
      return;
    }
    int newer = chunks.newer(chunk);
    if (chunks.fitIntoOne(chunk, newer)) {
      edit.begin();
      edit.take(chunks, newer);
      remove(subject, newer);
      putBack(subject, chunk);
    }
  }

  private void remove(int subject, int chunk) {
    int older = chunks.older(chunk) == chunk ? NONE : chunks.older(chunk);
    if (chunk == newest[subject]) {
      newest[subject] = older;
    }
    if (remembered(subject) == chunk) {
      remember(subject, older);
    }
    chunks.remove(chunk);
  }

  /** Takes away what begins before a slot, of a subject that has any. */
  void dropBefore(int subject, long slot) {
    while (!isEmpty(subject) && chunks.end(oldest(subject)) <= slot) {
      size -= chunks.runs(oldest(subject), walk);
      remove(subject, oldest(subject));
    }
    if (isEmpty(subject)) {
      size--;
    } else {
      size -= chunks.trim(oldest(subject), slot, walk);
      join(subject, oldest(subject));
    }
  }

  /** The first run of a subject that has any. */
  RunWalk first(int subject) {
    chunks.walk(oldest(subject), walk);
    walk.toOldest();
    return walk;
  }

  /** Where the last run of a subject ends that has any. */
  long end(int subject) {
    return chunks.end(newest[subject]);
  }

  /** A subject's oldest chunk, or none. */
  int oldest(int subject) {
    return isEmpty(subject) ? NONE : chunks.newer(newest[subject]);
  }

  /** The chunk after one, or none. */
  int newer(int subject, int chunk) {
    return chunk == newest[subject] ? NONE : chunks.newer(chunk);
  }

  /** The runs of a chunk, until the next call of anything. */
  RunEdit runs(int chunk) {
    edit.begin();
    edit.take(chunks, chunk);
    return edit;
  }
}
