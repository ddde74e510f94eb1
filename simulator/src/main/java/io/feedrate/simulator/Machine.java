package io.feedrate.simulator;

import io.feedrate.kpi.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/** A CNC machine: its model's values on its OPC UA server, and what goes wrong with them. */
final class Machine implements SimulatedAsset {
  /** Parts that a tool lasts for. */
  private static final int TOOL_LIFE = 2;

  private final String name;
  private final List<SignalSpec> signals;
  private final MachineModel model;
  private final SimulatedClock clock = new SimulatedClock();
  private final AssetFaults faults;
  private final MachineServer server;
  private final Ticker ticker;
  private final long tickMs;
  private final int loadTickMs;
  private final @Nullable Object[] reported;
  private final List<Reading> held = new ArrayList<>();
  private final Consumer<Happening> controller;
  private long partsTold;
  private long goodTold;
  private long requestsTold;
  private long takeoversTold;
  private long setUpsTold;
  private long loadCount;
  private long written;

  Machine(LinePlan plan, int number, LineThreads threads, Consumer<Happening> controller) {
    name = name(number);
    this.controller = controller;
    signals = MachineSignals.of(plan);
    model = new MachineModel(new SplittableRandom(plan.seed() * 1000 + number).nextLong());
    partsTold = model.parts();
    goodTold = model.goodParts();
    requestsTold = model.requests();
    faults = new AssetFaults(signals);
    reported = new Object[signals.size()];
    int port = plan.opcUaPort() == 0 ? 0 : plan.opcUaPort() + number - 1;
    server = new MachineServer(plan, name, port, signals, clock, threads);
    loadTickMs = MachineSignals.loadTickMs(plan);
    tickMs = plan.loadSignals() > 0 ? gcd(MachineModel.STEP_MS, loadTickMs) : MachineModel.STEP_MS;
    ticker = new Ticker(threads.timers(), tickMs, this::tick);
  }

  static String name(int number) {
    return String.format(java.util.Locale.ROOT, "cnc-%02d", number);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<SignalSpec> signals() {
    return signals;
  }

  String endpoint() {
    return server.endpoint();
  }

  int subscriptions() {
    return server.namespace().subscriptions();
  }

  @Override
  public synchronized long values() {
    return written;
  }

  @Override
  public void start() {
    ticker.start();
  }

  private synchronized void tick(long trueMs) {
    if (trueMs % MachineModel.STEP_MS == 0) {
      model.step();
      tell(trueMs);
      for (int i = 0; i < MachineSignals.OWN.size(); i++) {
        if (trueMs % signals.get(i).write().toMillis() == 0) {
          offer(i, trueMs, model.value(i));
        }
      }
    }
    if (trueMs % loadTickMs == 0) {
      double base = ++loadCount % 1000;
      for (int i = MachineSignals.OWN.size(); i < signals.size(); i++) {
        offer(i, trueMs, base + i);
      }
    }
  }

  /** Tells the controller of the line what happened in the last step. */
  private void tell(long trueMs) {
    if (model.parts() > partsTold) {
      partsTold = model.parts();
      boolean bad = model.goodParts() == goodTold;
      goodTold = model.goodParts();
      String part = name + "-" + partsTold;
      controller.accept(new Happening(EventKind.PART_PRODUCED, name, part, trueMs, bad, ""));
      if (partsTold % TOOL_LIFE == 0) {
        tell(EventKind.ACTION, "-tool-change-" + partsTold, trueMs);
      }
    }
    if (model.requests() > requestsTold) {
      requestsTold = model.requests();
      tell(EventKind.CONTROL_REQUESTED, "-takeover-" + requestsTold, trueMs);
    }
    if (model.takeovers() > takeoversTold) {
      takeoversTold = model.takeovers();
      tell(EventKind.CONTROL_TAKEN, "-takeover-" + requestsTold, trueMs);
    }
    if (model.setUps() > setUpsTold) {
      setUpsTold = model.setUps();
      tell(EventKind.ACTION, "-set-up-" + setUpsTold, trueMs);
    }
  }

  private void tell(EventKind kind, String id, long trueMs) {
    controller.accept(new Happening(kind, name, name + id, trueMs));
  }

  private void offer(int signal, long trueMs, Object value) {
    boolean changed = !value.equals(reported[signal]);
    if (!signals.get(signal).isPeriodic() && !changed) {
      return;
    }
    ActiveFault frozen = faults.active(Fault.FreezeServer.class);
    if (frozen != null) {
      faults.touched(frozen, signal, trueMs);
      return;
    }
    Reading reading =
        faults.sense(signal, trueMs, new Reading(clock.at(trueMs), value, Reading.GOOD));
    if (reading == null || holds(signal, trueMs, reading)) {
      return;
    }
    reported[signal] = value;
    written++;
    server.namespace().write(signal, dataValue(reading), trueMs);
    ActiveFault cut = faults.active(Fault.CutCable.class);
    if (cut != null) {
      faults.touched(cut, signal, trueMs);
    } else if (faults.isSound(signal)) {
      faults.sound(signal, trueMs);
    }
  }

  private boolean holds(int signal, long trueMs, Reading reading) {
    ActiveFault fault = faults.active(Fault.OverflowQueue.class);
    if (fault == null
        || !((Fault.OverflowQueue) fault.fault()).signal().equals(signals.get(signal).name())) {
      return false;
    }
    held.add(reading.withTime(trueMs));
    return true;
  }

  private DataValue dataValue(Reading reading) {
    DateTime source =
        reading.timeMs() == Reading.NO_TIME ? null : MachineServer.dateTime(reading.timeMs());
    return new DataValue(
        new Variant(reading.value()),
        new StatusCode(reading.status()),
        source,
        MachineServer.dateTime(clock.nowMs()));
  }

  @Override
  public synchronized void inject(ActiveFault active) {
    Fault fault = active.fault();
    if (fault instanceof Fault.CutCable cut) {
      if (cut.silent()) {
        server.cable().silence();
      } else {
        server.cable().cut();
      }
    } else if (fault instanceof Fault.FreezeServer) {
      server.cable().silence();
    } else if (fault instanceof Fault.StepClock step) {
      clock.step(step.by().toMillis());
    } else if (fault instanceof Fault.OverflowQueue overflow) {
      requirePeriodic(overflow);
    } else if (!isSensorFault(fault)) {
      throw new IllegalArgumentException("a machine cannot have " + fault);
    }
    faults.begin(active);
  }

  private void requirePeriodic(Fault.OverflowQueue overflow) {
    if (!signals.get(signalNumber(overflow.signal())).isPeriodic() || overflow.values() < 1) {
      throw new IllegalArgumentException("needs a periodic signal and values: " + overflow);
    }
    if (faults.active(Fault.OverflowQueue.class) != null) {
      throw new IllegalStateException("one queue at a time: " + overflow);
    }
  }

  @Override
  public synchronized void clear(ActiveFault active, long nowMs) {
    Fault fault = active.fault();
    faults.end(active, nowMs);
    if (fault instanceof Fault.CutCable || fault instanceof Fault.FreezeServer) {
      restoreCable();
    } else if (fault instanceof Fault.StepClock) {
      clock.step(0);
    } else if (fault instanceof Fault.OverflowQueue overflow) {
      handOver(active, overflow);
    }
  }

  private void restoreCable() {
    boolean free =
        faults.active(Fault.CutCable.class) == null
            && faults.active(Fault.FreezeServer.class) == null;
    if (free) {
      server.cable().restore();
    }
  }

  /** The burst: {@code values} readings spread evenly over those that were held. */
  private void handOver(ActiveFault active, Fault.OverflowQueue overflow) {
    if (held.isEmpty()) {
      return;
    }
    int signal = signalNumber(overflow.signal());
    long firstMs = held.get(0).timeMs();
    long spanMs = held.get(held.size() - 1).timeMs() - firstMs;
    int count = overflow.values();
    int kept = server.namespace().shortestQueue(signal);
    List<DataValue> burst = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Reading near = held.get((int) ((long) i * held.size() / count));
      long trueMs = firstMs + (count == 1 ? spanMs : spanMs * i / (count - 1));
      // Different from its neighbours, else a subscriber's filter would drop it before the queue.
      double value = ((Number) near.value()).doubleValue() + i * 1e-6;
      burst.add(dataValue(new Reading(clock.at(trueMs), value, near.status())));
      if (kept > 0 && i < count - kept) {
        faults.touched(active, signal, trueMs);
      } else {
        faults.sound(signal, trueMs);
      }
    }
    held.clear();
    active.lostValues(server.namespace().burst(signal, burst));
    written += count;
  }

  @Override
  public void close() {
    ticker.close();
    server.close();
  }
}
