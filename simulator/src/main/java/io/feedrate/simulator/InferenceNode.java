package io.feedrate.simulator;

import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.ModelStage;
import io.feedrate.simulator.Messages.InferenceResult;
import io.feedrate.simulator.Messages.KeyedReading;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An edge node with a camera: measures itself, infers, takes model updates, advises operators, and
 * publishes all that over MQTT.
 */
final class InferenceNode implements SimulatedAsset {
  static final String MODEL = "surface-defect";
  static final String FACTORY_VERSION = "1";
  static final long HEARTBEAT_MS = 1_000;

  private static final int TICK_MS = 100;
  private static final int SAMPLES_MS = 500;
  private static final int INFERENCE_MS = 200;
  private static final int SHADOW_EVERY = 25;
  private static final int LOOKS_AT_A_PART = 5;
  private static final int MAX_WAITING = 50;

  /** On-change values are repeated this often: MQTT has no first value for who comes later. */
  private static final int REPEAT_MS = 5_000;

  private final String name;
  private final NodeModel model;
  private final ModelUpdater updater;
  private final Operators operators;
  private final SimulatedClock clock = new SimulatedClock();
  private final AssetFaults faults = new AssetFaults(NodeModel.SIGNALS);
  private final Relay cable;
  private final Publisher publisher;
  private final Outbox outbox;
  private final Ticker ticker;
  private final @Nullable Object[] reported = new Object[NodeModel.SIGNALS.size()];
  private final Map<InferenceMode, Long> inferences = new EnumMap<>(InferenceMode.class);
  private final Map<AdviceEvent, Long> advice = new EnumMap<>(AdviceEvent.class);
  private final Map<ModelStage, Long> stages = new EnumMap<>(ModelStage.class);
  private final Deque<Part> waiting = new ArrayDeque<>();
  private final Consumer<Happening> controller;
  private Part seen = Part.NONE;
  private int looks;
  private long actionable;
  private long inferenceCount;

  /** A part before the camera, and what the model will say of it. */
  private record Part(String id, boolean bad, boolean saysBad) {
    static final Part NONE = new Part("", false, false);

    boolean isNone() {
      return id.isEmpty();
    }
  }

  InferenceNode(
      LinePlan plan,
      int number,
      InetSocketAddress broker,
      LineThreads threads,
      Consumer<Happening> controller) {
    name = name(number);
    this.controller = controller;
    long seed = plan.seed() * 1000 + 500 + number;
    model = new NodeModel(seed);
    operators = new Operators(name, seed + 7);
    updater = new ModelUpdater(name, number, plan);
    cable = new Relay(threads.network(), broker.getHostString(), 0);
    cable.connectTo(broker);
    publisher = new Publisher(name, new InetSocketAddress(broker.getAddress(), cable.port()));
    outbox = new Outbox(publisher, faults);
    ticker = new Ticker(threads.timers(), TICK_MS, this::tick);
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "vision-%02d", number);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<SignalSpec> signals() {
    return NodeModel.SIGNALS;
  }

  @Override
  public synchronized long values() {
    return outbox.values();
  }

  synchronized long inferences(InferenceMode mode) {
    return inferences.getOrDefault(mode, 0L);
  }

  /** Number of inferences sent that the controller should answer. */
  synchronized long actionable() {
    return actionable;
  }

  /** Number of reports sent that a version reached this stage. */
  synchronized long stages(ModelStage stage) {
    return stages.getOrDefault(stage, 0L);
  }

  /** A part comes before the camera, when those before it are done. */
  synchronized void feed(String part, boolean bad) {
    if (waiting.size() < MAX_WAITING) {
      waiting.add(new Part(part, bad, model.judge(bad)));
    }
  }

  synchronized long advice(AdviceEvent event) {
    return advice.getOrDefault(event, 0L);
  }

  /** A new model version is approved for this node. */
  synchronized void offer(Rollout rollout, boolean mustFail, long nowMs) {
    updater.offer(rollout, mustFail, nowMs);
  }

  @Override
  public void start() {
    ticker.start();
  }

  private synchronized void tick(long trueMs) {
    outbox.release(trueMs);
    if (trueMs % SAMPLES_MS == 0) {
      model.step();
      sendSamples(trueMs);
    }
    reportModel(trueMs);
    if (trueMs % INFERENCE_MS == 0) {
      infer(trueMs);
    }
    reportAdvice(trueMs);
    if (trueMs % HEARTBEAT_MS == 0) {
      outbox.heartbeat(seq -> Messages.status(clock.at(trueMs), seq, HEARTBEAT_MS));
    }
  }

  private void sendSamples(long trueMs) {
    List<KeyedReading> readings = new ArrayList<>();
    List<Outbox.Carried> carried = new ArrayList<>();
    for (int i = 0; i < NodeModel.SIGNALS.size(); i++) {
      SignalSpec signal = NodeModel.SIGNALS.get(i);
      Object value = model.value(i);
      boolean due = signal.isPeriodic() || !value.equals(reported[i]) || trueMs % REPEAT_MS == 0;
      Reading reading =
          due ? faults.sense(i, trueMs, new Reading(clock.at(trueMs), value, Reading.GOOD)) : null;
      if (reading != null) {
        reported[i] = value;
        readings.add(new KeyedReading(signal.address(), reading));
        carried.add(new Outbox.Carried(i, faults.isSound(i)));
      }
    }
    outbox.samples(trueMs, carried, seq -> Messages.samples(seq, readings));
  }

  private void reportModel(long trueMs) {
    boolean stalled = faults.active(Fault.StallDownload.class) != null;
    ModelUpdater.Report report = updater.tick(trueMs, stalled);
    if (report != null) {
      byte[] payload =
          Messages.model(
              MODEL,
              report.version(),
              ModelRegistry.digest(MODEL, report.version()),
              report.stage(),
              clock.at(trueMs),
              name,
              report.detail());
      if (outbox.send(trueMs, "model", payload)) {
        stages.merge(report.stage(), 1L, Long::sum);
      }
    }
  }

  private void infer(long trueMs) {
    Rollout warming = updater.warmingUp();
    if (warming != null) {
      publish(trueMs, warming.version(), InferenceMode.WARMUP, false, model.decide());
      updater.warmedUp(trueMs);
      return;
    }
    Rollout serving = updater.serving();
    String version = serving == null ? FACTORY_VERSION : serving.version();
    boolean first = look();
    NodeModel.Decision decision = seen.isNone() ? model.decide() : model.decide(seen.saysBad());
    // What was found to be not in order must be taken off the line, once.
    boolean found = decision.ok() && decision.decision().equals("nok") && (first || seen.isNone());
    if (publish(trueMs, version, InferenceMode.PRODUCTION, found, decision)) {
      if (serving != null) {
        serving.serve(timeOf(trueMs, decision));
      }
      if (first && decision.ok()) {
        EventKind said = seen.saysBad() ? EventKind.PART_BAD : EventKind.PART_GOOD;
        controller.accept(new Happening(said, name, seen.id(), trueMs));
      }
      if (found) {
        operators.defect(trueMs + TICK_MS);
      }
    }
    if (inferenceCount % SHADOW_EVERY == 0) {
      publish(trueMs, version + "-rc", InferenceMode.SHADOW, false, model.decide());
    }
  }

  /** Looks at the part before the camera, or the next one; whether for the first time. */
  private boolean look() {
    if (looks > 0) {
      looks--;
      return false;
    }
    Part next = waiting.poll();
    seen = next == null ? Part.NONE : next;
    looks = next == null ? 0 : LOOKS_AT_A_PART - 1;
    return next != null;
  }

  /**
   * Publishes one inference.
   *
   * @return false if it is lost
   */
  private boolean publish(
      long trueMs,
      String version,
      InferenceMode mode,
      boolean wantsAnswer,
      NodeModel.Decision decision) {
    inferenceCount++;
    String id = name + "-" + inferenceCount;
    InferenceResult result =
        new InferenceResult(
            id,
            MODEL,
            version,
            ModelRegistry.digest(MODEL, version),
            clock.at(trueMs),
            timeOf(trueMs, decision),
            decision.latencyMs(),
            decision.ok(),
            decision.decision(),
            decision.score(),
            mode == InferenceMode.PRODUCTION ? seen.id() : "",
            wantsAnswer,
            mode);
    if (!outbox.send(trueMs, "inference", Messages.inference(result))) {
      return false;
    }
    inferences.merge(mode, 1L, Long::sum);
    if (wantsAnswer) {
      actionable++;
      controller.accept(new Happening(EventKind.RESPONSE, name, id, trueMs));
    }
    return true;
  }

  private long timeOf(long trueMs, NodeModel.Decision decision) {
    return clock.at(trueMs) + Math.round(decision.latencyMs());
  }

  private void reportAdvice(long trueMs) {
    for (Operators.Event event : operators.tick(trueMs)) {
      byte[] payload =
          Messages.advice(
              event.id(), event.event(), clock.at(trueMs), event.operator(), event.reason());
      if (outbox.send(trueMs, "advice", payload)) {
        advice.merge(event.event(), 1L, Long::sum);
        if (event.event() == AdviceEvent.OVERRIDDEN) {
          String id = event.id() + "-correction";
          controller.accept(
              new Happening(EventKind.CORRECTION, name, id, trueMs, false, event.operator()));
        }
      }
    }
  }

  @Override
  public synchronized void inject(ActiveFault active) {
    Fault fault = active.fault();
    if (fault instanceof Fault.CutCable cut) {
      if (cut.silent()) {
        cable.silence();
      } else {
        cable.cut();
      }
    } else if (fault instanceof Fault.StepClock step) {
      clock.step(step.by().toMillis());
    } else if (fault instanceof Fault.Garbage garbage) {
      sendGarbage(active, garbage);
    } else if (!isMessageFault(fault) && !isSensorFault(fault)) {
      throw new IllegalArgumentException("a node cannot have " + fault);
    }
    faults.begin(active);
  }

  private static boolean isMessageFault(Fault fault) {
    return fault instanceof Fault.Duplicate
        || fault instanceof Fault.Delay
        || fault instanceof Fault.StallDownload
        || fault instanceof Fault.LoseMessages;
  }

  private void sendGarbage(ActiveFault active, Fault.Garbage garbage) {
    GarbageMessage message = GarbageMessage.of(garbage.kind(), clock.nowMs());
    if (publisher.publishAndWait(message.leaf(), message.payload())) {
      active.touchedMessage();
    }
  }

  @Override
  public synchronized void clear(ActiveFault active, long nowMs) {
    faults.end(active, nowMs);
    Fault fault = active.fault();
    if (fault instanceof Fault.CutCable && faults.active(Fault.CutCable.class) == null) {
      cable.restore();
    } else if (fault instanceof Fault.StepClock) {
      clock.step(0);
    } else if (fault instanceof Fault.Delay) {
      outbox.release(Long.MAX_VALUE);
    }
  }

  @Override
  public void close() {
    ticker.close();
    cable.restore();
    publisher.close();
    cable.close();
  }
}
