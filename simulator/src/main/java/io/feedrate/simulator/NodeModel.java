package io.feedrate.simulator;

import io.feedrate.simulator.SignalSpec.ValueType;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What an edge inference node measures of itself and decides about parts. A pure function of the
 * seed and the calls.
 */
final class NodeModel {
  /** The signals, in the order of {@link #value(int)}. */
  static final List<SignalSpec> SIGNALS =
      List.of(
          node("camera-temperature", "Cel", -20, 90),
          node("gpu-temperature", "Cel", 0, 110),
          node("gpu-load", "%", 0, 100),
          node("frame-rate", "Hz", 0, 240),
          SignalSpec.onChange("lens-state", "lens-state", "1", ValueType.TEXT, 0, 0));

  private static final double NOT_OK_SHARE = 0.05;
  private static final double ERROR_SHARE = 0.003;
  private static final double WRONG_SHARE = 0.06;

  private final SplittableRandom random;
  private double cameraTemperature = 38;
  private double gpuTemperature = 55;
  private double gpuLoad = 60;
  private double frameRate = 30;
  private boolean dirty;

  /** One decision of the model that serves. */
  record Decision(boolean ok, String decision, double score, double latencyMs) {}

  NodeModel(long seed) {
    random = new SplittableRandom(seed);
  }

  private static SignalSpec node(String name, String unit, double min, double max) {
    return SignalSpec.periodic(name, name, unit, 500, 1000, min, max);
  }

  /** Goes on by half a second. */
  void step() {
    gpuLoad = Math.min(100, Math.max(0, gpuLoad + (62 - gpuLoad) * 0.1 + noise(6)));
    gpuTemperature += (35 + gpuLoad * 0.4 - gpuTemperature) * 0.05 + noise(0.2);
    cameraTemperature += (38 - cameraTemperature) * 0.02 + noise(0.15);
    frameRate = 30 + noise(0.4);
    if (random.nextInt(240) == 0) {
      dirty = !dirty;
    }
  }

  Object value(int signal) {
    return switch (signal) {
      case 0 -> round(cameraTemperature);
      case 1 -> round(gpuTemperature);
      case 2 -> round(gpuLoad);
      case 3 -> round(frameRate);
      case 4 -> dirty ? "dirty" : "clean";
      default -> throw new IllegalArgumentException("no signal " + signal);
    };
  }

  /** Of what there is to see between parts. */
  Decision decide() {
    return decide(random.nextDouble() < NOT_OK_SHARE);
  }

  /** What the model will say of a part: mostly what is true. */
  boolean judge(boolean bad) {
    return bad != random.nextDouble() < WRONG_SHARE;
  }

  /** A decision with this outcome. */
  Decision decide(boolean saysBad) {
    boolean ok = random.nextDouble() >= ERROR_SHARE;
    boolean pass = !saysBad;
    double score = pass ? 0.9 + 0.1 * random.nextDouble() : 0.5 + 0.4 * random.nextDouble();
    double latencyMs = 9 * Math.exp(0.35 * noise(1.5)) + gpuLoad * 0.05;
    return new Decision(ok, pass ? "ok" : "nok", round(score), round(latencyMs));
  }

  private double noise(double width) {
    return (random.nextDouble() + random.nextDouble() - 1) * width;
  }

  private static double round(double value) {
    return Math.rint(value * 1000) / 1000;
  }
}
