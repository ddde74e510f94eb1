package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.collaboration.AlarmFloods;
import io.feedrate.kpi.collaboration.AlarmRate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alarms in any order, some of them told again, against a plain count over their times. */
class AlarmsPropertyTest {
  private static final int KEYS = 5;
  private static final int LAST_S = 3000;
  private static final long WINDOW_S = 10;

  private record Happening(long atMs, long receivedMs, EventKind kind, long key) {}

  /** Fixed seeds, and fresh ones that a failure names. */
  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long s = 1; s <= 40; s++) {
      seeds.add(s);
    }
    SplittableRandom fresh = new SplittableRandom();
    for (int i = 0; i < 10; i++) {
      seeds.add(fresh.nextLong());
    }
    return seeds;
  }

  private static List<Happening> happenings(SplittableRandom random) {
    List<Happening> all = new ArrayList<>();
    for (long key = 1; key <= KEYS; key++) {
      long ms = random.nextLong(20_000);
      while (ms < LAST_S * 1000L) {
        EventKind kind = random.nextInt(5) < 3 ? EventKind.ALARM_RAISED : EventKind.ALARM_CLEARED;
        for (int told = random.nextInt(10) == 0 ? 2 : 1; told > 0; told--) {
          long delay = random.nextInt(3) == 0 ? random.nextLong(30_000) : 0;
          all.add(new Happening(ms, ms + delay, kind, key));
        }
        // Bursts, calm, and now and then two things at the same moment.
        ms += random.nextInt(20) == 0 ? 0 : random.nextLong(random.nextInt(6) == 0 ? 90_000 : 6000);
      }
    }
    all.sort(Comparator.comparingLong(Happening::receivedMs));
    return all;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsCountedDependsOnTheTimesAlone(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Happening> all = happenings(random);
    People people = new People();
    for (Happening h : all) {
      people.late(h.atMs / 1e3, h.receivedMs / 1e3, h.kind, h.key);
      if (random.nextInt(30) == 0) {
        people.restart();
      }
    }
    people.runTo(LAST_S + 700);
    TreeMap<Long, long[]> expected = new TreeMap<>();
    TreeMap<Long, Integer> perPeriod = new TreeMap<>();
    for (long key = 1; key <= KEYS; key++) {
      Set<Long> raised = times(all, key, EventKind.ALARM_RAISED);
      for (long ms : raised) {
        add(expected, ms, 0);
        perPeriod.merge(ms / 600_000, 1, Integer::sum);
      }
      chattering(new ArrayList<>(raised)).forEach(ms -> add(expected, ms, 1));
      fleeting(raised, times(all, key, EventKind.ALARM_CLEARED))
          .forEach(ms -> add(expected, ms, 2));
    }
    TreeMap<Long, List<Long>> measured = new TreeMap<>();
    for (Result r : people.report.windows(AlarmRate.KPI.id(), People.LINE, Span.WINDOW)) {
      long[] n = r.counts();
      if (n[0] + n[1] + n[2] > 0) {
        measured.put((r.startNs() - T0) / SECOND / WINDOW_S, List.of(n[0], n[1], n[2]));
      }
    }
    TreeMap<Long, List<Long>> wanted = new TreeMap<>();
    expected.forEach((w, n) -> wanted.put(w, List.of(n[0], n[1], n[2])));
    assertThat(measured).isEqualTo(wanted);
    long floods = perPeriod.values().stream().filter(n -> n > 10).count();
    assertThat(people.count(AlarmFloods.KPI, People.LINE, "floods")).isEqualTo(floods);
  }

  private static void add(Map<Long, long[]> counts, long ms, int kind) {
    counts.computeIfAbsent(ms / 1000 / WINDOW_S, w -> new long[3])[kind]++;
  }

  private static Set<Long> times(List<Happening> all, long key, EventKind kind) {
    Set<Long> times = new TreeSet<>();
    all.stream().filter(h -> h.key == key && h.kind == kind).forEach(h -> times.add(h.atMs));
    return times;
  }

  /** Groups of four raises in a minute; those that share a raise are one episode. */
  private static List<Long> chattering(List<Long> raised) {
    List<TreeSet<Integer>> episodes = new ArrayList<>();
    for (int i = 0; i + 3 < raised.size(); i++) {
      if (raised.get(i + 3) - raised.get(i) <= 60_000) {
        TreeSet<Integer> group = new TreeSet<>(List.of(i, i + 1, i + 2, i + 3));
        int last = episodes.size() - 1;
        if (last >= 0 && episodes.get(last).stream().anyMatch(group::contains)) {
          episodes.get(last).addAll(group);
        } else {
          episodes.add(group);
        }
      }
    }
    return episodes.stream().map(e -> raised.get(e.first())).toList();
  }

  /** An alarm as a switch: at one moment a clear comes first if it is on, else the raise. */
  private static List<Long> fleeting(Set<Long> raised, Set<Long> cleared) {
    List<Long> found = new ArrayList<>();
    TreeSet<Long> moments = new TreeSet<>(raised);
    moments.addAll(cleared);
    long onSince = -1;
    for (long ms : moments) {
      boolean clears = cleared.contains(ms);
      if (clears && onSince >= 0) {
        if (ms - onSince <= 3000) {
          found.add(onSince);
        }
        onSince = -1;
        clears = false;
      }
      if (raised.contains(ms)) {
        onSince = ms;
        if (clears) {
          found.add(ms);
          onSince = -1;
        }
      }
    }
    return found;
  }
}
