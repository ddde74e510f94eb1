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

  /**
   * Adds the counts of the first open window to those of each subject's parents, and gives them.
   */
  public long[] first() {
    return panes[index(firstOpen * windowNs)];
  }

  /** Drops the first open window, which has been reported. */
  public void closeFirst() {
    Arrays.fill(first(), 0);
    firstOpen++;
  }

  /** Takes over the counts of subjects that exist in another register as well. */
  public void copyFrom(Panes old, int[] oldSubject) {
    firstOpen = old.firstOpen;
    int common = Math.min(panes.length, old.panes.length);
    for (int i = 0; i < common; i++) {
      long timeNs = (firstOpen + i) * windowNs;
      for (int s = 0; s < subjects; s++) {
        if (oldSubject[s] >= 0) {
          System.arraycopy(
              old.panes[old.index(timeNs)],
              oldSubject[s] * kinds,
              panes[index(timeNs)],
              s * kinds,
              kinds);
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
