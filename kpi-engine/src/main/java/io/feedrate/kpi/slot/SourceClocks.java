package io.feedrate.kpi.slot;

import io.feedrate.kpi.Snapshot;

/**
 * How far the clock of each link's source was off when it was last measured.
 *
 * <p><b>Thread</b>: the engine's. <b>Units</b>: ns, source minus collector. <b>Allocation</b>: 0
 * after construction.
 */
final class SourceClocks {
  private final long[] offsetNs;
  private final long[] uncertaintyNs;

  SourceClocks(int links) {
    offsetNs = new long[links];
    uncertaintyNs = new long[links];
  }

  void set(int link, long offset, long uncertainty) {
    offsetNs[link] = offset;
    uncertaintyNs[link] = uncertainty;
  }

  long offsetNs(int link) {
    return offsetNs[link];
  }

  /** The most that the clock may be off. */
  long worstNs(int link) {
    return Math.abs(offsetNs[link]) + uncertaintyNs[link];
  }

  /** Takes over the links that another register had as well; -1 where it had not. */
  void copyFrom(SourceClocks old, int[] oldLink) {
    for (int l = 0; l < offsetNs.length; l++) {
      if (oldLink[l] >= 0) {
        set(l, old.offsetNs[oldLink[l]], old.uncertaintyNs[oldLink[l]]);
      }
    }
  }

  void write(Snapshot.Writer out) {
    out.putLongs(offsetNs);
    out.putLongs(uncertaintyNs);
  }

  void read(Snapshot.Reader in) {
    in.getLongs(offsetNs);
    in.getLongs(uncertaintyNs);
  }
}
