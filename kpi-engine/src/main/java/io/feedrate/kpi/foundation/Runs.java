package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which value each signal had when, as runs: values of one worth that follow each other within the
 * required age. A value that goes on with the newest run changes one number; only a change of worth
 * or a gap begins another run. Older runs are kept until their time is accounted.
 *
 * <p>A run begins at {@code sinceNs} and holds until the next begins; its newest value is of {@code
 * newestNs}. A run of {@link #UNKNOWN} worth brought no value: its newest value is the one before.
 *
 * <p>Values out of order are sorted in while their time is not accounted: one that fits to a run or
 * lies between runs is exactly as if it had come in order. One that lies <i>within</i> a run and
 * has another worth is left out, because which values of the run came after it is not kept; that is
 * wrong for at most the distance to the run's next value, and never for longer than the lateness.
 *
 * <p><b>Thread</b>: the engine's. <b>Units</b>: epoch ns. <b>Allocation</b>: 0 in steady state.
 * <b>Memory</b>: 68 B per signal, and 64 B for each that has more than one older run.
 * <b>Bounds</b>: {@link #MAX_OLDER} older runs of a signal; of more the oldest two become one.
 */
final class Runs {
  static final int GOOD = 0;
  static final int UNCERTAIN = 1;
  static final int BAD = 2;

  /** There is no value, or something may have changed it unseen. */
  static final int UNKNOWN = 3;

  /** The most runs kept beside the newest. */
  static final int MAX_OLDER = 1024;

  /** A required age that no value reaches; small enough to be added to a time. */
  private static final long FOREVER_NS = 1L << 61;

  // A run.
  private static final int FIELDS = 3;
  private static final int SINCE = 0;
  private static final int NEWEST = 1;
  private static final int WORTH = 2;

  // A signal: its newest run, the one before, and these; together a line of the cache.
  private static final int SIGNAL = 8;
  private static final int NEAR = 2;
  private static final int AGE = NEAR * FIELDS;
  private static final int OLDER = AGE + 1;

  private static final int FIRST_FAR = 2;
  private static final long[] NONE = {};

  private final long[] words;

  /** Runs that are older than those two, oldest first. */
  private final long[][] far;

  /** Arrays that nobody needs at the moment, by {@link #sizeClass}. */
  private final List<List<long[]>> spare = new ArrayList<>();

  /** No signal has a value yet; all of them are in scope since ever. */
  Runs(List<Signal> signals) {
    int n = signals.size();
    words = new long[n * SIGNAL];
    for (int i = 0; i < n; i++) {
      words[i * SIGNAL + AGE] = requiredAgeNs(signals.get(i));
      set(i, 0, Sample.NO_TIME, Sample.NO_TIME, UNKNOWN);
    }
    far = new long[n][];
    Arrays.fill(far, NONE);
  }

  private static long requiredAgeNs(Signal s) {
    return switch (s.mode()) {
      case PERIODIC -> s.periodNs() + s.deadlineNs();
      case ON_CHANGE -> FOREVER_NS;
      case EVENT -> 0;
    };
  }

  /** How old the newest value of a signal may be. */
  long ageNs(int signal) {
    return words[signal * SIGNAL + AGE];
  }

  /** Number of the newest run of a signal; the oldest that is kept is number 0. */
  int last(int signal) {
    return (int) words[signal * SIGNAL + OLDER];
  }

  private void setLast(int signal, int last) {
    words[signal * SIGNAL + OLDER] = last;
  }

  private long get(int signal, int run, int field) {
    int back = last(signal) - run;
    return back < NEAR
        ? words[signal * SIGNAL + back * FIELDS + field]
        : far[signal][run * FIELDS + field];
  }

  private void put(int signal, int run, int field, long v) {
    int back = last(signal) - run;
    if (back < NEAR) {
      words[signal * SIGNAL + back * FIELDS + field] = v;
    } else {
      far[signal][run * FIELDS + field] = v;
    }
  }

  private void set(int signal, int run, long since, long newest, int its) {
    put(signal, run, SINCE, since);
    put(signal, run, NEWEST, newest);
    put(signal, run, WORTH, its);
  }

  long sinceNs(int signal, int run) {
    return get(signal, run, SINCE);
  }

  long newestNs(int signal, int run) {
    return get(signal, run, NEWEST);
  }

  int worth(int signal, int run) {
    return (int) get(signal, run, WORTH);
  }

  private long sinceNs(int signal) {
    return words[signal * SIGNAL + SINCE];
  }

  /** Time of the newest value of a signal, or {@link Sample#NO_TIME}. */
  long newestNs(int signal) {
    return words[signal * SIGNAL + NEWEST];
  }

  /** Worth of the newest run. */
  int worth(int signal) {
    return (int) words[signal * SIGNAL + WORTH];
  }

  private void setSince(int signal, long ns) {
    words[signal * SIGNAL + SINCE] = ns;
  }

  private void setNewest(int signal, long ns) {
    words[signal * SIGNAL + NEWEST] = ns;
  }

  private void setWorth(int signal, int its) {
    words[signal * SIGNAL + WORTH] = its;
  }

  /** Whether one run holds all of an interval with a value that is not too old. */
  boolean isSteady(int signal, long fromNs, long toNs) {
    return last(signal) == 0
        && sinceNs(signal) <= fromNs
        && newestNs(signal) + ageNs(signal) >= toNs
        && worth(signal) != UNKNOWN;
  }

  /** Whether a value goes on with the newest run; if so, it is taken. */
  boolean extend(int signal, long timeNs, int its) {
    long ageOfNewestNs = timeNs - newestNs(signal);
    // Unsigned: also false for an older value, and if there was none.
    if (ageOfNewestNs + Long.MIN_VALUE <= ageNs(signal) + Long.MIN_VALUE && its == worth(signal)) {
      setNewest(signal, timeNs);
      return true;
    }
    return false;
  }

  /**
   * Takes a value that does not go on with the newest run.
   *
   * @param accountedNs until when the signal's time is accounted
   * @param live whether it tells what holds when it is received, as one from a store does not
   */
  void change(int signal, long timeNs, int its, long accountedNs, boolean live) {
    if (ageNs(signal) == 0) {
      replace(signal, timeNs, its);
      return;
    }
    if (timeNs < newestNs(signal) || (timeNs < sinceNs(signal) && !live)) {
      if (timeNs >= accountedNs) {
        insert(signal, timeNs, its);
      }
      return;
    }
    if (timeNs < sinceNs(signal)) {
      resolve(signal, timeNs, its, accountedNs);
      return;
    }
    begin(signal, timeNs, its);
    setNewest(signal, timeNs);
  }

  /** The newest value is older than the doubt, but told since: it held all the time. */
  private void resolve(int signal, long timeNs, int its, long accountedNs) {
    if (worth(signal) != UNKNOWN || last(signal) == 0) {
      setWorth(signal, its); // nobody asks any more for what was before
      setNewest(signal, timeNs);
      return;
    }
    pop(signal);
    if (!extend(signal, timeNs, its)) {
      change(signal, timeNs, its, accountedNs, true);
    }
  }

  private void replace(int signal, long timeNs, int its) {
    if (timeNs >= newestNs(signal)) {
      setSince(signal, timeNs);
      setNewest(signal, timeNs);
      setWorth(signal, its);
    }
  }

  /** From a time on nothing is known of a signal, until a value tells. */
  void doubt(int signal, long nowNs) {
    if (worth(signal) == UNKNOWN || ageNs(signal) == 0) {
      return;
    }
    if (sinceNs(signal) >= nowNs) {
      setWorth(signal, UNKNOWN); // the source's clock is ahead
    } else {
      begin(signal, nowNs, UNKNOWN);
    }
  }

  private void begin(int signal, long fromNs, int its) {
    if (sinceNs(signal) < fromNs) {
      add(signal, last(signal), sinceNs(signal), newestNs(signal), worth(signal));
    }
    setSince(signal, fromNs);
    setWorth(signal, its);
  }

  /** The run before the newest is the newest again. */
  private void pop(int signal) {
    int before = last(signal) - 1;
    long since = sinceNs(signal, before);
    long newest = newestNs(signal, before);
    int its = worth(signal, before);
    if (before > 0) {
      System.arraycopy(far[signal], (before - 1) * FIELDS, words, signal * SIGNAL + FIELDS, FIELDS);
    }
    setLast(signal, before);
    set(signal, before, since, newest, its);
  }

  private void insert(int signal, long timeNs, int its) {
    int run = last(signal);
    while (run >= 0 && sinceNs(signal, run) > timeNs) {
      run--;
    }
    if (run < 0 || run == last(signal) || timeNs <= newestNs(signal, run)) {
      return; // before all that is known, or within a run
    }
    boolean before = its == worth(signal, run) && timeNs - newestNs(signal, run) <= ageNs(signal);
    boolean after =
        its == worth(signal, run + 1) && sinceNs(signal, run + 1) - timeNs <= ageNs(signal);
    if (before) {
      put(signal, run, NEWEST, timeNs);
    } else if (after) {
      put(signal, run + 1, SINCE, timeNs);
    } else {
      run = add(signal, run + 1, timeNs, timeNs, its);
    }
    inherit(signal, run + 1, timeNs);
  }

  /** Runs without a value of their own have that of the one before. */
  private void inherit(int signal, int from, long timeNs) {
    for (int run = from; run <= last(signal); run++) {
      if (worth(signal, run) != UNKNOWN || newestNs(signal, run) >= timeNs) {
        return;
      }
      put(signal, run, NEWEST, timeNs);
    }
  }

  /** Adds an older run; where it is then. */
  private int add(int signal, int at, long since, long newest, int its) {
    int place = at;
    if (last(signal) == MAX_OLDER) {
      long first = sinceNs(signal, 0);
      dropOldest(signal, 1);
      put(signal, 0, SINCE, first);
      place = Math.max(0, at - 1);
    }
    int n = last(signal);
    int near = signal * SIGNAL + FIELDS;
    if (n > 0) {
      int after = n - place;
      makeRoom(signal, after == 0 ? n : n + 1);
      long[] array = far[signal];
      System.arraycopy(words, near, array, (n - 1) * FIELDS, FIELDS);
      if (after > 0) {
        System.arraycopy(array, place * FIELDS, array, (place + 1) * FIELDS, after * FIELDS);
        System.arraycopy(array, n * FIELDS, words, near, FIELDS);
      }
    }
    setLast(signal, n + 1);
    set(signal, place, since, newest, its);
    return place;
  }

  private void makeRoom(int signal, int runs) {
    long[] its = far[signal];
    if (its.length < runs * FIELDS) {
      int size = sizeClass(runs);
      while (spare.size() <= size) {
        spare.add(new ArrayList<>());
      }
      List<long[]> fitting = spare.get(size);
      far[signal] =
          fitting.isEmpty()
              ? new long[(FIRST_FAR << size) * FIELDS]
              : fitting.remove(fitting.size() - 1);
      System.arraycopy(its, 0, far[signal], 0, its.length);
      giveBack(its);
    }
  }

  private void giveBack(long[] its) {
    if (its != NONE) {
      spare.get(sizeClass(its.length / FIELDS)).add(its);
    }
  }

  /** The least k with room for so many runs in FIRST_FAR << k. */
  private static int sizeClass(int runs) {
    return Integer.SIZE - Integer.numberOfLeadingZeros((runs - 1) / FIRST_FAR);
  }

  private void dropOldest(int signal, int runs) {
    int left = last(signal) - runs;
    if (left > 1) {
      System.arraycopy(far[signal], runs * FIELDS, far[signal], 0, (left - 1) * FIELDS);
    } else {
      giveBack(far[signal]);
      far[signal] = NONE;
    }
    setLast(signal, left);
  }

  /** The time until then is accounted: what only matters before is forgotten. */
  void forget(int signal, long untilNs) {
    int drop = 0;
    while (drop < last(signal) && sinceNs(signal, drop + 1) < untilNs) {
      drop++;
    }
    if (drop > 0) {
      dropOldest(signal, drop);
    }
  }

  /** Nothing is required of a signal before a time. */
  void beginAt(int signal, long fromNs) {
    dropOldest(signal, last(signal));
    setSince(signal, fromNs);
  }

  /** Goes on with a signal's runs under another register. */
  void copyFrom(Runs old, int from, int to) {
    long ageNs = ageNs(to);
    System.arraycopy(old.words, from * SIGNAL, words, to * SIGNAL, SIGNAL);
    words[to * SIGNAL + AGE] = ageNs;
    far[to] = NONE;
    if (last(to) > 1) {
      makeRoom(to, last(to) - 1);
      System.arraycopy(old.far[from], 0, far[to], 0, (last(to) - 1) * FIELDS);
    }
  }

  /** What a signal had without being required to. */
  boolean isUnrequired(int signal) {
    return ageNs(signal) == 0;
  }

  void write(Snapshot.Writer out) {
    for (int field = 0; field < FIELDS; field++) {
      out.putColumn(words, field, SIGNAL);
    }
    for (int s = 0; s < far.length; s++) {
      out.putVarint(last(s));
      for (int run = 0; run < last(s); run++) {
        out.putLong(sinceNs(s, run));
        out.putLong(newestNs(s, run));
        out.putByte((byte) worth(s, run));
      }
    }
  }

  void read(Snapshot.Reader in) {
    for (int field = 0; field < FIELDS; field++) {
      in.getColumn(words, field, SIGNAL);
    }
    for (int s = 0; s < far.length; s++) {
      int n = in.getCount();
      for (int run = 0; run < n; run++) {
        add(s, run, in.getLong(), in.getLong(), in.getByte());
      }
    }
  }
}
