package io.feedrate.kpi.slot;

import io.feedrate.kpi.Outcome;

/**
 * What samples left on a slot that is not settled yet, in one byte: the best outcome so far in its
 * lower half, 0 if there is none, and what the slot's last value was {@link Worth} in its upper.
 *
 * <p><b>Thread</b>: any. <b>Allocation</b>: 0.
 */
final class Mark {
  static final byte NONE = 0;

  /** Good values in time and nothing else. */
  static final byte GOOD = of(Outcome.GOOD, Worth.GOOD);

  /** A good value, but late. */
  static final byte GOOD_LATE = of(Outcome.GOOD_LATE, Worth.GOOD);

  private static final int HALF = 4;
  private static final int LOWER = 0xF;

  private Mark() {}

  private static byte of(Outcome outcome, int worth) {
    return (byte) (worth << HALF | outcome.ordinal() + 1);
  }

  /** Ordinal of the best outcome, or -1. */
  static int best(byte mark) {
    return (mark & LOWER) - 1;
  }

  /** What the last value was worth. */
  static int last(byte mark) {
    return (mark & 0xFF) >>> HALF;
  }

  /** One more outcome was found; the best one stays. */
  static byte with(byte mark, Outcome outcome) {
    int best = best(mark);
    int better = best < 0 ? outcome.ordinal() : Math.min(best, outcome.ordinal());
    return (byte) ((mark & ~LOWER) | better + 1);
  }

  /** There is a later value. */
  static byte withLast(byte mark, int worth) {
    return (byte) ((mark & LOWER) | worth << HALF);
  }

  /** A good value came, newer than all before. */
  static byte withNewestGood(byte mark, boolean inTime) {
    return inTime || best(mark) == Outcome.GOOD.ordinal() ? GOOD : GOOD_LATE;
  }
}
