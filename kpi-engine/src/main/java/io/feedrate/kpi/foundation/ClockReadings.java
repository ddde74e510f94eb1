package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Snapshot;

/**
 * When the clock of each link's source was measured and whether it was within its limit: a short
 * list of spells of readings that agree and follow each other within their validity.
 *
 * <p><b>Thread</b>: the engine's. <b>Units</b>: epoch ns. <b>Allocation</b>: 0 after construction.
 * <b>Bounds</b>: {@link #SPELLS} a link; when the verdict changes oftener within the lateness, the
 * oldest are forgotten and their time is unknown.
 */
final class ClockReadings {
  static final int UNKNOWN = 0;
  static final int CONFORMING = 1;
  static final int OFF = 2;

  /** For how long a reading holds. */
  static final long VALID_NS = 60_000_000_000L;

  static final int SPELLS = 64;

  private final long[] sinceNs;
  private final long[] lastNs;
  private final byte[] verdict;
  private final int[] size;

  ClockReadings(int links) {
    sinceNs = new long[links * SPELLS];
    lastNs = new long[links * SPELLS];
    verdict = new byte[links * SPELLS];
    size = new int[links];
  }

  void add(int link, boolean conforming, long nowNs) {
    int base = link * SPELLS;
    int its = conforming ? CONFORMING : OFF;
    int last = base + size[link] - 1;
    if (last >= base && verdict[last] == its && nowNs - lastNs[last] <= VALID_NS) {
      lastNs[last] = nowNs;
      return;
    }
    if (size[link] == SPELLS) {
      System.arraycopy(sinceNs, base + 1, sinceNs, base, SPELLS - 1);
      System.arraycopy(lastNs, base + 1, lastNs, base, SPELLS - 1);
      System.arraycopy(verdict, base + 1, verdict, base, SPELLS - 1);
      size[link]--;
    }
    int at = base + size[link]++;
    sinceNs[at] = nowNs;
    lastNs[at] = nowNs;
    verdict[at] = (byte) its;
  }

  /** What the last reading by a time said, if it is not too old by then. */
  int at(int link, long ns) {
    int base = link * SPELLS;
    for (int i = base + size[link] - 1; i >= base; i--) {
      if (sinceNs[i] <= ns) {
        return ns - lastNs[i] <= VALID_NS ? verdict[i] : UNKNOWN;
      }
    }
    return UNKNOWN;
  }

  void copyFrom(ClockReadings old, int from, int to) {
    System.arraycopy(old.sinceNs, from * SPELLS, sinceNs, to * SPELLS, SPELLS);
    System.arraycopy(old.lastNs, from * SPELLS, lastNs, to * SPELLS, SPELLS);
    System.arraycopy(old.verdict, from * SPELLS, verdict, to * SPELLS, SPELLS);
    size[to] = old.size[from];
  }

  void write(Snapshot.Writer out) {
    for (int link = 0; link < size.length; link++) {
      out.putVarint(size[link]);
      for (int i = link * SPELLS; i < link * SPELLS + size[link]; i++) {
        out.putLong(sinceNs[i]);
        out.putVarint(lastNs[i] - sinceNs[i]);
        out.putByte(verdict[i]);
      }
    }
  }

  void read(Snapshot.Reader in) {
    for (int link = 0; link < size.length; link++) {
      size[link] = (int) in.getVarint();
      for (int i = link * SPELLS; i < link * SPELLS + size[link]; i++) {
        sinceNs[i] = in.getLong();
        lastNs[i] = sinceNs[i] + in.getVarint();
        verdict[i] = in.getByte();
      }
    }
  }
}
