package io.feedrate.simulator;

import io.feedrate.kpi.Role;
import io.feedrate.simulator.SignalSpec.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The signals of a CNC machine, in the order of {@link MachineModel#value(int)}. */
final class MachineSignals {
  static final int SPINDLE_SPEED = 0;
  static final int SPINDLE_LOAD = 1;
  static final int FEED_RATE = 2;
  static final int POSITION_X = 3;
  static final int POSITION_Y = 4;
  static final int POSITION_Z = 5;
  static final int VIBRATION = 6;
  static final int COOLANT_TEMPERATURE = 7;
  static final int FEED_OVERRIDE = 8;
  static final int PART_COUNTER = 9;
  static final int OPERATION_MODE = 10;
  static final int MACHINE_STATE = 11;
  static final int PROGRAM = 12;
  static final int CONTROL_MODE = 13;
  static final int GOOD_COUNTER = 14;

  /** Types of OPC 40001-1 are named by their nodes. */
  private static final String MACHINERY = "nsu=http://opcfoundation.org/UA/Machinery/;";

  /** Signals of the machine itself; load signals follow. */
  static final List<SignalSpec> OWN =
      List.of(
          SignalSpec.periodic("spindle-speed", "Spindle.Speed", "1/min", 200, 1000, 0, 12_000),
          SignalSpec.periodic("spindle-load", "Spindle.Load", "%", 200, 1000, 0, 150),
          SignalSpec.periodic("feed-rate", "Channel.FeedRate", "mm/min", 200, 1000, 0, 20_000),
          SignalSpec.periodic("position-x", "Axis.X.Position", "mm", 100, 500, -400, 400),
          SignalSpec.periodic("position-y", "Axis.Y.Position", "mm", 100, 500, -400, 400),
          SignalSpec.periodic("position-z", "Axis.Z.Position", "mm", 100, 500, -400, 400),
          SignalSpec.periodic("vibration", "Spindle.Vibration", "mm/s", 100, 500, 0, 50),
          SignalSpec.periodic(
              "coolant-temperature", "Coolant.Temperature", "Cel", 500, 2000, 0, 80),
          SignalSpec.onChange(
              "feed-override", "Channel.FeedOverride", "%", ValueType.NUMBER, 0, 150),
          SignalSpec.onChange("part-counter", "PartCounter", "1", ValueType.INTEGER, 0, 1e9)
              .meaning(Role.PARTS_PRODUCED, ""),
          SignalSpec.onChange("operation-mode", "OperationMode", "1", ValueType.INTEGER, 0, 3)
              .meaning(Role.OPERATION_MODE, MACHINERY + "i=1008"),
          SignalSpec.onChange("machine-state", "MachineState", "1", ValueType.INTEGER, 0, 3)
              .meaning(Role.ITEM_STATE, MACHINERY + "i=1002"),
          SignalSpec.onChange("program", "Program.Name", "1", ValueType.TEXT, 0, 0),
          SignalSpec.onChange("control-mode", "ControlMode", "1", ValueType.INTEGER, 0, 5)
              .meaning(Role.CONTROL_MODE, ""),
          SignalSpec.onChange("good-counter", "GoodPartCounter", "1", ValueType.INTEGER, 0, 1e9)
              .meaning(Role.PARTS_GOOD, ""));

  private MachineSignals() {}

  /** The machine's own signals and the load signals of the plan. */
  static List<SignalSpec> of(LinePlan plan) {
    List<SignalSpec> signals = new ArrayList<>(OWN);
    int writeMs = loadTickMs(plan);
    int periodMs = Math.max(1000, 4 * writeMs);
    for (int i = 1; i <= plan.loadSignals(); i++) {
      String number = String.format(Locale.ROOT, "%05d", i);
      signals.add(
          SignalSpec.periodic("load-" + number, "Load." + number, "1", writeMs, periodMs, 0, 1e6));
    }
    return List.copyOf(signals);
  }

  static int loadTickMs(LinePlan plan) {
    return Math.max(1, (int) Math.round(1000 / plan.loadRateHz()));
  }
}
