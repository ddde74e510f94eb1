package io.feedrate.kpi.meter;

import io.feedrate.kpi.Snapshot;
import java.util.Arrays;

/**
 * Which state each subject was in, for as long as somebody may still ask: a short list of changes.
 * Changes may come out of order; each holds until the next. Before the first the state is unknown.
 *
 * <p><b>Thread</b>: the engine's. <b>Units</b>: epoch ns. <b>Allocation</b>: 0 in steady state.
 * <b>Bounds</b>: {@link #MAX_CHANGES} a subject; when there are more, the oldest two become one.
 */
public final class StateTimeline {
  /** The most changes kept of a subject. */
  public static final int MAX_CHANGES = 1024;

  private static final int FIRST_CHANGES = 4;

  /** Takes one stretch of one state. */
  @FunctionalInterface
  public interface Visitor {
    void visit(int subject, int state, long fromNs, long toNs);
  }

  private final int unknown;
  private final long[][] sinceNs;
  private final int[][] state;
  private final int[] size;
  private final int[] before;
  private final long[] beforeNs;

  /**
   * Timelines of so many subjects.
   *
   * @param unknown the state before the first change
   */
  public StateTimeline(int subjects, int unknown) {
    this.unknown = unknown;
    sinceNs = new long[subjects][FIRST_CHANGES];
    state = new int[subjects][FIRST_CHANGES];
    size = new int[subjects];
    before = new int[subjects];
    beforeNs = new long[subjects];
    Arrays.fill(before, unknown);
    Arrays.fill(beforeNs, Long.MIN_VALUE);
  }

  /** A subject is in a state from a time on, until a later change. */
  public void set(int subject, long atNs, int its) {
    if (atNs <= beforeNs[subject]) {
      if (atNs == beforeNs[subject]) {
        before[subject] = its;
      }
      return; // what held later is known, and nobody asks for earlier any more
    }
    int n = size[subject];
    int i = n;
    while (i > 0 && sinceNs[subject][i - 1] > atNs) {
      i--;
    }
    if (i > 0 && sinceNs[subject][i - 1] == atNs) {
      state[subject][i - 1] = its; // what is said last of one moment holds
      return;
    }
    if (n == MAX_CHANGES) {
      if (i == 0) {
        return; // older than all that is kept
      }
      dropFirst(subject, 1);
      n--;
      i--;
    }
    makeRoom(subject, i, n);
    sinceNs[subject][i] = atNs;
    state[subject][i] = its;
    size[subject] = n + 1;
  }

  private void makeRoom(int subject, int at, int n) {
    if (n == sinceNs[subject].length) {
      sinceNs[subject] = Arrays.copyOf(sinceNs[subject], 2 * n);
      state[subject] = Arrays.copyOf(state[subject], 2 * n);
    }
    System.arraycopy(sinceNs[subject], at, sinceNs[subject], at + 1, n - at);
    System.arraycopy(state[subject], at, state[subject], at + 1, n - at);
  }

  private void dropFirst(int subject, int n) {
    before[subject] = state[subject][n - 1];
    beforeNs[subject] = sinceNs[subject][n - 1];
    System.arraycopy(sinceNs[subject], n, sinceNs[subject], 0, size[subject] - n);
    System.arraycopy(state[subject], n, state[subject], 0, size[subject] - n);
    size[subject] -= n;
  }

  /** The state that holds now, by what was said last. */
  public int current(int subject) {
    int n = size[subject];
    return n == 0 ? before[subject] : state[subject][n - 1];
  }

  /** The state at a time. */
  public int at(int subject, long ns) {
    int i = size[subject];
    while (i > 0 && sinceNs[subject][i - 1] > ns) {
      i--;
    }
    return i == 0 ? before[subject] : state[subject][i - 1];
  }

  /** Hands over the stretches of an interval in order, the unknown ones too. */
  public void visit(int subject, long fromNs, long toNs, Visitor visitor) {
    long atNs = fromNs;
    int its = at(subject, fromNs);
    for (int i = 0; i < size[subject]; i++) {
      long next = sinceNs[subject][i];
      if (next > atNs && next < toNs) {
        visitor.visit(subject, its, atNs, next);
        atNs = next;
      }
      if (next <= atNs) {
        its = state[subject][i];
      }
    }
    if (atNs < toNs) {
      visitor.visit(subject, its, atNs, toNs);
    }
  }

  /** Forgets changes that only matter before a time. */
  public void forget(int subject, long untilNs) {
    int n = 0;
    while (n < size[subject] && sinceNs[subject][n] <= untilNs) {
      n++;
    }
    if (n > 0) {
      dropFirst(subject, n);
    }
  }

  /** Goes on with other timelines: for each subject its index there, or -1. */
  public void takeOver(StateTimeline old, int[] oldSubject) {
    for (int s = 0; s < oldSubject.length; s++) {
      int o = oldSubject[s];
      if (o >= 0) {
        sinceNs[s] = old.sinceNs[o].clone();
        state[s] = old.state[o].clone();
        size[s] = old.size[o];
        before[s] = old.before[o];
        beforeNs[s] = old.beforeNs[o];
      }
    }
  }

  public void write(Snapshot.Writer out) {
    for (int s = 0; s < size.length; s++) {
      out.putZigzag(before[s]);
      out.putLong(beforeNs[s]);
      out.putVarint(size[s]);
      for (int i = 0; i < size[s]; i++) {
        out.putLong(sinceNs[s][i]);
        out.putZigzag(state[s][i]);
      }
    }
  }

  public void read(Snapshot.Reader in) {
    for (int s = 0; s < size.length; s++) {
      before[s] = (int) in.getZigzag();
      beforeNs[s] = in.getLong();
      int n = in.getCount();
      size[s] = n;
      int room = Math.max(FIRST_CHANGES, Integer.highestOneBit(Math.max(1, n)) * 2);
      sinceNs[s] = new long[room];
      state[s] = new int[room];
      for (int i = 0; i < n; i++) {
        sinceNs[s][i] = in.getLong();
        state[s][i] = (int) in.getZigzag();
      }
    }
  }

  /** The state before anything was said. */
  public int unknown() {
    return unknown;
  }
}
