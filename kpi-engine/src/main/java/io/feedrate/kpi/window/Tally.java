package io.feedrate.kpi.window;

import io.feedrate.kpi.Kpi;
import org.jspecify.annotations.Nullable;

/**
 * The base counts of one KPI, per subject and window. What is counted for a window that is closed
 * already makes a revision of it; what is older than windows can be revised is counted as {@link
 * Windows#beyond()} and changes nothing.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 in a window after its first count.
 */
public final class Tally {
  private static final long[] NONE = {};

  private final Windows windows;
  private final Kpi kpi;
  private final int id;
  private final int kinds;
  private long[] totals = NONE;

  // The window that was last counted into, while it is open for all: counting needs no more.
  private long openSinceNs = Long.MAX_VALUE;
  private long openUntilNs = Long.MIN_VALUE;
  private long[] @Nullable [] open;

  Tally(Windows windows, Kpi kpi, int id) {
    this.windows = windows;
    this.kpi = kpi;
    this.id = id;
    this.kinds = kpi.counts().size();
    open = new long[kinds][];
  }

  /** Also keeps what is counted since the first record, for counters that never go back. */
  public Tally withTotals() {
    totals = new long[windows.subjects().size() * kinds];
    return this;
  }

  /** Counts an amount of a kind (index among {@link Kpi#counts()}) at a time. May be negative. */
  public void add(int subject, int kind, long timeNs, long amount) {
    if (totals.length > 0) {
      totals[subject * kinds + kind] += amount;
    }
    if (timeNs >= openSinceNs && timeNs < openUntilNs) {
      long[] column = open[kind];
      if (column != null) {
        column[subject] += amount;
        return;
      }
    }
    addAnywhere(subject, kind, timeNs, amount);
  }

  private void addAnywhere(int subject, int kind, long timeNs, long amount) {
    Pane pane = windows.paneFor(timeNs);
    if (pane == null) {
      windows.countBeyond();
      return;
    }
    Counts counts = pane.counts(id, kinds);
    counts.add(subject, kind, amount);
    if (pane.isClosed(subject)) {
      windows.revise(pane, this, subject, kind, amount);
    }
    if (pane.closedLevels == 0) {
      open = counts.columns();
      openSinceNs = pane.startNs;
      openUntilNs = pane.endNs;
    }
  }

  /** A window closes for some subjects: what comes for it from now on may make a revision. */
  void close() {
    open = new long[kinds][];
    openSinceNs = Long.MAX_VALUE;
    openUntilNs = Long.MIN_VALUE;
  }

  /** Records a duration in microseconds (or the KPI's own unit) at a time. */
  public void record(int subject, long timeNs, long value) {
    Pane pane = windows.paneFor(timeNs);
    if (pane == null) {
      windows.countBeyond();
      return;
    }
    long recorded = Math.max(0, Math.min(value, Histograms.HIGHEST));
    pane.histogram(id, subject).record(recorded);
    if (pane.isClosed(subject)) {
      windows.revise(pane, this, subject, recorded);
    }
  }

  /** What is counted of a subject itself, without what is below it; 0 beyond all windows. */
  public long get(int subject, int kind, long timeNs) {
    Pane pane = windows.paneFor(timeNs);
    Counts counts = pane == null ? null : pane.countsOf(id);
    return counts == null ? 0 : counts.get(subject, kind);
  }

  long total(int subject, int kind) {
    return totals.length == 0 ? 0 : totals[subject * kinds + kind];
  }

  long[] totals() {
    return totals;
  }

  void copyTotals(Tally old, int[] heir) {
    for (int s = 0; s < heir.length && old.totals.length > 0 && totals.length > 0; s++) {
      for (int k = 0; k < kinds && heir[s] >= 0; k++) {
        totals[heir[s] * kinds + k] += old.totals[s * kinds + k];
      }
    }
  }

  int id() {
    return id;
  }

  Kpi kpi() {
    return kpi;
  }

  int kinds() {
    return kinds;
  }
}
