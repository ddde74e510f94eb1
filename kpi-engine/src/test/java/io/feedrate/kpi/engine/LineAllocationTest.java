package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Role;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** States, counters, parts, decisions and answers allocate nothing while no window ends. */
class LineAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Cell cell =
      new Cell(
          new Factory().windows(3600 * SECOND, 3600 * SECOND).rules(),
          SECOND,
          Role.ITEM_STATE,
          Role.OPERATION_MODE,
          Role.PARTS_PRODUCED,
          Role.PARTS_GOOD,
          Role.COUNTER);

  private final KpiEngine engine = cell.engine;
  private final int cnc = engine.names().id(Cell.CNC);
  private final int vision = engine.names().id(Cell.VISION);
  private long nowNs = T0;
  private long number;
  private Inference inference = new Inference();

  @Test
  void aProducingMachineAllocatesNothing() {
    engine.onLink(0, LinkEvent.UP, T0);
    inference = Factory.inference(vision, 0, 0, InferenceMode.PRODUCTION, true, T0, 5_000_000);
    inference.actionable = true;
    // So many that every part that is remembered takes the place of another.
    seconds(200, 100);
    seconds(800, 1);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      seconds(100, 20);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes for 2,000 parts, least of five rounds").isZero();
  }

  private void seconds(int n, int parts) {
    for (int s = 0; s < n; s++) {
      for (int i = 0; i < parts; i++) {
        nowNs += SECOND / parts;
        number++;
        double value = (double) number;
        engine.onSample(0, nowNs, nowNs, GOOD, 2 + value % 2, 0);
        engine.onSample(1, nowNs, nowNs, GOOD, 3 - value % 2, 0);
        engine.onSample(2, nowNs, nowNs, GOOD, value, 0);
        engine.onSample(3, nowNs, nowNs, GOOD, value, 0);
        engine.onSample(4, nowNs, nowNs, GOOD, value, 0);
        inference.key = number;
        inference.part = number;
        inference.inputNs = nowNs - 1_000_000;
        inference.inferenceNs = nowNs;
        inference.receivedNs = nowNs;
        engine.onInference(inference);
        engine.onEvent(cnc, EventKind.PART_PRODUCED, number, 0, 0, 0, nowNs, nowNs);
        if (number % 4 != 0) {
          engine.onEvent(cnc, EventKind.RESPONSE, number, 0, 0, 0, nowNs, nowNs);
        }
      }
      engine.onLink(0, LinkEvent.PROOF, nowNs);
      engine.onTick(nowNs);
    }
  }
}
