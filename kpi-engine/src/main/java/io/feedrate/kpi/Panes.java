package io.feedrate.kpi;

import java.util.Arrays;

/**
 * Event counts per subject in the windows that are still open: a ring of panes, one a window.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction.
 */
public final class Panes {
  private final int subjects;
  private final int kinds;
  private final long windowNs;
  private final long[][] panes;
  private long firstOpen;

  /**
   * Panes for so many subjects with so many kinds of events.
   *
   * @param windowNs length of a window
   * @param latenessNs how long a window stays open after its end
   * @param firstOpenNs a time in the first window that is open
   */
  public Panes(int subjects, int kinds, long windowNs, long latenessNs, long firstOpenNs) {
    this.subjects = subjects;
    this.kinds = kinds;
    this.windowNs = windowNs;
    this.panes = new long[(int) (latenessNs / windowNs) + 4][subjects * kinds];
    this.firstOpen = Math.floorDiv(firstOpenNs, windowNs);
  }

  /**
   * Counts {@code amount} at a time; before the first open window it goes to the first open one,
   * beyond the last to the last, so that nothing is lost.
   */
  public void add(int subject, int kind, long timeNs, long amount) {
    panes[index(timeNs)][subject * kinds + kind] += amount;
  }

  /** Index of the pane for a time, among {@link #count()}. */
  public int index(long timeNs) {
    long window = Math.floorDiv(timeNs, windowNs);
    long open = Math.max(firstOpen, Math.min(window, firstOpen + panes.length - 1));
    return (int) Math.floorMod(open, (long) panes.length);
  }

  /** Number of panes. */
  public int count() {
    return panes.length;
  }

  /** A time in the pane that is the {@code i}-th open one. */
  public long timeNs(int i) {
    return (firstOpen + i) * windowNs;
  }

  /** The counts of the first open window, by subject and kind. */
  public long[] first() {
    return panes[index(timeNs(0))];
  }

  /** Drops the first open window, which has been reported. */
  public void closeFirst() {
    Arrays.fill(first(), 0);
    firstOpen++;
  }

  /**
   * Takes over the counts of another register's panes.
   *
   * @param heir for each subject of the other the one here that it counts for, or -1
   * @param firstOpenNs a time in the first window that is open
   */
  public void copyFrom(Panes old, int[] heir, long firstOpenNs) {
    firstOpen = Math.floorDiv(firstOpenNs, windowNs);
    for (int i = 0; i < old.panes.length; i++) {
      long timeNs = old.timeNs(i);
      long[] pane = old.panes[old.index(timeNs)];
      for (int s = 0; s < old.subjects; s++) {
        for (int k = 0; k < kinds && heir[s] >= 0; k++) {
          add(heir[s], k, timeNs, pane[s * kinds + k]);
        }
      }
    }
  }

  public void write(Snapshot.Writer out) {
    out.putLong(firstOpen);
    for (long[] pane : panes) {
      out.putLongs(pane);
    }
  }

  public void read(Snapshot.Reader in) {
    firstOpen = in.getLong();
    for (long[] pane : panes) {
      in.getLongs(pane);
    }
  }
}
