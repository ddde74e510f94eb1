package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
  void mostPartsAreGoodAndNoneIsGoodThatWasNotMade() {
    MachineModel model = new MachineModel(3);
    long produced = model.parts();
    long good = model.goodParts();
    for (int step = 0; step < 20 * TEN_MINUTES; step++) {
      model.step();
      assertThat(model.goodParts() - good).isLessThanOrEqualTo(model.parts() - produced);
    }
    assertThat((double) (model.goodParts() - good) / (model.parts() - produced))
        .isBetween(0.9, 0.98);
  }

  @Test
  void statesAndModesGoTogetherAndAllOccur() {
    Set<String> seen = new TreeSet<>();
    MachineModel model = new MachineModel(3);
    for (int step = 0; step < 20 * TEN_MINUTES; step++) {
      model.step();
      seen.add(
          model.value(MachineSignals.MACHINE_STATE)
              + " "
              + model.value(MachineSignals.OPERATION_MODE)
              + " "
              + model.value(MachineSignals.CONTROL_MODE));
    }
    // Out of service in maintenance, idle, setting up, producing with and without intervention.
    assertThat(seen).containsExactly("1 1 4", "2 0 1", "3 2 2", "3 3 1", "3 3 3");
  }

  @Test
  void takeoversFollowRequestsAndSomeAreNeverAnswered() {
    MachineModel model = new MachineModel(3);
    for (int step = 0; step < 20 * TEN_MINUTES; step++) {
      long requests = model.requests();
      long takeovers = model.takeovers();
      model.step();
      assertThat(model.takeovers()).isLessThanOrEqualTo(model.requests());
      assertThat(model.requests() - requests + model.takeovers() - takeovers)
          .isLessThanOrEqualTo(1);
    }
    assertThat(model.takeovers()).isGreaterThan(20).isLessThan(model.requests());
    assertThat(model.setUps()).isGreaterThan(5);
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
