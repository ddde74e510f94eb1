package io.feedrate.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.meter.StateTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateTimelineTest {
  private static final int UNKNOWN = -1;

  private static List<Integer> states(StateTimeline line, long from, long to) {
    List<Integer> states = new ArrayList<>();
    line.visit(
        0,
        from,
        to,
        (subject, state, a, b) -> {
          for (long t = a; t < b; t++) {
            states.add(state);
          }
        });
    return states;
  }

  @Test
  void everyMomentHasTheStateThatWasSaidLastBeforeItInEventTime() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StateTimeline line = new StateTimeline(1, UNKNOWN);
      TreeMap<Long, Integer> said = new TreeMap<>();
      for (int i = 0; i < random.nextInt(20); i++) {
        long at = random.nextLong(100);
        int state = random.nextInt(4);
        line.set(0, at, state);
        said.put(at, state);
      }
      long forgotten = random.nextLong(50);
      line.forget(0, forgotten);
      List<Integer> expected = new ArrayList<>();
      for (long t = forgotten; t < 100; t++) {
        var entry = said.floorEntry(t);
        expected.add(entry == null ? UNKNOWN : entry.getValue());
      }
      assertThat(states(line, forgotten, 100)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void aFloodOfChangesIsBoundedAndTheNewestStateIsRight() {
    StateTimeline line = new StateTimeline(1, UNKNOWN);
    for (int i = 0; i < 10 * StateTimeline.MAX_CHANGES; i++) {
      line.set(0, i, i % 7);
    }
    assertThat(line.current(0)).isEqualTo((10 * StateTimeline.MAX_CHANGES - 1) % 7);
  }

  @Test
  void whatCameLateDoesNotReplaceALaterStateThatWasForgotten() {
    StateTimeline line = new StateTimeline(1, UNKNOWN);
    line.set(0, 10, 1);
    line.forget(0, 20);
    line.set(0, 5, 2);
    assertThat(line.at(0, 25)).isEqualTo(1);
    line.set(0, 15, 3);
    assertThat(line.at(0, 25)).isEqualTo(3);
    line.forget(0, 30);
    line.set(0, 15, 4);
    assertThat(line.current(0)).isEqualTo(4);
  }
}
