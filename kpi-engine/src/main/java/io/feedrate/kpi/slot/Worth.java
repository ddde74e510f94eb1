package io.feedrate.kpi.slot;

import io.feedrate.kpi.Sample;

/**
 * What values are worth, by their status, type and range; also what is known of a signal's last
 * value, as it is kept with a slot's mark.
 *
 * <p><b>Thread</b>: any. <b>Allocation</b>: 0.
 */
final class Worth {
  static final int NONE = 0;
  static final int GOOD = 1;
  static final int UNCERTAIN = 2;
  static final int BAD = 3;
  static final int INVALID = 4;

  /** The last value is known, but a change of it may have been lost since. */
  static final int DOUBTFUL = 5;

  /** The last value is good, but was told when the slots after it were due. */
  static final int GOOD_BUT_LATE = 6;

  /** No value, but from the next slot on the last one was told in time. */
  static final int IN_TIME = 7;

  private Worth() {}

  static int of(Requirement required, int status, double value, int flags) {
    int severity = Sample.severity(status);
    if (severity >= 2) {
      return BAD;
    }
    boolean number = (flags & Sample.TEXT) == 0;
    if ((flags & Sample.INVALID) != 0
        || (number && !Double.isFinite(value))
        || (number && !required.isInRange(value))) {
      return INVALID;
    }
    return severity == 0 ? GOOD : UNCERTAIN;
  }

  /** Whether a value can be within or out of its signal's range: not without range or number. */
  static boolean hasRangeFor(Requirement required, int status, double value, int flags) {
    return required.hasRange()
        && Sample.severity(status) < 2
        && (flags & (Sample.TEXT | Sample.INVALID)) == 0
        && Double.isFinite(value);
  }
}
