package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineModelTest {
  private static final int TEN_MINUTES = 6_000;

  private static List<Object> run(long seed, int steps) {
    MachineModel model = new MachineModel(seed);
    List<Object> values = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      model.step();
      for (int signal = 0; signal < MachineSignals.OWN.size(); signal++) {
        values.add(model.value(signal));
      }
    }
    return values;
  }

  @Test
  void sameSeedGivesTheSameValues() {
    assertThat(run(7, 2_000)).isEqualTo(run(7, 2_000));
    assertThat(run(7, 2_000)).isNotEqualTo(run(8, 2_000));
  }

  @Test
  void valuesStayInTheirRanges() {
    MachineModel model = new MachineModel(3);
    for (int step = 0; step < TEN_MINUTES; step++) {
      model.step();
      for (int signal = 0; signal < MachineSignals.OWN.size(); signal++) {
        if (model.value(signal) instanceof Number number) {
          SignalSpec spec = MachineSignals.OWN.get(signal);
          assertThat(number.doubleValue()).as(spec.name()).isBetween(spec.min(), spec.max());
        }
      }
    }
  }

  @Test
  void partCounterNeverFallsAndPartsAreMade() {
    MachineModel model = new MachineModel(3);
    long first = (long) model.value(MachineSignals.PART_COUNTER);
    long last = first;
    for (int step = 0; step < TEN_MINUTES; step++) {
      model.step();
      long parts = (long) model.value(MachineSignals.PART_COUNTER);
      assertThat(parts).isGreaterThanOrEqualTo(last);
      last = parts;
    }
    assertThat(last - first).isBetween(10L, 60L);
  }

  @Test
  void loadFollowsFromCutting() {
    MachineModel model = new MachineModel(3);
    double cutting = 0;
    double waiting = Double.MAX_VALUE;
    for (int step = 0; step < TEN_MINUTES; step++) {
      model.step();
      double load = (double) model.value(MachineSignals.SPINDLE_LOAD);
      if ((double) model.value(MachineSignals.FEED_RATE) > 500) {
        cutting = Math.max(cutting, load);
      } else if ((double) model.value(MachineSignals.SPINDLE_SPEED) == 0) {
        waiting = Math.min(waiting, load);
      }
    }
    assertThat(cutting).isGreaterThan(20);
    assertThat(waiting).isLessThan(2);
  }

  @Test
  void nodeModelWithTheSameSeedDecidesTheSame() {
    NodeModel one = new NodeModel(5);
    NodeModel other = new NodeModel(5);
    for (int i = 0; i < 500; i++) {
      one.step();
      other.step();
      assertThat(one.decide()).isEqualTo(other.decide());
      assertThat(one.value(0)).isEqualTo(other.value(0));
    }
  }
}
