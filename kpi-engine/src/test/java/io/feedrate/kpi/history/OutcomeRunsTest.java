package io.feedrate.kpi.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Snapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Runs of equal outcomes, beside an array with one outcome for each slot. */
class OutcomeRunsTest {
  private static final int SLOTS = 400;
  private static final long[] PERIODS = {10, 15, 7};
  private static final long ALIGN = 50;

  private final int[][] expected = new int[PERIODS.length][SLOTS];
  private final int[] settled = new int[PERIODS.length];

  @Test
  void whateverHappensKnownSlotsHaveTheirOutcome() {
    for (long seed = 0; seed < 500; seed++) {
      for (int[] each : expected) {
        Arrays.fill(each, 0);
      }
      Arrays.fill(settled, 0);
      // Some pools are so small that runs must go all the time, some so large that none must.
      int bound = seed % 2 == 0 ? 32 : 4000;
      play(seed, new OutcomeRuns(PERIODS.length, s -> PERIODS[s], ALIGN, bound));
    }
  }

  private void play(long seed, OutcomeRuns first) {
    OutcomeRuns runs = first;
    SplittableRandom random = new SplittableRandom(seed);
    long forgottenNs = Long.MIN_VALUE;
    for (int step = 0; step < 300; step++) {
      int subject = random.nextInt(PERIODS.length);
      int dice = random.nextInt(10);
      if (dice < 4) {
        append(runs, random, subject);
      } else if (dice < 8) {
        set(runs, random, subject);
      } else if (dice == 8) {
        forgottenNs = Math.max(forgottenNs, random.nextLong(SLOTS));
        runs.forget(forgottenNs);
      } else {
        runs = restored(runs);
      }
      check(runs, seed, step);
    }
  }

  private void append(OutcomeRuns runs, SplittableRandom random, int subject) {
    int n = Math.min(1 + random.nextInt(3), SLOTS - settled[subject]);
    int outcome = random.nextInt(4);
    if (n > 0) {
      runs.append(subject, settled[subject], n, outcome);
      for (int i = 0; i < n; i++) {
        expected[subject][settled[subject]++] = outcome;
      }
    }
  }

  private void set(OutcomeRuns runs, SplittableRandom random, int subject) {
    if (settled[subject] == 0) {
      return;
    }
    int from = random.nextInt(settled[subject]);
    int to = Math.min(settled[subject], from + 1 + random.nextInt(random.nextBoolean() ? 1 : 30));
    runs.makeRoom();
    int outcome = random.nextInt(4);
    if (from >= runs.firstKnown(subject)) {
      runs.set(subject, from, to, outcome);
      Arrays.fill(expected[subject], from, to, outcome);
    }
  }

  private void check(OutcomeRuns runs, long seed, int step) {
    for (int s = 0; s < PERIODS.length; s++) {
      long first = Math.max(0, runs.firstKnown(s));
      assertThat(first * PERIODS[s] + PERIODS[s]).isGreaterThan(runs.knownSinceNs());
      for (long slot = settled[s] - 1L; slot >= first; slot--) {
        int its = runs.get(s, slot);
        if (its != expected[s][(int) slot]) {
          assertThat(its)
              .as("slot %d of %d, seed %d, step %d", slot, s, seed, step)
              .isEqualTo(expected[s][(int) slot]);
        }
        for (long same = slot; same < Math.min(settled[s], runs.sameUntil(s, slot)); same++) {
          assertThat(expected[s][(int) same]).isEqualTo(its);
        }
      }
    }
  }

  private static OutcomeRuns restored(OutcomeRuns runs) {
    Snapshot.Writer out = new Snapshot.Writer();
    runs.write(out);
    OutcomeRuns copy = new OutcomeRuns(PERIODS.length, s -> PERIODS[s], ALIGN, runs.bound());
    copy.read(new Snapshot.Reader(out.buffer(), 0));
    Snapshot.Writer again = new Snapshot.Writer();
    copy.write(again);
    byte[] one = new byte[out.length()];
    byte[] other = new byte[again.length()];
    out.buffer().getBytes(0, one);
    again.buffer().getBytes(0, other);
    assertThat(other).isEqualTo(one);
    return copy;
  }

  @Test
  void whenThePoolIsFullTheOldestRunsGoAndAreSaidToBeUnknown() {
    OutcomeRuns runs = new OutcomeRuns(2, s -> 10, 100, 64);
    for (int slot = 0; slot < 1000; slot += 2) {
      runs.append(0, slot, 1, 2);
    }
    assertThat(runs.knownSinceNs()).isGreaterThan(8_000).isLessThan(10_000);
    assertThat(runs.knownSinceNs() % 100).isZero();
    assertThat(runs.firstKnown(1)).isEqualTo(runs.knownSinceNs() / 10);
    assertThat(runs.get(0, 998)).isEqualTo(2);
    assertThat(runs.get(0, 997)).isZero();
  }

  @Test
  void slotsThatAreAllUsualTakeNoRuns() {
    OutcomeRuns runs = new OutcomeRuns(1000, s -> 1, 1);
    for (int s = 0; s < 1000; s++) {
      runs.append(s, 0, 1_000_000, OutcomeRuns.USUAL);
    }
    Snapshot.Writer out = new Snapshot.Writer();
    runs.write(out);
    assertThat(out.length()).isLessThan(16);
  }

  @Test
  void fillingALongHoleInOrderTakesTimeInProportion() {
    int slots = 1_000_000;
    OutcomeRuns runs = new OutcomeRuns(3, s -> 100, 100);
    for (int s = 0; s < 3; s++) {
      for (int slot = 0; slot < slots; slot += 1000) {
        runs.append(s, slot, 900, 7); // with some that are known between them
      }
    }
    // Steps that grew with what is behind would take hours.
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int slot = 0; slot < slots; slot++) {
            for (int s = 0; s < 3; s++) {
              runs.makeRoom();
              if (runs.get(s, slot) == 7) {
                runs.set(s, slot, slot + 1, slot % 1000 < 500 ? 3 : 1);
              }
            }
          }
        });
    assertThat(runs.get(2, 901)).isZero();
  }
}
