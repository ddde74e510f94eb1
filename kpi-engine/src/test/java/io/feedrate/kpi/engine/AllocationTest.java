package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.SignalMode;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The engine's share of the hot path allocates nothing: samples, proofs, ticks, inferences. */
class AllocationTest {
  private static final int SIGNALS = 100;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final KpiEngine engine = new KpiEngine(new Factory.Report());
  private long nowNs = T0;
  private int node;
  private int model;
  private int version;
  private Inference inference = new Inference();

  @Test
  void samplesTicksProofsAndInferencesAllocateNothing() {
    Factory factory = new Factory().windows(3600 * SECOND, 3600 * SECOND).machine("m");
    for (int i = 0; i < SIGNALS; i++) {
      factory.signal(
          "s" + i, i % 2 == 0 ? SignalMode.PERIODIC : SignalMode.ON_CHANGE, SECOND, 0, 1e9);
    }
    Register register = factory.register();
    engine.onRegister(register, T0);
    engine.onLink(0, LinkEvent.UP, T0);
    node = engine.names().id("site/line/m");
    model = engine.names().id("model");
    version = engine.names().id("1");
    inference =
        Factory.inference(node, model, version, InferenceMode.PRODUCTION, true, T0, 5_000_000);
    second(1000);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      second(200);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    // What a sample allocated would show in every round; the virtual machine's own now and then.
    assertThat(least).as("bytes for 200,000 samples, least of five rounds").isZero();
  }

  /** Seconds of 1,000 samples each, in which no window ends. */
  private void second(int n) {
    for (int s = 0; s < n; s++) {
      for (int i = 0; i < 10 * SIGNALS; i++) {
        nowNs += SECOND / (10 * SIGNALS);
        engine.onSample(i % SIGNALS, nowNs - 1_000_000, nowNs, GOOD, i, 0);
      }
      engine.onLink(0, LinkEvent.PROOF, nowNs);
      inference.receivedNs = nowNs;
      inference.inferenceNs = nowNs;
      engine.onInference(inference);
      engine.onTick(nowNs);
    }
  }
}
