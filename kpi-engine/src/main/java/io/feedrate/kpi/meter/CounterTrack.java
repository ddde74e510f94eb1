package io.feedrate.kpi.meter;

import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import java.util.Arrays;
import java.util.Set;
import org.agrona.collections.Int2IntHashMap;

/**
 * By how much counters grew. The first value of a counter tells nothing, a late one neither: what
 * it counts was told by a later value. A counter that falls to near 0 started anew; what it shows
 * was counted since. One that falls to anything else is broken.
 *
 * <p>Near 0 is at most {@link #NEAR_ZERO}, or a tenth of the last value (house definition): between
 * the start and the next reading a counter goes on.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0.
 */
public final class CounterTrack {
  /** Nothing can be told: a first value, or a late one. */
  public static final double NOTHING = Double.NaN;

  /** The counter fell, but not to near 0. */
  public static final double BROKEN = -1;

  /** A counter that falls to at most this started anew. */
  public static final double NEAR_ZERO = 5;

  private static final double TENTH = 0.1;
  private static final int NOT_TRACKED = -1;

  private final int[] signals;
  private final Int2IntHashMap indexOf = new Int2IntHashMap(NOT_TRACKED);
  private final double[] last;
  private final long[] lastNs;

  /** Tracks the signals of a register that have one of these roles. */
  public CounterTrack(Register register, Set<Role> roles) {
    signals =
        register.signals().stream()
            .filter(s -> roles.contains(s.role()))
            .mapToInt(Signal::id)
            .toArray();
    for (int i = 0; i < signals.length; i++) {
      indexOf.put(signals[i], i);
    }
    last = new double[signals.length];
    lastNs = new long[signals.length];
    Arrays.fill(lastNs, Long.MIN_VALUE);
  }

  /** Whether a signal is tracked. */
  public boolean tracks(Signal signal) {
    return indexOf.containsKey(signal.id());
  }

  /** The increment that a value tells, 0 or more, or {@link #NOTHING}, or {@link #BROKEN}. */
  public double step(Signal signal, double value, long atNs) {
    int i = indexOf.get(signal.id());
    if (i == NOT_TRACKED || atNs < lastNs[i]) {
      return NOTHING;
    }
    boolean first = lastNs[i] == Long.MIN_VALUE;
    double before = last[i];
    last[i] = value;
    lastNs[i] = atNs;
    if (first) {
      return NOTHING;
    }
    if (value >= before) {
      return value - before;
    }
    return value >= 0 && value <= Math.max(NEAR_ZERO, before * TENTH) ? value : BROKEN;
  }

  /**
   * Goes on with the counters of another register.
   *
   * @param oldSignal for each signal the same one of the other, or -1
   */
  public void takeOver(CounterTrack old, int[] oldSignal) {
    for (int i = 0; i < signals.length; i++) {
      int o = oldSignal[signals[i]] < 0 ? NOT_TRACKED : old.indexOf.get(oldSignal[signals[i]]);
      if (o != NOT_TRACKED) {
        last[i] = old.last[o];
        lastNs[i] = old.lastNs[o];
      }
    }
  }

  public void write(Snapshot.Writer out) {
    out.putLongs(lastNs);
    for (double value : last) {
      out.putLong(Double.doubleToRawLongBits(value));
    }
  }

  public void read(Snapshot.Reader in) {
    in.getLongs(lastNs);
    for (int i = 0; i < last.length; i++) {
      last[i] = Double.longBitsToDouble(in.getLong());
    }
  }
}
