package io.feedrate.kpi.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Calendar.Shift;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.Span;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Windows against maps: whatever the order of counting, the newest revisions are the sums. */
class WindowsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long WINDOW = 10 * SECOND;

  /** Midnight in Berlin of the day on which the clocks go back, 2026-10-25. */
  private static final long T0 = 1_792_879_200L * SECOND;

  private static final long REVISABLE = 3600 * SECOND;
  private static final Kpi KPI =
      new Kpi(
          "k",
          "k",
          "k",
          "1",
          true,
          "a / (a + b)",
          "test",
          List.of("a", "b"),
          (n, h) -> Figure.ratio(n[0], n[0] + n[1]));

  private static final Calendar BERLIN =
      new Calendar(
          "Europe/Berlin",
          List.of(
              new Shift(
                  "night", EnumSet.allOf(DayOfWeek.class), LocalTime.of(22, 0), LocalTime.of(6, 0)),
              new Shift(
                  "early",
                  EnumSet.allOf(DayOfWeek.class),
                  LocalTime.of(6, 0),
                  LocalTime.of(14, 0))),
          List.of());

  /** A site with a line of two machines; the second one's link is late. */
  private static final Register REGISTER =
      new Register(
          "hash",
          List.of(
              new Asset(0, "site", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""),
              new Asset(1, "site/line", Asset.Kind.LINE, 0, Asset.NO_LINK, ""),
              new Asset(2, "site/line/a", Asset.Kind.MACHINE, 1, 0, ""),
              new Asset(3, "site/line/b", Asset.Kind.MACHINE, 1, 1, "")),
          List.of(),
          List.of("fast", "slow"),
          Rules.STANDARD.lateness(5 * SECOND, Map.of("slow", 60 * SECOND)));

  private record Key(String subject, Span span, long startNs, long endNs) {}

  private record Row(int revision, long a, long b, long recorded) {}

  private final TreeMap<String, List<Row>> rows = new TreeMap<>();
  private final List<Key> order = new ArrayList<>();

  private void take(
      Kpi kpi,
      String subject,
      Span span,
      long startNs,
      long endNs,
      int revision,
      long[] counts,
      @Nullable Histogram histogram) {
    Key key = new Key(subject, span, startNs, endNs);
    order.add(key);
    long recorded = histogram == null ? 0 : histogram.getTotalCount();
    rows.computeIfAbsent(key.toString(), k -> new ArrayList<>())
        .add(new Row(revision, counts[0], counts[1], recorded));
  }

  private Windows windows(long fromNs) {
    return new Windows(
        Subjects.assets(REGISTER), WINDOW, REVISABLE, fromNs, Optional.of(BERLIN), this::take);
  }

  private static void pass(Windows windows, long nowNs) {
    boolean closed = false;
    for (int level = 0; level < windows.subjects().levels(); level++) {
      while (windows.nextEndNs(level) <= nowNs - windows.subjects().latenessNs(level)) {
        windows.close(level);
        closed = true;
      }
    }
    if (closed) {
      windows.revise();
    }
  }

  @Test
  void aFastMachineDoesNotWaitForASlowOneButTheirLineDoes() {
    Windows windows = windows(T0);
    Tally tally = windows.tally(KPI);
    tally.add(2, 0, T0, 1);
    tally.add(3, 0, T0, 1);
    pass(windows, T0 + WINDOW + 5 * SECOND);
    assertThat(order).extracting(Key::subject).containsExactly("site/line/a");
    pass(windows, T0 + WINDOW + 60 * SECOND);
    assertThat(order)
        .extracting(Key::subject)
        .containsExactly("site/line/a", "site", "site/line", "site/line/b");
  }

  @Test
  void whatIsTooOldForARevisionIsCountedAndChangesNothing() {
    Windows windows = windows(T0);
    Tally tally = windows.tally(KPI);
    tally.add(2, 0, T0, 1);
    pass(windows, T0 + 2 * REVISABLE);
    int reported = order.size();
    tally.add(2, 0, T0, 1);
    tally.add(2, 0, T0 - 1, 1);
    pass(windows, T0 + 3 * REVISABLE);
    assertThat(windows.beyond()).isEqualTo(2);
    assertThat(order).hasSize(reported);
  }

  @Test
  void theNewestRevisionsAreTheSumsOfAllThatWasCounted() {
    for (long seed = 0; seed < 60; seed++) {
      rows.clear();
      order.clear();
      check(new SplittableRandom(seed), "seed " + seed);
    }
  }

  /** Counts at random times of the last hour, restarts from snapshots, and compares with maps. */
  private void check(SplittableRandom random, String where) {
    TreeMap<String, long[]> expected = new TreeMap<>();
    Windows windows = windows(T0);
    Tally tally = windows.tally(KPI);
    long now = T0;
    long end = T0 + 12 * 3600 * SECOND;
    while (now < end) {
      now += random.nextLong(1, 60 * SECOND);
      pass(windows, now);
      for (int i = random.nextInt(4); i > 0; i--) {
        boolean late = random.nextInt(4) == 0;
        long at = Math.max(T0, now - random.nextLong(late ? REVISABLE - 120 * SECOND : 5 * SECOND));
        int subject = 2 + random.nextInt(2);
        int kind = random.nextInt(2);
        if (random.nextInt(3) == 0) {
          tally.record(subject, at, 1000);
          expect(expected, subject, at, 2, 1);
        } else {
          tally.add(subject, kind, at, 1);
          expect(expected, subject, at, kind, 1);
        }
      }
      if (random.nextInt(40) == 0) {
        Windows restored = windows(now);
        tally = restored.tally(KPI);
        Snapshot.Writer out = new Snapshot.Writer();
        windows.write(out);
        restored.read(new Snapshot.Reader(new UnsafeBuffer(out.buffer(), 0, out.length()), 0));
        Snapshot.Writer again = new Snapshot.Writer();
        restored.write(again);
        assertThat(bytes(again)).as(where).isEqualTo(bytes(out));
        windows = restored;
      }
    }
    pass(windows, end + 3 * 86_400 * SECOND);
    TreeMap<String, long[]> newest = new TreeMap<>();
    rows.forEach(
        (key, all) -> {
          for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).revision).as(where).isGreaterThan(all.get(i - 1).revision);
          }
          Row last = all.get(all.size() - 1);
          newest.put(key, new long[] {last.a, last.b, last.recorded});
        });
    expected.forEach((key, n) -> assertThat(newest.get(key)).as("%s %s", where, key).isEqualTo(n));
    assertThat(newest).as(where).hasSameSizeAs(expected);
  }

  private static byte[] bytes(Snapshot.Writer out) {
    byte[] bytes = new byte[out.length()];
    out.buffer().getBytes(0, bytes);
    return bytes;
  }

  private static void expect(Map<String, long[]> expected, int subject, long at, int kind, long n) {
    long start = Math.floorDiv(at, WINDOW) * WINDOW;
    List<Key> keys = new ArrayList<>();
    for (int s = subject; s >= 0; s = REGISTER.assets().get(s).parent()) {
      String path = REGISTER.assets().get(s).path();
      keys.add(new Key(path, Span.WINDOW, start, start + WINDOW));
      Calendar.Interval day = BERLIN.day(start);
      keys.add(new Key(path, Span.DAY, Math.max(T0, day.startNs()), day.endNs()));
      BERLIN
          .shift(start)
          .ifPresent(
              i -> keys.add(new Key(path, Span.SHIFT, Math.max(T0, i.startNs()), i.endNs())));
    }
    keys.forEach(k -> expected.computeIfAbsent(k.toString(), x -> new long[3])[kind] += n);
  }

  @Test
  void aDayOnWhichTheClockGoesBackHasTwentyFiveHours() {
    Calendar.Interval day = BERLIN.day(T0 + 6 * 3600 * SECOND);
    assertThat(day.endNs() - day.startNs()).isEqualTo(25 * 3600 * SECOND);
    Calendar.Interval night = BERLIN.shift(T0 + 2 * 3600 * SECOND).orElseThrow();
    assertThat(night.endNs() - night.startNs()).isEqualTo(9 * 3600 * SECOND);
    assertThat(BERLIN.shift(night.endNs()).orElseThrow().startNs()).isEqualTo(night.endNs());
    assertThat(BERLIN.shift(night.endNs() + 9 * 3600 * SECOND)).isEmpty();
  }
}
