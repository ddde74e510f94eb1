package io.feedrate.kpi.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Held against a list of who said what when, from which each slot is judged anew. */
class LateValuesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long FIRST = 1_800_000_000L;
  private static final int SLOTS = 50;

  private record Told(int worth, long receivedNs) {}

  @Test
  void eachSlotIsLateByTheLastValueBeforeItAlone() {
    for (long seed = 0; seed < 20_000; seed++) {
      new Case(seed).check(seed);
    }
  }

  /** Values of one signal, told in the order of a seed. */
  private static final class Case {
    private final SplittableRandom random;
    private final SlotStates states;
    private final LateValues late;
    private final TreeMap<Long, Told> told = new TreeMap<>();

    Case(long seed) {
      random = new SplittableRandom(seed);
      long deadlineNs = random.nextLong(3 * SECOND);
      Signal signal =
          new Signal(
              0,
              "site/cnc/mode",
              1,
              0,
              SignalMode.ON_CHANGE,
              SECOND,
              deadlineNs,
              Double.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY,
              "1",
              false);
      Register register =
          new Register(
              "hash",
              List.of(
                  new Asset(0, "site", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""),
                  new Asset(1, "site/cnc", Asset.Kind.MACHINE, 0, 0, "")),
              List.of(signal),
              List.of("plc"),
              Rules.STANDARD.lateness(SLOTS * SECOND, Map.of()));
      states = new SlotStates(register, FIRST * SECOND);
      late = new LateValues(states);
    }

    private void check(long seed) {
      long nowNs = FIRST * SECOND;
      for (int i = random.nextInt(2, 8); i > 0; i--) {
        nowNs += random.nextLong(6 * SECOND);
        tell(nowNs);
      }
      byte carried = Worth.NONE;
      for (long slot = FIRST; slot < FIRST + SLOTS; slot++) {
        assertThat((int) carried)
            .as("slot %d of seed %d, told %s", slot, seed, told)
            .isEqualTo(expected(slot));
        carried = LateValues.carry(carried, states.mark(0, slot));
      }
    }

    private void tell(long nowNs) {
      long nowSlot = nowNs / SECOND;
      long slot = random.nextLong(FIRST, nowSlot + 1);
      int worth = Worth.GOOD;
      switch (random.nextInt(8)) {
        case 0 -> worth = Worth.BAD;
        case 1 -> {
          slot = nowSlot;
          worth = Worth.DOUBTFUL;
        }
        default -> {}
      }
      told.put(slot, new Told(worth, nowNs));
      states.markLast(0, slot, late.worthAfter(0, slot, nowNs, worth));
    }

    private int expected(long slot) {
      var before = told.lowerEntry(slot);
      if (before == null) {
        return Worth.NONE;
      }
      Told last = before.getValue();
      boolean isLate = last.receivedNs > states.required[0].dueNs(slot);
      return last.worth == Worth.GOOD && isLate ? Worth.GOOD_BUT_LATE : last.worth;
    }
  }
}
