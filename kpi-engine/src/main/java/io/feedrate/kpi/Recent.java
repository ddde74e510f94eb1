package io.feedrate.kpi;

import org.agrona.collections.LongHashSet;

/**
 * Fingerprints of the last messages, to know one that is delivered again: a broker sends again what
 * was not acknowledged when the collector died, which is at most what may be in flight.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction. <b>Bounds</b>: {@link
 * #KEPT}.
 */
public final class Recent {

  /** How many are kept; more than any broker has in flight for one client. */
  public static final int KEPT = 4096;

  /** What {@link #seen} never knows: the fingerprint of a message without identity. */
  public static final long NONE = 0;

  private static final float LOAD = 0.5f;

  private final long[] ring = new long[KEPT];
  private final LongHashSet known = new LongHashSet(KEPT * 2, LOAD, false);
  private int next;

  /** Whether this fingerprint is among the last ones; if not, it is from now on. */
  public boolean seen(long fingerprint) {
    if (fingerprint == NONE) {
      return false;
    }
    if (known.contains(fingerprint)) {
      return true;
    }
    known.remove(ring[next]);
    ring[next] = fingerprint;
    known.add(fingerprint);
    next = (next + 1) % KEPT;
    return false;
  }

  public void write(Snapshot.Writer out) {
    out.putInt(next);
    out.putLongs(ring);
  }

  public void read(Snapshot.Reader in) {
    next = in.getInt();
    in.getLongs(ring);
    known.clear();
    for (long fingerprint : ring) {
      if (fingerprint != NONE) {
        known.add(fingerprint);
      }
    }
  }
}
