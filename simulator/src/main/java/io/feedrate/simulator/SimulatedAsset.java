package io.feedrate.simulator;

import java.util.List;

/** A machine or an inference node of the line. */
interface SimulatedAsset extends AutoCloseable {
  String name();

  List<SignalSpec> signals();

  /** Begins to tick. */
  void start();

  /** Puts a fault in force; it is when this returns. */
  void inject(ActiveFault fault);

  /** Ends a fault. */
  void clear(ActiveFault fault, long nowMs);

  /** Number of values sent on their way so far. */
  long values();

  @Override
  void close();

  default int signalNumber(String signal) {
    for (int i = 0; i < signals().size(); i++) {
      if (signals().get(i).name().equals(signal)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name() + " has no signal " + signal);
  }

  /**
   * Whether {@link AssetFaults#sense} takes care of it.
   *
   * @throws IllegalArgumentException if the asset has no such signal
   */
  default boolean isSensorFault(Fault fault) {
    if (fault instanceof Fault.FreezeSensor freeze) {
      return signalNumber(freeze.signal()) >= 0;
    } else if (fault instanceof Fault.BadQuality bad) {
      return signalNumber(bad.signal()) >= 0;
    }
    return fault instanceof Fault.WrongValues wrong && signalNumber(wrong.signal()) >= 0;
  }
}
