package io.feedrate.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What a CNC machine does: it machines parts, changes them, is set up for another program now and
 * then, and sometimes waits for material. Its values follow from that together: the load from speed
 * and feed, vibration from the load, the coolant from the load over time.
 *
 * <p>A pure function of the seed and the number of steps.
 */
final class MachineModel {
  /** Length of a step. */
  static final int STEP_MS = 100;

  /** Planned run time for a part, its change included: a little less than what it takes. */
  static final Duration IDEAL_CYCLE = Duration.ofSeconds(18);

  private static final double STEP_S = STEP_MS / 1000.0;
  private static final double AXIS_LIMIT_MM = 350;

  /** Numbers as of OPC 40001-1 MachineryItemState. */
  private static final int STATE_OUT_OF_SERVICE = 1;

  private static final int STATE_NOT_EXECUTING = 2;
  private static final int STATE_EXECUTING = 3;

  /** Numbers as of OPC 40001-1 MachineryOperationMode. */
  private static final int MODE_NONE = 0;

  private static final int MODE_MAINTENANCE = 1;
  private static final int MODE_SETUP = 2;
  private static final int MODE_PROCESSING = 3;

  /** Numbers as of OPC 40501-1 MachineOperationMode. */
  private static final int CONTROL_AUTOMATIC = 1;

  private static final int CONTROL_SETUP = 2;
  private static final int CONTROL_INTERVENTION = 3;
  private static final int CONTROL_SERVICE = 4;

  private static final double BAD_SHARE = 0.06;
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  private enum Phase {
    MACHINING,
    PART_CHANGE,
    SETUP,
    IDLE,
    DOWN
  }

  private final SplittableRandom random;
  private Phase phase = Phase.MACHINING;
  private double phaseLeftS;
  private int partsToSetup;
  private double targetSpeed;
  private double targetFeed;
  private double speed;
  private double feed;
  private double load;
  private double vibration;
  private double coolant = 21;
  private double override = 100;
  private final double[] position = new double[3];
  private final double[] direction = {0.8, 0.55, -0.2};
  private long parts;
  private long goodParts;

  /** What is left of the phase when the operator, who was asked to, takes over. */
  private double takenLeftS = NEVER;

  private long requests;
  private long takeovers;
  private long setUps;
  private boolean intervened;
  private int program = 1001;

  MachineModel(long seed) {
    random = new SplittableRandom(seed);
    parts = random.nextLong(1_000, 5_000);
    goodParts = parts - random.nextLong(20, 100);
    partsToSetup = random.nextInt(3, 12);
    enter(Phase.MACHINING);
    phaseLeftS *= random.nextDouble();
  }

  /** Goes on by {@link #STEP_MS}. */
  void step() {
    phaseLeftS -= STEP_S;
    if (phaseLeftS <= 0) {
      enter(following());
    }
    if (random.nextInt(600) == 0) {
      override = 10 * random.nextInt(7, 13);
    }
    if (phaseLeftS <= takenLeftS) {
      takenLeftS = NEVER;
      takeovers++;
      intervened = true;
    }
    boolean cutting = phase == Phase.MACHINING;
    speed = approach(speed, targetSpeed, 0.2) + (cutting ? noise(4) : 0);
    feed = approach(feed, targetFeed * override / 100, 0.3) + (cutting ? noise(6) : 0);
    load = Math.max(0, (cutting ? 18 + feed / 90 + speed / 700 : speed / 900) + noise(1.2));
    vibration = Math.max(0, 0.15 + load * 0.035 + noise(0.12));
    coolant += ((20 + load * 0.25) - coolant) * 0.002 + noise(0.02);
    move(cutting ? feed / 60 * STEP_S : 0);
  }

  private Phase following() {
    switch (phase) {
      case MACHINING -> {
        parts++;
        goodParts += random.nextDouble() < BAD_SHARE ? 0 : 1;
        partsToSetup--;
        return Phase.PART_CHANGE;
      }
      case PART_CHANGE -> {
        if (partsToSetup <= 0) {
          partsToSetup = random.nextInt(8, 16);
          return Phase.SETUP;
        }
        return switch (random.nextInt(24)) {
          case 0, 1 -> Phase.IDLE;
          case 2 -> Phase.DOWN;
          default -> Phase.MACHINING;
        };
      }
      case SETUP, IDLE, DOWN -> {
        return Phase.MACHINING;
      }
    }
    throw new AssertionError(phase);
  }

  private void enter(Phase next) {
    if (phase == Phase.SETUP) {
      program = 1001 + random.nextInt(8);
    }
    phase = next;
    takenLeftS = NEVER;
    intervened = false;
    switch (next) {
      case MACHINING ->
          plan(random.nextDouble(12, 25), 4000 + 500 * (program % 7), 900 + noise(90));
      case PART_CHANGE -> plan(random.nextDouble(2, 4), 0, 0);
      case SETUP -> plan(random.nextDouble(8, 20), 300, 100);
      case IDLE, DOWN -> plan(random.nextDouble(5, 15), 0, 0);
    }
    setUps += next == Phase.SETUP ? 1 : 0;
    if (next == Phase.MACHINING && random.nextInt(4) == 0) {
      requests++;
      // Now and then nobody comes in time.
      takenLeftS = random.nextInt(6) == 0 ? NEVER : phaseLeftS - random.nextDouble(1.5, 9);
    }
  }

  /** How many parts were finished, since ever. */
  long parts() {
    return parts;
  }

  /** How many of them were measured in the machine and found good. */
  long goodParts() {
    return goodParts;
  }

  /** How often an operator was asked to take over. */
  long requests() {
    return requests;
  }

  /** How often one did. */
  long takeovers() {
    return takeovers;
  }

  /** How often it was set up. */
  long setUps() {
    return setUps;
  }

  private void plan(double seconds, double newSpeed, double newFeed) {
    phaseLeftS = seconds;
    targetSpeed = newSpeed;
    targetFeed = newFeed;
  }

  private void move(double distanceMm) {
    for (int axis = 0; axis < position.length; axis++) {
      double next = position[axis] + direction[axis] * distanceMm;
      if (Math.abs(next) > AXIS_LIMIT_MM) {
        direction[axis] = -direction[axis];
      } else {
        position[axis] = next;
      }
    }
  }

  private static double approach(double value, double target, double share) {
    double next = value + (target - value) * share;
    return Math.abs(next - target) < 0.5 && target == 0 ? 0 : Math.max(0, next);
  }

  private double noise(double width) {
    return (random.nextDouble() + random.nextDouble() - 1) * width;
  }

  /** The present value of one of {@link MachineSignals#OWN}. */
  Object value(int signal) {
    return switch (signal) {
      case MachineSignals.SPINDLE_SPEED -> round(speed);
      case MachineSignals.SPINDLE_LOAD -> round(load);
      case MachineSignals.FEED_RATE -> round(feed);
      case MachineSignals.POSITION_X -> encoder(0);
      case MachineSignals.POSITION_Y -> encoder(1);
      case MachineSignals.POSITION_Z -> encoder(2);
      case MachineSignals.VIBRATION -> round(vibration);
      case MachineSignals.COOLANT_TEMPERATURE -> round(coolant);
      case MachineSignals.FEED_OVERRIDE -> override;
      case MachineSignals.PART_COUNTER -> parts;
      case MachineSignals.OPERATION_MODE -> operationMode();
      case MachineSignals.MACHINE_STATE -> itemState();
      case MachineSignals.CONTROL_MODE -> controlMode();
      case MachineSignals.GOOD_COUNTER -> goodParts;
      case MachineSignals.PROGRAM ->
          String.format(Locale.ROOT, "%s-%d.MPF", phase == Phase.SETUP ? "SETUP" : "PART", program);
      default -> throw new IllegalArgumentException("no signal " + signal);
    };
  }

  private int itemState() {
    return switch (phase) {
      case MACHINING, PART_CHANGE, SETUP -> STATE_EXECUTING;
      case IDLE -> STATE_NOT_EXECUTING;
      case DOWN -> STATE_OUT_OF_SERVICE;
    };
  }

  private int operationMode() {
    return switch (phase) {
      case MACHINING, PART_CHANGE -> MODE_PROCESSING;
      case SETUP -> MODE_SETUP;
      case IDLE -> MODE_NONE;
      case DOWN -> MODE_MAINTENANCE;
    };
  }

  private int controlMode() {
    return switch (phase) {
      case MACHINING -> intervened ? CONTROL_INTERVENTION : CONTROL_AUTOMATIC;
      case PART_CHANGE, IDLE -> CONTROL_AUTOMATIC;
      case SETUP -> CONTROL_SETUP;
      case DOWN -> CONTROL_SERVICE;
    };
  }

  private double encoder(int axis) {
    return round(position[axis]);
  }

  private static double round(double value) {
    return Math.rint(value * 1000) / 1000;
  }
}
