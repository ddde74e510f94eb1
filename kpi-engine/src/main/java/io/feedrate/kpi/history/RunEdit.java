package io.feedrate.kpi.history;

/**
 * Runs that are taken out of neighbouring chunks, from the newest to the oldest, while the slots of
 * one interval change. Runs of one outcome that touch are made one, so what comes out depends on
 * the outcomes of the slots alone.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction. <b>Bounds</b>: what is
 * left of the newest chunk and of the oldest, and the change; nothing is left of those between.
 */
final class RunEdit {
  private static final int MOST = 2 * RunChunks.MOST_RUNS + 2;

  private final long[] from = new long[MOST];
  private final long[] until = new long[MOST];
  private final byte[] outcome = new byte[MOST];
  private final RunWalk walk = new RunWalk();
  private int runs;
  private int taken;

  private long changedFrom;
  private long changedUntil;
  private int changedTo;
  private boolean changed;

  /** Takes out whole chunks and changes nothing. */
  void begin() {
    begin(Long.MIN_VALUE, Long.MIN_VALUE, OutcomeRuns.USUAL);
  }

  /** Takes out what is concerned when the slots of an interval have an outcome. */
  void begin(long fromSlot, long toSlot, int theirs) {
    runs = 0;
    taken = 0;
    changedFrom = fromSlot;
    changedUntil = toSlot;
    changedTo = theirs;
    changed = false;
  }

  /**
   * Takes out the runs of a chunk, the next older one, that lie in the interval or after it, or
   * touch it.
   *
   * @return whether it has others: then no older chunk is concerned
   */
  boolean take(RunChunks chunks, int chunk) {
    chunks.walk(chunk, walk);
    while (walk.hasOlder()) {
      if (walk.olderUntil() < changedFrom) {
        chunks.cut(chunk, walk);
        return true;
      }
      walk.older();
      taken++;
      take(walk.from(), walk.until(), walk.outcome());
    }
    return false;
  }

  private void take(long first, long end, int its) {
    if (first < changedUntil) {
      add(changedUntil, end, its);
      change();
      add(first, Math.min(end, changedFrom), its);
    } else {
      add(first, end, its);
    }
  }

  /** All that is concerned is taken out. */
  void end() {
    change();
  }

  private void change() {
    if (!changed) {
      changed = true;
      add(changedFrom, changedUntil, changedTo);
    }
  }

  private void add(long first, long end, int its) {
    if (first >= end || its == OutcomeRuns.USUAL) {
      return;
    }
    if (runs > 0 && from[runs - 1] == end && outcome[runs - 1] == its) {
      from[runs - 1] = first;
    } else {
      from[runs] = first;
      until[runs] = end;
      outcome[runs] = (byte) its;
      runs++;
    }
  }

  /** How many runs there are now. */
  int runs() {
    return runs;
  }

  /** How many runs were taken out. */
  int taken() {
    return taken;
  }

  /** The first slot of a run, numbered from the newest. */
  long from(int run) {
    return from[run];
  }

  long slots(int run) {
    return until[run] - from[run];
  }

  int outcome(int run) {
    return outcome[run];
  }
}
