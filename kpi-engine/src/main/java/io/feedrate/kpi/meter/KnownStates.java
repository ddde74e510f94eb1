package io.feedrate.kpi.meter;

import io.feedrate.kpi.Snapshot;
import java.util.Arrays;

/**
 * The states of subjects as their sources tell them, and since when a state is not known any more:
 * its link was lost, messages were lost, or its reading was bad. The newest value that comes after
 * such a loss holds from the loss on, if it was true by then already: a source that connects again
 * tells the present value with the time of its last change.
 *
 * <p><b>Thread</b>: the engine's. <b>Units</b>: epoch ns. <b>Allocation</b>: 0 in steady state.
 * <b>Bounds</b>: those of {@link StateTimeline}.
 */
public final class KnownStates {
  /** Not known. */
  public static final int UNKNOWN = -1;

  private static final long NEVER = Long.MIN_VALUE;

  private final StateTimeline line;
  private final long[] newestNs;
  private final int[] newest;
  private final long[] lostNs;

  /** All unknown. */
  public KnownStates(int subjects) {
    line = new StateTimeline(subjects, UNKNOWN);
    newestNs = new long[subjects];
    newest = new int[subjects];
    lostNs = new long[subjects];
    Arrays.fill(newestNs, NEVER);
    Arrays.fill(newest, UNKNOWN);
    Arrays.fill(lostNs, NEVER);
  }

  /** A source tells a state that holds from a time on; it may be late. */
  public void tell(int subject, long atNs, int state) {
    line.set(subject, atNs, state);
    if (atNs >= newestNs[subject]) {
      newestNs[subject] = atNs;
      newest[subject] = state;
      restore(subject);
    }
  }

  /** The newest state was told again. */
  public void again(int subject) {
    if (newestNs[subject] != NEVER) {
      restore(subject);
    }
  }

  private void restore(int subject) {
    if (lostNs[subject] >= newestNs[subject]) {
      line.set(subject, lostNs[subject], newest[subject]);
    }
  }

  /** From this time on nothing vouches for the state, until it is told again. */
  public void lose(int subject, long atNs) {
    if (newestNs[subject] == NEVER) {
      return; // it was not known before either
    }
    lostNs[subject] = Math.max(atNs, newestNs[subject]); // told by a clock that is ahead
    line.set(subject, lostNs[subject], UNKNOWN);
  }

  /** The state at a time. */
  public int at(int subject, long ns) {
    return line.at(subject, ns);
  }

  /** Hands over the stretches of an interval in order, the unknown ones too. */
  public void visit(int subject, long fromNs, long toNs, StateTimeline.Visitor visitor) {
    line.visit(subject, fromNs, toNs, visitor);
  }

  /** Forgets changes that only matter before a time. */
  public void forget(int subject, long untilNs) {
    line.forget(subject, untilNs);
  }

  /** Goes on with other subjects: for each its index there, or -1. */
  public void takeOver(KnownStates old, int[] oldSubject) {
    line.takeOver(old.line, oldSubject);
    for (int s = 0; s < oldSubject.length; s++) {
      int o = oldSubject[s];
      if (o >= 0) {
        newestNs[s] = old.newestNs[o];
        newest[s] = old.newest[o];
        lostNs[s] = old.lostNs[o];
      }
    }
  }

  public void write(Snapshot.Writer out) {
    line.write(out);
    out.putLongs(newestNs);
    out.putInts(newest);
    out.putLongs(lostNs);
  }

  public void read(Snapshot.Reader in) {
    line.read(in);
    in.getLongs(newestNs);
    in.getInts(newest);
    in.getLongs(lostNs);
  }
}
