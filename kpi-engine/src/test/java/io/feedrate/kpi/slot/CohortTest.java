package io.feedrate.kpi.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Held against a map of what came for each slot and place; no row, block or byte is in it. */
class CohortTest {
  private static final long PERIOD_NS = 1_000_000_000L;
  private static final int SIZES = 40;
  private static final int SEEDS = 60;
  private static final int STEPS = 80;
  private static final Outcome[] OUTCOMES = Outcome.values();

  @Test
  void marksAreWhatANaiveModelSaysWhateverCameAndWasSettled() {
    for (int size = 1; size <= SIZES; size++) {
      for (long seed = 0; seed < SEEDS; seed++) {
        new Case(size, seed).run();
      }
    }
  }

  /** Rows before and behind are all good, so that no mark of another slot is taken for one. */
  @Test
  void theOnePlaceThatIsNotGoodIsFoundFromEveryPlaceBeforeIt() {
    byte[] notGood = {
      Mark.NONE,
      Mark.GOOD_LATE,
      Mark.withLast(Mark.GOOD, Worth.BAD),
      Mark.with(Mark.NONE, Outcome.GOOD),
      Mark.withLast(Mark.NONE, Worth.GOOD),
    };
    for (int size = 1; size <= SIZES; size++) {
      Cohort cohort = cohort(size, 3, 10);
      for (long slot = 10; slot < 13; slot++) {
        for (int place = 0; place < size; place++) {
          cohort.setMark(place, slot, Mark.GOOD);
        }
      }
      for (int place = 0; place < size; place++) {
        for (byte mark : notGood) {
          cohort.setMark(place, 11, mark);
          for (int from = 0; from <= size; from++) {
            assertThat(cohort.firstNotGood(11, from))
                .as("mark %d at %d of %d, from %d", mark, place, size, from)
                .isEqualTo(from <= place ? place : size);
          }
        }
        cohort.setMark(place, 11, Mark.GOOD);
      }
    }
  }

  private static Cohort cohort(int size, int rows, long nextSlot) {
    int[] signals = new int[size];
    Arrays.setAll(signals, place -> 7 + 3 * place);
    return new Cohort(
        new Requirement(SignalMode.PERIODIC, PERIOD_NS, 0, 0, 0, rows, 0, 1, false, false),
        signals,
        nextSlot);
  }

  /**
   * What samples left at one place of one slot.
   *
   * @param best outcome, if there is any
   * @param last what the last value was {@link Worth}
   */
  private record Left(@Nullable Outcome best, int last) {
    static final Left NOTHING = new Left(null, Worth.NONE);

    Left with(Outcome outcome) {
      return new Left(best == null || outcome.compareTo(best) < 0 ? outcome : best, last);
    }

    Left withLast(int worth) {
      return new Left(best, worth);
    }

    boolean isGoodAlone() {
      return best == Outcome.GOOD && last == Worth.GOOD;
    }

    static Left of(byte mark) {
      int best = Mark.best(mark);
      return new Left(best < 0 ? null : OUTCOMES[best], Mark.last(mark));
    }
  }

  /** A cohort and its model, led through the steps of a seed. */
  private static final class Case {
    private final String name;
    private final SplittableRandom random;
    private final int size;
    private final int rows;
    private final TreeMap<Long, Left[]> left = new TreeMap<>();
    private final int[] carried;
    private Cohort cohort;
    private long next;

    Case(int size, long seed) {
      name = "size %d, seed %d".formatted(size, seed);
      random = new SplittableRandom(size * 1_000_003L + seed);
      this.size = size;
      rows = random.nextInt(1, 9);
      next = random.nextInt(4) == 0 ? random.nextLong(-9, 9) : 1_800_000_000L + seed;
      cohort = cohort(size, rows, next);
      carried = new int[size];
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(8)) {
          case 0 -> settle(random.nextInt(1, rows + 1));
          case 1 -> other();
          case 2 -> carry();
          case 3 -> restore();
          default -> good();
        }
      }
      settle(rows + random.nextInt(3)); // also slots that never had a place for a mark
      check(next, next + rows);
    }

    private Left[] at(long slot) {
      return left.computeIfAbsent(
          slot,
          any -> {
            Left[] all = new Left[size];
            Arrays.fill(all, Left.NOTHING);
            return all;
          });
    }

    /** Mostly all places of a slot get a good value, so that whole blocks are good. */
    private void good() {
      long slot = next + random.nextLong(-1, rows + 2);
      boolean isOpen = slot >= next && slot < next + rows;
      assertThat(cohort.isOpen(slot)).as(name).isEqualTo(isOpen);
      boolean turned = cohort.turnTo(slot * PERIOD_NS + random.nextLong(PERIOD_NS));
      assertThat(turned).as(name).isEqualTo(isOpen);
      if (!turned) {
        return;
      }
      assertThat(cohort.currentEndNs()).as(name).isEqualTo((slot + 1) * PERIOD_NS);
      int spared = random.nextInt(3) == 0 ? random.nextInt(size) : -1;
      for (int place = 0; place < size; place++) {
        if (place != spared) {
          boolean inTime = random.nextInt(30) != 0;
          Left[] its = at(slot);
          its[place] =
              its[place].with(inTime ? Outcome.GOOD : Outcome.GOOD_LATE).withLast(Worth.GOOD);
          cohort.markCurrentGood(place, inTime);
        }
      }
    }

    private void other() {
      long slot = next + random.nextInt(rows);
      int place = random.nextInt(size);
      Left[] its = at(slot);
      byte mark = cohort.mark(place, slot);
      if (random.nextBoolean()) {
        Outcome outcome = OUTCOMES[random.nextInt(OUTCOMES.length)];
        its[place] = its[place].with(outcome);
        cohort.setMark(place, slot, Mark.with(mark, outcome));
      } else {
        int worth = random.nextInt(Worth.IN_TIME + 1);
        its[place] = its[place].withLast(worth);
        cohort.setMark(place, slot, Mark.withLast(mark, worth));
      }
    }

    private void carry() {
      int from = random.nextInt(size);
      int to = random.nextInt(from, size) + 1;
      int worth = random.nextInt(Worth.IN_TIME + 1);
      if (to == from + 1) {
        cohort.carry(from, worth);
      } else {
        cohort.carry(from, to, worth);
      }
      Arrays.fill(carried, from, to, worth);
    }

    /** As the engine does: the marks of a slot are looked at, then its place is free. */
    private void settle(int slots) {
      long end = next + slots;
      check(next, Math.min(end, next + rows));
      for (long slot = next; slot < Math.min(end, next + rows); slot++) {
        cohort.clear(slot);
      }
      cohort.settled(end);
      next = end;
      left.headMap(end).clear();
      assertThat(cohort.nextSlot()).as(name).isEqualTo(end);
      assertThat(cohort.endOfMarks()).as(name).isEqualTo(end + rows);
    }

    /** Goes on with another cohort, which read what this one wrote. */
    private void restore() {
      Snapshot.Writer out = new Snapshot.Writer();
      for (int place = 0; place < size; place++) {
        cohort.writeMarks(place, out);
      }
      Cohort other = cohort(size, rows, next);
      Snapshot.Reader in = new Snapshot.Reader(out.buffer(), 0);
      for (int place = 0; place < size; place++) {
        other.readMarks(place, in);
        other.carry(place, cohort.carried(place));
      }
      cohort = other;
    }

    private void check(long from, long to) {
      for (long slot = from; slot < to; slot++) {
        String where = "%s, slot %d, rows %d".formatted(name, slot, rows);
        Left[] its = at(slot);
        List<Left> marks = new ArrayList<>();
        for (int place = 0; place < size; place++) {
          marks.add(Left.of(cohort.mark(place, slot)));
        }
        assertThat(marks).as(where).containsExactly(its);
        int begin = random.nextInt(size + 1);
        int expected = begin;
        while (expected < size && its[expected].isGoodAlone()) {
          expected++;
        }
        assertThat(cohort.firstNotGood(slot, begin)).as(where).isEqualTo(expected);
      }
      for (int place = 0; place < size; place++) {
        assertThat((int) cohort.carried(place)).as(name).isEqualTo(carried[place]);
        assertThat(cohort.signal(place)).as(name).isEqualTo(7 + 3 * place);
      }
    }
  }
}
