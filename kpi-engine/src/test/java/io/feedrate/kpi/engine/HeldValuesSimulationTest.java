package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static io.feedrate.kpi.engine.Factory.UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What each signal held when, compared millisecond by millisecond with the {@link HeldOracle}, on
 * seeded logs: each machine has one signal, so that its counts are those of the signal.
 */
class HeldValuesSimulationTest {
  private static final long MS = 1_000_000L;
  private static final int SEEDS = 40;
  private static final String FREQUENCY = "update_frequency_conformity";
  private static final String QUALITY = "good_quality_ratio";

  @Test
  void valuesInOrderAreAccountedExactly() {
    Seeds.each(
        SEEDS,
        seed -> {
          Log log = new World(seed, true).log;
          exact(log, log.run().report(), "seed " + seed);
        });
  }

  @Test
  void valuesOfOneWorthAreAccountedExactlyInAnyOrder() {
    Seeds.each(
        SEEDS,
        seed -> {
          Log log = shuffled(new World(seed, false).log, seed);
          exact(log, log.run().report(), "seed " + seed);
        });
  }

  @Test
  void aValueOutOfOrderWithAnotherWorthIsWrongForAShortTimeOnly() {
    Seeds.each(
        SEEDS,
        seed -> {
          Log ordered = new World(seed, true).log;
          Log log = shuffled(ordered, seed);
          Factory.Report report = log.run().report();
          for (Signal s : log.register().signals()) {
            long[] expected = new HeldOracle(log, s, endNs(report)).quality();
            long[] counts = report.counts(QUALITY, machine(s));
            long wrongMs = 0;
            for (int i = 0; i < counts.length; i++) {
              wrongMs += Math.abs(counts[i] - expected[i]);
            }
            long atMostMs = late(log, s) * 2 * 5_000;
            assertThat(wrongMs).as("%s seed %d", s.path(), seed).isLessThanOrEqualTo(atMostMs);
            assertThat(Arrays.stream(counts).sum()).isEqualTo(Arrays.stream(expected).sum());
          }
        });
  }

  /** Restored after each few records, the engine goes on to the same results. */
  @Test
  void aSnapshotHoldsAllOfIt() {
    Seeds.each(
        SEEDS,
        seed -> {
          Log log = shuffled(new World(seed, true).log, seed);
          int each = 1 + (int) Math.floorMod(seed, 37L);
          assertThat(log.runWithRestarts(each).report().results)
              .as("seed %d", seed)
              .isEqualTo(log.run().report().results);
        });
  }

  @Test
  void theOracleFindsAWrongAccount() {
    int found = 0;
    for (long seed = 0; seed < 20; seed++) {
      Log log = new World(seed, true).log;
      List<Log.Entry> damaged = new ArrayList<>(log.entries());
      damaged.removeIf(e -> e instanceof Log.Value v && v.status() == BAD);
      try {
        exact(log, new Log(log.register(), T0, damaged).run().report(), "canary");
      } catch (AssertionError e) {
        found++;
      }
    }
    assertThat(found).isGreaterThan(15);
  }

  private static long late(Log log, Signal s) {
    long newest = Long.MIN_VALUE;
    long late = 0;
    for (Log.Entry e : log.entries()) {
      if (e instanceof Log.Value v && v.signal() == s.id()) {
        late += v.sourceNs() < newest ? 1 : 0;
        newest = Math.max(newest, v.sourceNs());
      }
    }
    return late;
  }

  private static void exact(Log log, Factory.Report report, String where) {
    long endNs = endNs(report);
    for (Signal s : log.register().signals()) {
      HeldOracle oracle = new HeldOracle(log, s, endNs);
      assertThat(report.counts(QUALITY, machine(s)))
          .as("good, uncertain, bad, unknown, excluded ms of %s %s, %s", s.path(), s.mode(), where)
          .isEqualTo(oracle.quality());
      assertThat(report.counts(FREQUENCY, machine(s)))
          .as("current, stale, excluded ms of %s, %s", s.path(), where)
          .isEqualTo(oracle.frequency());
      if (s.mode() == SignalMode.PERIODIC && !oracle.hasExclusions()) {
        double longest =
            report.windows(FREQUENCY, machine(s), Span.WINDOW).stream()
                .mapToDouble(r -> Factory.figure("longest_gap", r).upper())
                .max()
                .orElse(0);
        double expected = oracle.longestGapNs() / 1e9;
        assertThat(longest)
            .as("longest gap of %s, %s", s.path(), where)
            .isBetween(expected * 0.999, expected * 1.01);
      }
    }
  }

  private static String machine(Signal s) {
    return s.path().substring(0, s.path().lastIndexOf('/'));
  }

  private static long endNs(Factory.Report report) {
    return report.results.stream()
        .filter(r -> r.kpi().equals(QUALITY) && r.span() == Span.WINDOW)
        .mapToLong(Result::endNs)
        .max()
        .orElseThrow();
  }

  /** The same values, each received up to two seconds later; everything else as it was. */
  private static Log shuffled(Log log, long seed) {
    SplittableRandom random = new SplittableRandom(~seed);
    List<Log.Entry> entries = new ArrayList<>();
    for (Log.Entry e : log.entries()) {
      boolean held = e instanceof Log.Value && random.nextInt(3) == 0;
      entries.add(held ? later((Log.Value) e, random.nextLong(1, 1500 * MS)) : e);
    }
    entries.sort(Comparator.comparingLong(Log.Entry::atNs));
    return new Log(log.register(), log.startNs(), entries);
  }

  private static Log.Value later(Log.Value v, long byNs) {
    return new Log.Value(
        v.atNs() + byNs, v.signal(), v.sourceNs(), v.status(), v.value(), v.flags());
  }

  /** A minute or two of three machines. */
  private static final class World {
    final Log log;
    private final SplittableRandom random;
    private final List<Log.Entry> entries = new ArrayList<>();

    World(long seed, boolean eventful) {
      random = new SplittableRandom(seed);
      Factory factory = new Factory();
      if (random.nextBoolean()) {
        factory.windows(30 * SECOND, 60 * SECOND);
      }
      SignalMode[] modes = {SignalMode.PERIODIC, SignalMode.PERIODIC, SignalMode.ON_CHANGE};
      for (int m = 0; m < modes.length; m++) {
        long period = (1 + random.nextInt(8)) * 250L * MS;
        factory.machine("m" + m).signal("s", modes[m], period);
      }
      Register register = factory.register();
      long endNs = T0 + (60 + random.nextInt(60)) * SECOND;
      for (Signal s : register.signals()) {
        List<long[]> ups = eventful ? link(s.link(), endNs) : alwaysUp(s.link(), endNs);
        values(s, ups, endNs, eventful);
        if (eventful && random.nextInt(3) == 0) {
          exclude(s, endNs);
        }
      }
      for (long ns = T0 + SECOND; ns < endNs + 40 * SECOND; ns += SECOND) {
        entries.add(new Log.Tick(ns));
      }
      entries.sort(Comparator.comparingLong(Log.Entry::atNs));
      log = new Log(register, T0, entries);
    }

    private List<long[]> alwaysUp(int link, long endNs) {
      entries.add(new Log.Link(T0, link, LinkEvent.UP));
      for (long ns = T0; ns < endNs + 40 * SECOND; ns += SECOND) {
        entries.add(new Log.Link(ns, link, LinkEvent.PROOF));
      }
      return List.of(new long[] {T0, endNs});
    }

    /** A link's life; the times that it is up. A resumed one is so within a second. */
    private List<long[]> link(int link, long endNs) {
      List<long[]> ups = new ArrayList<>();
      long ns = T0 + random.nextLong(2 * SECOND);
      boolean again = false;
      while (ns < endNs) {
        entries.add(new Log.Link(ns, link, again ? LinkEvent.RESUMED : LinkEvent.UP));
        long until = Math.min(endNs, ns + random.nextLong(SECOND, 40 * SECOND));
        ups.add(new long[] {ns, until});
        for (long p = ns; p < until - SECOND; p += random.nextLong(1, SECOND)) {
          LinkEvent event = random.nextInt(40) == 0 ? LinkEvent.GAP : LinkEvent.PROOF;
          entries.add(new Log.Link(p, link, event));
        }
        entries.add(new Log.Link(until, link, LinkEvent.DOWN));
        again = random.nextInt(3) == 0;
        ns = until + random.nextLong(1, again ? SECOND : 15 * SECOND);
      }
      return ups;
    }

    /** Values in order of their source times, each received in a time of the link being up. */
    private void values(Signal s, List<long[]> ups, long endNs, boolean eventful) {
      long sourceNs = T0 - random.nextLong(SECOND);
      long receivedNs = T0;
      int status = GOOD;
      while (sourceNs < endNs) {
        long pause = random.nextInt(12) == 0 ? 12 * SECOND : 2 * s.periodNs();
        sourceNs += random.nextLong(1, pause);
        if (eventful && random.nextInt(5) == 0) {
          status = random.nextInt(3) == 0 ? BAD : random.nextInt(2) == 0 ? UNCERTAIN : GOOD;
        }
        receivedNs = Math.max(receivedNs + 1, sourceNs + random.nextLong(900 * MS));
        long at = receivedNs;
        if (ups.stream().anyMatch(up -> up[0] < at && at < up[1])) {
          entries.add(new Log.Value(at, s.id(), sourceNs, status, random.nextInt(3), 0));
          if (random.nextInt(20) == 0) {
            entries.add(new Log.Value(at, s.id(), sourceNs, status, random.nextInt(3), 0));
          }
        }
      }
    }

    private void exclude(Signal s, long endNs) {
      for (int i = 0; i <= random.nextInt(3); i++) {
        long from = random.nextLong(T0, endNs);
        long to = from + random.nextLong(1, 20 * SECOND);
        long entered = Math.max(T0, from + random.nextLong(-5 * SECOND, 2 * SECOND));
        entries.add(new Log.Exclusion(entered, machine(s), from, to));
        if (random.nextInt(3) == 0) {
          long withdrawn = entered + random.nextLong(10 * SECOND);
          entries.add(new Log.Withdrawal(withdrawn, machine(s), from, to));
        }
      }
    }
  }
}
