package io.feedrate.simulator;

import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.ModelStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A running CNC line: {@link #start} returns when its servers answer and its nodes publish.
 *
 * <p><b>Thread</b>: any. {@link #close} ends all its threads and frees its ports.
 */
public final class SimulatedLine implements AutoCloseable {
  /** Target of a {@link Fault.CutCable} between the broker and the clients outside of the line. */
  public static final String BROKER = "broker";

  private final LinePlan plan;
  private final LineThreads threads = new LineThreads();
  private final List<Machine> machines = new ArrayList<>();
  private final List<InferenceNode> nodes = new ArrayList<>();
  private final List<ActiveFault> faults = new ArrayList<>();
  private @Nullable EmbeddedBroker broker;
  private @Nullable Relay brokerCable;
  private @Nullable ModelRegistry registry;
  private volatile @Nullable LineController controller;
  private @Nullable TroubleSchedule trouble;
  private boolean closed;

  private SimulatedLine(LinePlan plan) {
    this.plan = plan;
  }

  /** Builds and starts a line. */
  public static SimulatedLine start(LinePlan plan) {
    SimulatedLine line = new SimulatedLine(plan);
    try {
      line.build();
      return line;
    } catch (RuntimeException | Error e) {
      line.close();
      throw e;
    }
  }

  private void build() {
    CompletableFuture<List<Machine>> starting =
        CompletableFuture.supplyAsync(
            () ->
                buildAll(plan.machines(), number -> new Machine(plan, number, threads, this::tell)),
            threads.requests());
    EmbeddedBroker embedded = new EmbeddedBroker(threads.requests());
    broker = embedded;
    Relay cable = new Relay(threads.network(), plan.bind(), plan.mqttPort());
    brokerCable = cable;
    cable.connectTo(embedded.address());
    for (int i = 1; i <= plan.nodes(); i++) {
      nodes.add(new InferenceNode(plan, i, embedded.address(), threads, this::tell));
    }
    ModelRegistry releasing =
        new ModelRegistry(plan, embedded.address(), nodes, threads, this::tell);
    registry = releasing;
    machines.addAll(starting.join());
    LineController controlling =
        new LineController(plan, embedded.address(), machines(), nodes, threads);
    controller = controlling;
    assets().forEach(SimulatedAsset::start);
    controlling.start();
    releasing.start();
    if (plan.trouble()) {
      trouble = new TroubleSchedule(this, threads.timers());
    }
  }

  /** Before there is a controller nothing moves. */
  private void tell(Happening happening) {
    controller().tell(happening);
  }

  /** One after the other: the SDK's nodes fill the heap's young generation either way. */
  private static List<Machine> buildAll(int count, IntFunction<Machine> builder) {
    return IntStream.rangeClosed(1, count).mapToObj(builder).toList();
  }

  public LinePlan plan() {
    return plan;
  }

  /** Names of the machines. */
  public List<String> machines() {
    return machines.stream().map(Machine::name).toList();
  }

  /** Names of the inference nodes. */
  public List<String> nodes() {
    return nodes.stream().map(InferenceNode::name).toList();
  }

  /** Signals of a machine or node. */
  public List<SignalSpec> signals(String asset) {
    return asset(asset).signals();
  }

  /** OPC UA endpoint URL of a machine. */
  public String endpoint(String machine) {
    return machine(machine).endpoint();
  }

  /** URL of the MQTT broker. */
  public String brokerUrl() {
    return "tcp://" + plan.host() + ":" + brokerCable().port();
  }

  /** Topic of a node or of the registry, below which the contract's topics are. */
  public static String topic(String source) {
    return Publisher.ROOT + source;
  }

  /** Name of the source that reports model releases. */
  public static String registrySource() {
    return ModelRegistry.NAME;
  }

  /** Name of the source that reports events of machines and people. */
  public static String controllerSource() {
    return LineController.NAME;
  }

  /** Number of monitored items that clients have on a machine. */
  public int subscriptions(String machine) {
    return machine(machine).subscriptions();
  }

  /**
   * Approves the next model version for all nodes, now.
   *
   * @return the version
   */
  public String approve() {
    return registry().approve(System.currentTimeMillis());
  }

  /** Puts a fault in force, until it is cleared. */
  public ActiveFault inject(Fault fault) {
    ActiveFault active = new ActiveFault(fault, System.currentTimeMillis());
    if (fault instanceof Fault.CutCable cut && cut.asset().equals(BROKER)) {
      if (cut.silent()) {
        brokerCable().silence();
      } else {
        brokerCable().cut();
      }
    } else {
      asset(fault.asset()).inject(active);
    }
    synchronized (faults) {
      faults.add(active);
    }
    return active;
  }

  /** Puts a fault in force for this long. */
  public ActiveFault inject(Fault fault, Duration duration) {
    ActiveFault active = inject(fault);
    var unused =
        threads.timers().schedule(() -> clear(active), duration.toMillis(), TimeUnit.MILLISECONDS);
    return active;
  }

  /** Ends a fault; does nothing if it has ended. */
  public void clear(ActiveFault active) {
    if (active.endMs() != ActiveFault.STILL_ACTIVE) {
      return;
    }
    long nowMs = System.currentTimeMillis();
    if (active.fault().asset().equals(BROKER)) {
      active.end(nowMs);
      brokerCable().restore();
    } else {
      asset(active.fault().asset()).clear(active, nowMs);
    }
  }

  /** What really happened so far. */
  public Truth truth() {
    return new Truth(this);
  }

  List<ActiveFault> faults() {
    synchronized (faults) {
      return List.copyOf(faults);
    }
  }

  List<Rollout> rollouts() {
    return registry().rollouts();
  }

  long values(String asset) {
    return asset(asset).values();
  }

  long inferences(String node, InferenceMode mode) {
    return node(node).inferences(mode);
  }

  long advice(String node, AdviceEvent event) {
    return node(node).advice(event);
  }

  long actionable(String node) {
    return node(node).actionable();
  }

  long stages(String node, ModelStage stage) {
    return node(node).stages(stage);
  }

  long events(String asset, EventKind kind) {
    return controller().events(asset, kind);
  }

  long events(String asset, EventKind kind, long fromMs, long toMs) {
    return controller().events(asset, kind, fromMs, toMs);
  }

  long qualifiedActions() {
    return controller().qualifiedActions();
  }

  Inspections inspections(String node) {
    return controller().inspections(node);
  }

  private Stream<SimulatedAsset> assets() {
    return Stream.concat(machines.stream(), nodes.stream());
  }

  private SimulatedAsset asset(String name) {
    return assets()
        .filter(asset -> asset.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no asset " + name));
  }

  private Machine machine(String name) {
    if (asset(name) instanceof Machine machine) {
      return machine;
    }
    throw new IllegalArgumentException(name + " is not a machine");
  }

  private InferenceNode node(String name) {
    if (asset(name) instanceof InferenceNode node) {
      return node;
    }
    throw new IllegalArgumentException(name + " is not a node");
  }

  private ModelRegistry registry() {
    return started(registry);
  }

  private LineController controller() {
    return started(controller);
  }

  private Relay brokerCable() {
    return started(brokerCable);
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the line has not started");
    }
    return part;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    closeAll(trouble, registry);
    assets().forEach(SimulatedAsset::close);
    closeAll(controller);
    closeAll(brokerCable, broker, threads);
  }

  private static void closeAll(@Nullable AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      try {
        if (part != null) {
          part.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException("the simulator does not close", e);
      }
    }
  }
}
