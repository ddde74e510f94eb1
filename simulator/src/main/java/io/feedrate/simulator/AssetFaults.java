package io.feedrate.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The faults of one asset: which are in force, what they make of a value, and the books of which
 * slots they cost.
 *
 * <p>A slot is claimed for a fault by a touched value and given back by a sound one, before or
 * after it; what stays claimed had no sound value.
 *
 * <p><b>Thread</b>: all calls under the asset's lock. <b>Units</b>: true time in epoch
 * milliseconds, whatever the asset's clock says.
 */
final class AssetFaults {
  private static final long NONE = Long.MIN_VALUE;

  private final List<SignalSpec> signals;
  private final long[] soundSlot;
  private final List<ActiveFault> active = new ArrayList<>();

  /** Ended, but a slot that it claimed may still get a sound value. */
  private final List<ActiveFault> fading = new ArrayList<>();

  private final long longestPeriodMs;

  AssetFaults(List<SignalSpec> signals) {
    this.signals = signals;
    soundSlot = new long[signals.size()];
    Arrays.fill(soundSlot, NONE);
    longestPeriodMs = signals.stream().mapToLong(s -> s.period().toMillis()).max().orElse(0);
  }

  void begin(ActiveFault fault) {
    active.add(fault);
  }

  void end(ActiveFault fault, long nowMs) {
    if (active.remove(fault)) {
      fault.end(nowMs);
      fading.add(fault);
    }
  }

  List<ActiveFault> active() {
    return List.copyOf(active);
  }

  /** The fault of this kind that is in force, if any. */
  @Nullable ActiveFault active(Class<? extends Fault> kind) {
    for (ActiveFault fault : active) {
      if (kind.isInstance(fault.fault())) {
        return fault;
      }
    }
    return null;
  }

  /** The last fault of this kind that ended a moment ago, if any. */
  @Nullable ActiveFault fading(Class<? extends Fault> kind) {
    for (int i = fading.size() - 1; i >= 0; i--) {
      if (kind.isInstance(fading.get(i).fault())) {
        return fading.get(i);
      }
    }
    return null;
  }

  /**
   * What becomes of a value by the faults of its sensor.
   *
   * @return null if it is kept back
   */
  @Nullable Reading sense(int signal, long trueMs, Reading reading) {
    if (active.isEmpty()) {
      return reading;
    }
    Reading result = reading;
    for (ActiveFault fault : active) {
      if (fault.fault() instanceof Fault.FreezeSensor freeze && concerns(signal, freeze.signal())) {
        touched(fault, signal, trueMs);
        return null;
      } else if (fault.fault() instanceof Fault.BadQuality bad && concerns(signal, bad.signal())) {
        touched(fault, signal, trueMs);
        result = result.withStatus(bad.statusCode());
      } else if (fault.fault() instanceof Fault.WrongValues w && concerns(signal, w.signal())) {
        touched(fault, signal, trueMs);
        result = distort(result, signals.get(signal), w.kind());
      }
    }
    return result;
  }

  /** Whether the value of this signal is as it should be, as far as its sensor goes. */
  boolean isSound(int signal) {
    for (ActiveFault fault : active) {
      if (fault.fault() instanceof Fault.BadQuality bad && concerns(signal, bad.signal())) {
        return false;
      }
      if (fault.fault() instanceof Fault.WrongValues wrong && concerns(signal, wrong.signal())) {
        return false;
      }
    }
    return true;
  }

  private boolean concerns(int signal, String name) {
    return signals.get(signal).name().equals(name);
  }

  private static Reading distort(Reading reading, SignalSpec signal, Fault.Nonsense kind) {
    return switch (kind) {
      case NAN -> reading.withValue(Double.NaN);
      case INFINITE -> reading.withValue(Double.POSITIVE_INFINITY);
      case TEXT -> reading.withValue("out of order");
      case OUT_OF_RANGE -> reading.withValue(signal.max() + 10 * (signal.max() - signal.min() + 1));
      case TIME_PAST -> reading.withTime(1_000);
      case TIME_FUTURE ->
          reading.withTime(
              Instant.ofEpochMilli(reading.timeMs())
                  .plus(80 * 365, ChronoUnit.DAYS)
                  .toEpochMilli());
      case TIME_MISSING -> reading.withTime(Reading.NO_TIME);
    };
  }

  /** Counts a value that a fault touched, and claims its slot unless that had a sound one. */
  void touched(ActiveFault fault, int signal, long trueMs) {
    fault.touchedValue();
    claim(fault, signal, trueMs);
  }

  /** Claims the slot of a value unless that had a sound one. */
  void claim(ActiveFault fault, int signal, long trueMs) {
    if (signals.get(signal).isPeriodic()) {
      long slot = slot(signal, trueMs);
      if (soundSlot[signal] != slot) {
        fault.claim(signal, slot);
      }
    }
  }

  /** Notes a value that no fault touched: its slot is nobody's. */
  void sound(int signal, long trueMs) {
    if (!signals.get(signal).isPeriodic()) {
      return;
    }
    long slot = slot(signal, trueMs);
    if (soundSlot[signal] == slot) {
      return;
    }
    soundSlot[signal] = slot;
    if (active.isEmpty() && fading.isEmpty()) {
      return;
    }
    active.forEach(fault -> fault.release(signal, slot));
    fading.forEach(fault -> fault.release(signal, slot));
    fading.removeIf(fault -> trueMs > fault.endMs() + 2 * longestPeriodMs + 5_000);
  }

  private long slot(int signal, long trueMs) {
    return Math.floorDiv(trueMs, signals.get(signal).period().toMillis());
  }
}
