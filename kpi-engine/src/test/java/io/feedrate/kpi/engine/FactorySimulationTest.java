package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static io.feedrate.kpi.engine.Factory.UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Seeded factories in which everything goes wrong, compared slot by slot with the {@link Oracle}.
 * Fixed seeds, and as many fresh ones; a failure names its seed, and {@code -Dsim.seed=N} runs that
 * one alone. {@code -Dsim.seeds=N} sets how many.
 */
class FactorySimulationTest {
  private static final long MS = 1_000_000L;
  private static final long[] PERIODS = {250 * MS, 500 * MS, SECOND, 2 * SECOND, 7 * SECOND};

  @Test
  void theEngineAgreesWithTheOracleOnEverySlot() {
    Long only = Long.getLong("sim.seed");
    if (only != null) {
      check(only);
      return;
    }
    int seeds = Integer.getInteger("sim.seeds", 300);
    for (long seed = 0; seed < seeds; seed++) {
      check(seed);
    }
    long fresh = System.nanoTime();
    System.out.println("fresh seeds from " + fresh + " to " + (fresh + seeds - 1));
    for (long seed = fresh; seed < fresh + seeds; seed++) {
      check(seed);
    }
  }

  @Test
  void theHarnessFindsAWrongEngine() {
    // A canary: a log whose last good value was dropped must not give what the oracle says.
    int found = 0;
    for (long seed = 0; seed < 20; seed++) {
      Log log = log(seed);
      List<Log.Entry> damaged = new ArrayList<>(log.entries());
      for (int i = 0; i < damaged.size(); i++) {
        if (damaged.get(i) instanceof Log.Value v && v.status() == GOOD) {
          damaged.set(i, new Log.Tick(v.atNs()));
        }
      }
      found += differs(log, new Log(log.register(), T0, damaged).run()) ? 1 : 0;
    }
    assertThat(found).isGreaterThan(15);
  }

  private static boolean differs(Log log, Factory.Report report) {
    try {
      compare(log, report, "canary");
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  private static void check(long seed) {
    Log log = log(seed);
    String where = "seed " + seed + " (rerun with -Dsim.seed=" + seed + ")";
    Factory.Report report = log.run();
    compare(log, report, where);
    int each = 1 + (int) Math.floorMod(seed, 37L);
    assertThat(log.runWithRestarts(each).results)
        .as("results with a restart from a snapshot after each %d entries, %s", each, where)
        .isEqualTo(report.results);
  }

  private static void compare(Log log, Factory.Report report, String where) {
    Oracle oracle = new Oracle(log);
    Register register = log.register();
    long endNs = report.results.stream().mapToLong(r -> r.endNs()).max().orElse(log.startNs());
    for (Signal s : register.signals()) {
      long[] expected = new long[Outcome.COUNT];
      long first = -Math.floorDiv(-T0, s.periodNs());
      long all = Math.floorDiv(endNs, s.periodNs()) - first;
      List<String> slots = new ArrayList<>();
      for (long slot = first; slot < first + all; slot++) {
        Outcome o = oracle.outcome(s, slot).orElseThrow();
        expected[o.ordinal()]++;
        slots.add((slot * s.periodNs() - T0) / MS + " ms " + o);
      }
      assertThat(report.counts("sensor_data_completeness", s.path()))
          .as("outcomes of %s %s, %s\noracle: %s", s.path(), s.mode(), where, slots)
          .isEqualTo(expected);
    }
  }

  // The factory: a minute of everything, on two links.

  private static Log log(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Factory factory = new Factory().lateness((2 + random.nextInt(6)) * SECOND);
    for (int m = 0; m < 2; m++) {
      factory.machine("m" + m);
      for (int s = 0; s < 1 + random.nextInt(2); s++) {
        SignalMode mode = random.nextBoolean() ? SignalMode.PERIODIC : SignalMode.ON_CHANGE;
        factory.signal("s" + s, mode, PERIODS[random.nextInt(PERIODS.length)], -1000, 1000);
      }
    }
    Register register = factory.register();
    List<Log.Entry> entries = new ArrayList<>();
    long now = T0;
    long nextTick = T0 + SECOND;
    boolean[] up = new boolean[2];
    Log.Value previous = null;
    long end = T0 + (40 + random.nextInt(40)) * SECOND;
    while (now < end) {
      now += random.nextLong(1, 400 * MS);
      while (nextTick <= now) {
        entries.add(new Log.Tick(nextTick));
        nextTick += SECOND;
      }
      int dice = random.nextInt(100);
      int link = random.nextInt(2);
      if (dice < 70) {
        previous = value(random, register, now, up, previous);
        if (previous != null) {
          entries.add(previous);
        }
      } else if (dice < 80) {
        entries.add(new Log.Link(now, link, LinkEvent.PROOF));
      } else if (dice < 92) {
        LinkEvent event = event(random, up, link);
        entries.add(new Log.Link(now, link, event));
        up[link] = event != LinkEvent.DOWN;
      } else if (dice < 95) {
        long offset = random.nextBoolean() ? 0 : random.nextLong(-3 * SECOND, 3 * SECOND);
        entries.add(new Log.Clock(now, link, offset));
      } else if (dice < 98) {
        long from = now + random.nextLong(-10 * SECOND, 10 * SECOND);
        String subject = random.nextBoolean() ? "site/line/m" + link : "site/line/m1/s0";
        entries.add(new Log.Exclusion(now, subject, from, from + random.nextLong(1, 8 * SECOND)));
      } else if (dice < 99) {
        now += random.nextLong(1, 20 * SECOND);
        entries.add(new Log.Restart(now));
        up = new boolean[2];
        nextTick = (now / SECOND + 1) * SECOND;
      }
    }
    for (; nextTick < end + 30 * SECOND; nextTick += SECOND) {
      entries.add(new Log.Tick(nextTick));
    }
    return new Log(register, T0, entries);
  }

  private static LinkEvent event(SplittableRandom random, boolean[] up, int link) {
    int dice = random.nextInt(10);
    if (!up[link]) {
      return dice < 6 ? LinkEvent.UP : LinkEvent.RESUMED;
    }
    return dice < 5 ? LinkEvent.DOWN : dice < 7 ? LinkEvent.GAP : LinkEvent.UP;
  }

  private static Log.@Nullable Value value(
      SplittableRandom random,
      Register register,
      long now,
      boolean[] up,
      Log.@Nullable Value previous) {
    int signal = random.nextInt(register.signals().size());
    if (!up[register.signals().get(signal).link()] && random.nextInt(10) > 0) {
      return null;
    }
    if (previous != null && random.nextInt(15) == 0) {
      return new Log.Value(
          now,
          previous.signal(),
          previous.sourceNs(),
          previous.status(),
          previous.value(),
          previous.flags());
    }
    int dice = random.nextInt(100);
    int status =
        dice < 75 ? GOOD : dice < 82 ? UNCERTAIN : dice < 92 ? BAD : Sample.STATUS_OVERFLOW;
    double value = dice % 20 == 0 ? Double.NaN : dice % 21 == 0 ? 5000 : random.nextInt(5);
    int flags =
        switch (random.nextInt(40)) {
          case 0 -> Sample.NO_SOURCE_TIME;
          case 1 -> Sample.INVALID;
          case 2 -> Sample.HISTORICAL;
          default -> 0;
        };
    return new Log.Value(now, signal, sourceTime(random, now), status, value, flags);
  }

  private static long sourceTime(SplittableRandom random, long now) {
    return switch (random.nextInt(20)) {
      case 0 -> now - random.nextLong(12 * SECOND);
      case 1 -> now + random.nextLong(5 * SECOND);
      case 2 -> random.nextBoolean() ? 0 : Long.MAX_VALUE;
      case 3, 4 -> now - random.nextLong(2 * SECOND);
      default -> now - random.nextLong(30 * MS);
    };
  }
}
