package io.feedrate.kpi.slot;

import io.feedrate.kpi.Register;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;

/**
 * What values are worth, by their status, type and range; also what is known of a signal's last
 * value, as it is kept with a slot's mark.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction.
 */
final class Worth {
  static final int NONE = 0;
  static final int GOOD = 1;
  static final int UNCERTAIN = 2;
  static final int BAD = 3;
  static final int INVALID = 4;

  /** The last value is known, but a change of it may have been lost since. */
  static final int DOUBTFUL = 5;

  private final double[] min;
  private final double[] max;

  Worth(Register register) {
    min = register.signals().stream().mapToDouble(Signal::min).toArray();
    max = register.signals().stream().mapToDouble(Signal::max).toArray();
  }

  int of(int signal, int status, double value, int flags) {
    int severity = Sample.severity(status);
    if (severity >= 2) {
      return BAD;
    }
    boolean number = (flags & Sample.TEXT) == 0;
    if ((flags & Sample.INVALID) != 0
        || (number && !Double.isFinite(value))
        || (number && !isInRange(signal, value))) {
      return INVALID;
    }
    return severity == 0 ? GOOD : UNCERTAIN;
  }

  boolean isInRange(int signal, double value) {
    return value >= min[signal] && value <= max[signal];
  }

  /** Whether a value can be within or out of its signal's range: not without range or number. */
  boolean hasRangeFor(int signal, int status, double value, int flags) {
    return (min[signal] != Double.NEGATIVE_INFINITY || max[signal] != Double.POSITIVE_INFINITY)
        && Sample.severity(status) < 2
        && (flags & (Sample.TEXT | Sample.INVALID)) == 0
        && Double.isFinite(value);
  }
}
