package io.feedrate.simulator;

import java.time.Duration;

/**
 * How a simulated line is built. Change one thing with the {@code with…} methods.
 *
 * @param machines number of OPC UA machines, {@code cnc-01} and on
 * @param nodes number of inference nodes, {@code vision-01} and on
 * @param bind address that servers and broker listen on
 * @param host name under which clients reach them, for endpoint URLs and the gateway configuration
 * @param opcUaPort port of the first machine, the next ones follow; 0 takes free ports
 * @param mqttPort port of the broker; 0 takes a free port
 * @param seed of everything random
 * @param modelEvery a new model version is approved this often; zero: only by {@link
 *     SimulatedLine#approve()}
 * @param rolloutScale factor on the delays of a model update; 1 takes 3 to 15 seconds
 * @param loadSignals signals that each machine has in addition to its own, to make load
 * @param loadRateHz how often each load signal changes
 * @param trouble whether mild faults happen by themselves
 */
public record LinePlan(
    int machines,
    int nodes,
    String bind,
    String host,
    int opcUaPort,
    int mqttPort,
    long seed,
    Duration modelEvery,
    double rolloutScale,
    int loadSignals,
    double loadRateHz,
    boolean trouble) {

  private static final int MAX_ASSETS = 99;

  public LinePlan {
    if (machines < 0 || machines > MAX_ASSETS || nodes < 0 || nodes > MAX_ASSETS) {
      throw new IllegalArgumentException("machines and nodes must be between 0 and " + MAX_ASSETS);
    }
    if (loadSignals < 0 || !(loadRateHz > 0 && loadRateHz <= 1000)) {
      throw new IllegalArgumentException("load signals >= 0, load rate above 0 and up to 1000 Hz");
    }
    if (!(rolloutScale > 0) || modelEvery.isNegative()) {
      throw new IllegalArgumentException("roll-out scale above 0, model interval not negative");
    }
  }

  /** The demo: five machines, two nodes, a new model version every 15 s, mild trouble. */
  public static LinePlan demo() {
    return new LinePlan(
        5, 2, "127.0.0.1", "127.0.0.1", 0, 0, 1, Duration.ofSeconds(15), 0.6, 0, 10, true);
  }

  /** For tests: one machine, one node, nothing happens that was not asked for. */
  public static LinePlan quiet() {
    return new LinePlan(1, 1, "127.0.0.1", "127.0.0.1", 0, 0, 1, Duration.ZERO, 0.05, 0, 10, false);
  }

  public LinePlan withSize(int machineCount, int nodeCount) {
    return new LinePlan(
        machineCount,
        nodeCount,
        bind,
        host,
        opcUaPort,
        mqttPort,
        seed,
        modelEvery,
        rolloutScale,
        loadSignals,
        loadRateHz,
        trouble);
  }

  /** Where to listen, and under which name clients reach it; ports as in {@link LinePlan}. */
  public LinePlan withAddress(String bindAddress, String hostName, int firstOpcUaPort, int broker) {
    return new LinePlan(
        machines,
        nodes,
        bindAddress,
        hostName,
        firstOpcUaPort,
        broker,
        seed,
        modelEvery,
        rolloutScale,
        loadSignals,
        loadRateHz,
        trouble);
  }

  public LinePlan withSeed(long newSeed) {
    return new LinePlan(
        machines,
        nodes,
        bind,
        host,
        opcUaPort,
        mqttPort,
        newSeed,
        modelEvery,
        rolloutScale,
        loadSignals,
        loadRateHz,
        trouble);
  }

  /** How often a model version is approved, and how slow its roll-out is. */
  public LinePlan withModels(Duration every, double scale) {
    return new LinePlan(
        machines,
        nodes,
        bind,
        host,
        opcUaPort,
        mqttPort,
        seed,
        every,
        scale,
        loadSignals,
        loadRateHz,
        trouble);
  }

  /** Additional signals of each machine, each changing {@code rateHz} times a second. */
  public LinePlan withLoad(int signals, double rateHz) {
    return new LinePlan(
        machines,
        nodes,
        bind,
        host,
        opcUaPort,
        mqttPort,
        seed,
        modelEvery,
        rolloutScale,
        signals,
        rateHz,
        trouble);
  }

  public LinePlan withTrouble(boolean mildTrouble) {
    return new LinePlan(
        machines,
        nodes,
        bind,
        host,
        opcUaPort,
        mqttPort,
        seed,
        modelEvery,
        rolloutScale,
        loadSignals,
        loadRateHz,
        mildTrouble);
  }
}
