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

  /** Whether {@link AssetFaults#sense} takes care of it. */
  static boolean isSensorFault(Fault fault) {
    return fault instanceof Fault.FreezeSensor
        || fault instanceof Fault.BadQuality
        || fault instanceof Fault.WrongValues;
  }
}
