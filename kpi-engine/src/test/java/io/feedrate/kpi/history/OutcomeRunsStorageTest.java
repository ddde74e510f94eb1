package io.feedrate.kpi.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.feedrate.kpi.Snapshot;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How the runs are stored must show in nothing but the memory they take. */
class OutcomeRunsStorageTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long[] PERIODS = {1, 3, 2};
  private static final long ALIGN = 20;

  /** Most of the time short gaps and runs, seldom some that take all the bytes there are. */
  private enum Slots {
    DENSE,
    WIDE;

    long next(SplittableRandom random) {
      boolean isLong = this == WIDE && random.nextInt(4) == 0;
      return 1 + random.nextLong(1L << random.nextInt(isLong ? 40 : 4));
    }
  }

  @Test
  void whateverHappensRunsAreThoseOfTheNaiveModelAlsoAfterARestart() {
    for (int seed = 0; seed < 600; seed++) {
      Slots slots = Slots.values()[seed % 2];
      int bound = new int[] {32, 200, 5000}[seed % 3];
      new Play(seed, slots, bound).run(bound == 5000 ? 1500 : 500);
    }
  }

  /** The same calls to the model, to one that was never restarted, and to one that often was. */
  private static final class Play {
    private final int seed;
    private final SplittableRandom random;
    private final Slots slots;
    private final int bound;
    private final NaiveRuns naive;
    private final OutcomeRuns one;
    private OutcomeRuns restarted;
    private final long[] settled = {-(1L << 40), -17, 1L << 40};

    Play(int seed, Slots slots, int bound) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.slots = slots;
      this.bound = bound;
      naive = new NaiveRuns(PERIODS, ALIGN, bound);
      one = create();
      restarted = create();
    }

    private OutcomeRuns create() {
      return new OutcomeRuns(PERIODS.length, s -> PERIODS[s], ALIGN, bound);
    }

    void run(int steps) {
      for (int step = 0; step < steps; step++) {
        // Now long times of only appending, now of only changing.
        boolean grows = (step / 200) % 2 == 0;
        int dice = random.nextInt(100);
        if (dice == 0) {
          restart();
        } else if (dice == 1) {
          forget();
        } else if (dice < (grows ? 80 : 10)) {
          append();
        } else {
          set();
        }
        look();
        if (step % 20 == 0) {
          assertSame(step);
        }
      }
      assertSame(steps);
    }

    private void restart() {
      restarted = create();
      restarted.read(new Snapshot.Reader(written(one).buffer(), 0));
    }

    private void forget() {
      int subject = random.nextInt(PERIODS.length);
      NaiveRuns.Run last =
          naive.of(subject).isEmpty() ? null : naive.of(subject).firstEntry().getValue();
      if (last != null) {
        long untilNs = (last.until() + random.nextLong(-3, 30)) * PERIODS[subject];
        naive.forget(untilNs);
        one.forget(untilNs);
        restarted.forget(untilNs);
      }
    }

    private void append() {
      int subject = random.nextInt(PERIODS.length);
      long slot = settled[subject] + (random.nextInt(3) == 0 ? 0 : slots.next(random));
      long count = slots.next(random);
      int outcome = random.nextInt(random.nextBoolean() ? 3 : 16);
      naive.append(subject, slot, count, outcome);
      one.append(subject, slot, count, outcome);
      restarted.append(subject, slot, count, outcome);
      settled[subject] = slot + count;
    }

    private void set() {
      int subject = random.nextInt(PERIODS.length);
      naive.makeRoom();
      one.makeRoom();
      restarted.makeRoom();
      long from = Math.max(near(subject), naive.firstKnown(subject));
      long to = random.nextInt(3) == 0 ? near(subject) : from + slots.next(random);
      to = Math.min(to, settled[subject]);
      if (from < to) {
        int outcome = random.nextInt(random.nextBoolean() ? 2 : 16);
        naive.set(subject, from, to, outcome);
        one.set(subject, from, to, outcome);
        restarted.set(subject, from, to, outcome);
      }
    }

    /** A slot near the border of some run, most often not far from the one before. */
    private long near(int subject) {
      if (naive.of(subject).isEmpty()) {
        return settled[subject] - random.nextLong(5);
      }
      long first = naive.of(subject).firstKey();
      long any = random.nextLong(first, settled[subject]);
      Map.Entry<Long, NaiveRuns.Run> run = requireNonNull(naive.of(subject).floorEntry(any));
      return (random.nextBoolean() ? run.getKey() : run.getValue().until())
          + random.nextLong(-2, 3);
    }

    private void look() {
      int subject = random.nextInt(PERIODS.length);
      long slot = near(subject);
      assertThat(one.get(subject, slot)).isEqualTo(naive.get(subject, slot));
      assertThat(one.sameUntil(subject, slot)).isEqualTo(naive.sameUntil(subject, slot));
    }

    private void assertSame(int step) {
      Snapshot.Writer expected = new Snapshot.Writer();
      naive.write(expected);
      String what = "seed %d, step %d".formatted(seed, step);
      assertThat(one.size()).as(what).isEqualTo(naive.size());
      assertThat(bytes(written(one))).as(what).isEqualTo(bytes(expected));
      assertThat(bytes(written(restarted))).as(what).isEqualTo(bytes(expected));
    }
  }

  private static Snapshot.Writer written(OutcomeRuns runs) {
    Snapshot.Writer out = new Snapshot.Writer();
    runs.write(out);
    return out;
  }

  private static byte[] bytes(Snapshot.Writer out) {
    byte[] bytes = new byte[out.length()];
    out.buffer().getBytes(0, bytes);
    return bytes;
  }

  private static OutcomeRuns secondsOf(int subjects) {
    return new OutcomeRuns(subjects, s -> 1, 1);
  }

  @Test
  void aRunOfMoreSlotsThanAnIntegerHoldsIsOneRun() {
    OutcomeRuns runs = secondsOf(1);
    long day = 1L << 33;
    runs.append(0, -day, day, 7);
    runs.append(0, 0, day, 7);
    assertThat(runs.size()).isEqualTo(2);
    assertThat(runs.sameUntil(0, -day)).isEqualTo(day);
    runs.set(0, 5, 6, 3);
    assertThat(runs.size()).isEqualTo(4);
    runs.set(0, 5, 6, 7);
    assertThat(runs.size()).isEqualTo(2);
  }

  @Test
  void anOutcomeThatTheCodeHasNoRoomForIsRefused() {
    OutcomeRuns runs = secondsOf(1);
    assertThatThrownBy(() -> runs.append(0, 0, 1, 16))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> runs.set(0, 0, 1, -1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void twentyTwoRunsOfASubjectTakeOneChunk() {
    int subjects = 10_000;
    OutcomeRuns runs = new OutcomeRuns(subjects, s -> 1, 1, 24 * subjects);
    for (int run = 0; run < 22; run++) {
      for (int s = 0; s < subjects; s++) {
        runs.append(s, 1_760_000_000L + run * 100L + s % 100, 1, 1 + s % 10);
      }
    }
    assertThat(runs.size()).isEqualTo(23 * subjects);
    assertThat(runs.bytes()).isLessThanOrEqualTo(66L * subjects);
  }

  @Test
  void chunksAreHalfFullOrMoreWhereverRunsAreTakenAwayAndPut() {
    SplittableRandom random = new SplittableRandom(1);
    OutcomeRuns runs = secondsOf(1);
    int slots = 60_000;
    for (int slot = 0; slot < slots; slot += 2) {
      runs.append(0, slot, 1, 1);
    }
    long packed = runs.bytes();
    assertThat(packed).isLessThan(3L * slots / 2);
    for (int round = 0; round < 10; round++) {
      int kept = 2 + random.nextInt(60);
      for (int slot = 0; slot < slots; slot += 2) {
        if (slot % kept != 0) {
          runs.set(0, slot, slot + 1, OutcomeRuns.USUAL);
        }
      }
      for (int slot = 0; slot < slots; slot += 2) {
        int any = 2 * random.nextInt(slots / 2);
        runs.set(0, any, any + 1, 1);
      }
    }
    assertThat(runs.bytes()).isLessThan(2 * packed);
  }

  @Test
  void chunksThatFitIntoOneAreMadeOneWhenMostOfTheirRunsGo() {
    OutcomeRuns runs = secondsOf(2);
    int slots = 60_000;
    for (int slot = 0; slot < slots; slot += 2) {
      runs.append(0, slot, 1, 1);
    }
    long packed = runs.bytes();
    for (int slot = 0; slot < slots; slot += 2) {
      if (slot % 48 != 0 && slot % 48 != 46) { // the first and the last of a chunk stay
        runs.set(0, slot, slot + 1, OutcomeRuns.USUAL);
      }
    }
    for (int slot = 0; slot < slots; slot += 2) {
      if (slot % 20 != 0) {
        runs.append(1, slot, 1, 1);
      }
    }
    assertThat(runs.bytes()).isLessThanOrEqualTo(packed);
  }

  @Test
  void whatIsLeftOfTheOldestChunkIsMadeOneWithTheNextIfTheyFit() {
    int subjects = 1024;
    OutcomeRuns runs = secondsOf(subjects);
    for (int hour = 0; hour < 10; hour++) {
      long first = 1000L * hour;
      runs.forget(first - 1000); // what is left are 20 runs of each
      for (int s = 0; s < subjects; s++) {
        for (int slot = 0; slot < 20; slot++) {
          runs.append(s, first + 2L * slot, 1, 4);
        }
      }
      assertThat(runs.bytes()).isLessThanOrEqualTo(2 * 64L * subjects);
    }
  }

  @Test
  void chunksOfRunsThatWentAreUsedForOthers() {
    int subjects = 1000;
    OutcomeRuns runs = secondsOf(subjects);
    long bytes = 0;
    for (int day = 0; day < 5; day++) {
      long first = 1000L * day;
      for (int s = 0; s < subjects; s++) {
        for (int slot = 0; slot < 30; slot++) {
          runs.append(s, first + 2L * slot, 1, 4);
        }
      }
      if (day % 2 == 0) {
        runs.forget(first + 100);
      } else {
        for (int s = 0; s < subjects; s++) {
          runs.set(s, first, first + 100, OutcomeRuns.USUAL);
        }
      }
      assertThat(runs.size()).isZero();
      bytes = bytes == 0 ? runs.bytes() : bytes;
      assertThat(runs.bytes()).isEqualTo(bytes);
    }
  }

  @Test
  void whatIsCopiedToAnotherRegisterIsTheSame() {
    OutcomeRuns old = secondsOf(2);
    for (int slot = 0; slot < 1000; slot += 3) {
      old.append(1, slot, 1 + slot % 3, 1 + slot % 10);
    }
    old.forget(500);
    OutcomeRuns now = secondsOf(3);
    now.takeOver(old);
    now.copyFrom(old, 1, 2);
    assertThat(now.knownSinceNs()).isEqualTo(500);
    assertThat(now.size()).isEqualTo(old.size());
    for (int slot = 500; slot < 1000; slot++) {
      assertThat(now.get(2, slot)).isEqualTo(old.get(1, slot));
    }
  }

  @Test
  void inSteadyStateNothingIsAllocated() {
    SplittableRandom random = new SplittableRandom(1);
    OutcomeRuns runs = new OutcomeRuns(100, s -> 1, 10, 3000);
    long slot = 0;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 25; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 20_000; i++) {
        slot += i % 10 == 0 ? 1 : 0;
        runs.append(i % 100, slot + i % 100, 1, 1 + i % 7);
        runs.makeRoom();
        int subject = random.nextInt(100);
        long late = runs.firstKnown(subject);
        runs.set(subject, Math.max(late, slot - 1000), Math.max(late, slot - 990), i % 5);
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isZero();
  }
}
