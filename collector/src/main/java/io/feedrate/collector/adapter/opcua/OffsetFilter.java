package io.feedrate.collector.adapter.opcua;

/**
 * The best of the last few readings of a clock: the one with the least uncertainty, unless a newer
 * one contradicts it. Then the clock was stepped and what was known is forgotten.
 *
 * <p><b>Thread</b>: its owner's. <b>Units</b>: nanoseconds. <b>Allocation</b>: 0.
 */
final class OffsetFilter {
  private static final int KEPT = 8;
  private final long[] offsets = new long[KEPT];
  private final long[] uncertainties = new long[KEPT];
  private int size;
  private int next;
  private int best;

  void add(long offsetNs, long uncertaintyNs) {
    if (size > 0 && Math.abs(offsetNs - offsetNs()) > uncertaintyNs + uncertaintyNs()) {
      size = 0;
      next = 0;
    }
    offsets[next] = offsetNs;
    uncertainties[next] = uncertaintyNs;
    next = (next + 1) % KEPT;
    size = Math.min(size + 1, KEPT);
    best = 0;
    for (int i = 1; i < size; i++) {
      if (uncertainties[i] < uncertainties[best]) {
        best = i;
      }
    }
  }

  /** Source minus collector. */
  long offsetNs() {
    return offsets[best];
  }

  long uncertaintyNs() {
    return uncertainties[best];
  }
}
