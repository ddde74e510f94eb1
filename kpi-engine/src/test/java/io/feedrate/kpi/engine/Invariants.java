package io.feedrate.kpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.collaboration.AlarmRate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds for the results of every log, whatever happens in it. */
final class Invariants {
  private static final String COMPLETENESS = "sensor_data_completeness";

  /** What is counted at lines as well, which are operator positions. */
  private static final Set<String> OF_POSITIONS =
      Kpis.FAMILIES.stream()
          .filter(family -> family.kpis().contains(AlarmRate.KPI))
          .flatMap(family -> family.kpis().stream())
          .map(Kpi::id)
          .collect(Collectors.toUnmodifiableSet());

  private record Key(String kpi, String subject, Span span, long startNs) {}

  private final Register register;
  private final Oracle oracle;
  private final OracleFigures figures;
  private final Log.Run run;
  private final String where;
  private final Map<Key, Result> newest = new HashMap<>();

  private Invariants(Log log, Log.Run run, String where) {
    this.register = log.register();
    this.run = run;
    this.where = where;
    oracle = new Oracle(log);
    figures = new OracleFigures(log, oracle);
  }

  /** Checks all of them. */
  static void check(Log log, Log.Run run, String where) {
    Invariants its = new Invariants(log, run, where);
    its.revisionsGoUp();
    its.switchedOffIsToldAsTheOracleKnowsIt();
    its.eachSlotHasTheOutcomeOfTheOracle();
    its.coverageAndAvailabilityAreThoseOfTheOracle();
    its.totalsAreThoseOfTheOracle();
    its.whatIsAboveIsTheSumOfWhatIsBelow();
    its.anAssetIsTheSumOfItsSignals();
    its.shiftsAndDaysAreTheSumOfTheirWindows();
  }

  /** What still lasts in the end is not told yet, or up to the last full hour. */
  private void switchedOffIsToldAsTheOracleKnowsIt() {
    for (Signal s : register.signals()) {
      List<long[]> told = run.report().off.getOrDefault(s.path(), List.of());
      List<long[]> known = oracle.off().intervals(s);
      assertThat(told.size())
          .as("intervals of %s, %s", s.path(), where)
          .isBetween(Math.max(0, known.size() - 1), known.size());
      for (int i = 0; i < told.size(); i++) {
        String which = "interval %d of %s, %s".formatted(i, s.path(), where);
        assertThat(told.get(i)[0]).as(which).isEqualTo(known.get(i)[0]);
        if (i < known.size() - 1) {
          assertThat(told.get(i)[1]).as(which).isEqualTo(known.get(i)[1]);
        } else {
          assertThat(told.get(i)[1]).as(which).isLessThanOrEqualTo(known.get(i)[1]);
        }
      }
    }
  }

  private void revisionsGoUp() {
    for (Result r : run.report().results) {
      Result before = newest.put(new Key(r.kpi(), r.subject(), r.span(), r.startNs()), r);
      if (before != null) {
        assertThat(r.revision())
            .as("revision of %s after %s, %s", r, before, where)
            .isGreaterThan(before.revision());
        assertThat(r.endNs()).as("end of %s, %s", r, where).isEqualTo(before.endNs());
      }
    }
  }

  /** The newest results of a KPI, subject and span. */
  private List<Result> of(String kpi, String subject, Span span) {
    return newest.values().stream()
        .filter(r -> r.kpi().equals(kpi) && r.subject().equals(subject) && r.span() == span)
        .toList();
  }

  private void eachSlotHasTheOutcomeOfTheOracle() {
    for (Signal s : register.signals()) {
      Map<Long, long[]> expected = figures.windows(s);
      List<Result> results = of(COMPLETENESS, s.path(), Span.WINDOW);
      assertThat(results.stream().map(Result::startNs))
          .as("windows of %s, %s", s.path(), where)
          .containsExactlyInAnyOrderElementsOf(expected.keySet());
      for (Result r : results) {
        if (!Arrays.equals(r.counts(), expected.get(r.startNs()))) {
          assertThat(r.counts())
              .as(
                  "outcomes of %s %s in %s, %s\noracle: %s",
                  s.path(), s.mode(), r, where, figures.slots(s))
              .isEqualTo(expected.get(r.startNs()));
        }
        assertThat(Arrays.stream(r.counts()).sum())
            .as("slots of %s, %s", r, where)
            .isEqualTo(
                Math.floorDiv(r.endNs(), s.periodNs())
                    - Math.max(Math.floorDiv(r.startNs(), s.periodNs()), figures.firstSlot(s)));
      }
    }
  }

  private void coverageAndAvailabilityAreThoseOfTheOracle() {
    for (Asset a : register.assets()) {
      if (a.link() != Asset.NO_LINK) {
        same("connected_asset_coverage", a, figures.coverage(a));
        same("source_availability", a, figures.availability(a));
      }
    }
  }

  private void same(String kpi, Asset asset, Map<Long, long[]> expected) {
    Map<Long, List<Long>> counts = new HashMap<>();
    of(kpi, asset.path(), Span.WINDOW).stream()
        .filter(r -> !isEmpty(r)) // revised to nothing
        .forEach(r -> counts.put(r.startNs(), list(r.counts())));
    Map<Long, List<Long>> should = new HashMap<>();
    expected.forEach((startNs, n) -> should.put(startNs, list(n)));
    should.values().removeIf(n -> n.stream().allMatch(one -> one == 0));
    assertThat(counts)
        .as("%s of %s, %s", kpi, asset.path(), where)
        .containsExactlyInAnyOrderEntriesOf(should);
  }

  private static List<Long> list(long[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }

  private void totalsAreThoseOfTheOracle() {
    for (Asset a : register.assets()) {
      long[] expected = figures.total(a);
      for (Outcome o : Outcome.values()) {
        assertThat(run.engine().total(a, o))
            .as("total of %s of %s, %s", o, a.path(), where)
            .isEqualTo(expected[o.ordinal()]);
      }
    }
  }

  private void whatIsAboveIsTheSumOfWhatIsBelow() {
    Map<Key, long[]> sums = new HashMap<>();
    for (Result r : newest.values()) {
      for (Asset a : register.assets()) {
        if (a.path().equals(r.subject()) && a.parent() >= 0) {
          String above = register.assets().get(a.parent()).path();
          add(sums, new Key(r.kpi(), above, r.span(), r.startNs()), r.counts());
        }
      }
    }
    sums.forEach(
        (key, sum) -> {
          Result r = newest.get(key);
          if (r != null && hasOwn(key)) {
            for (int i = 0; i < sum.length; i++) {
              assertThat(r.counts()[i]).as("%s, %s", r, where).isGreaterThanOrEqualTo(sum[i]);
            }
          } else if (r != null) { // one that closed before the log ended
            assertThat(r.counts()).as("%s, %s", r, where).isEqualTo(sum);
          }
        });
    newest.forEach(
        (key, r) ->
            assertThat(!isAbove(key.subject) || hasOwn(key) || sums.containsKey(key) || isEmpty(r))
                .as("%s comes from below, %s", r, where)
                .isTrue());
  }

  /** Whether a subject has counts of its own beside those of what is below it. */
  private boolean hasOwn(Key key) {
    return OF_POSITIONS.contains(key.kpi)
        && register.assets().stream()
            .anyMatch(a -> a.path().equals(key.subject) && a.kind() == Asset.Kind.LINE);
  }

  private boolean isAbove(String path) {
    return register.assets().stream()
        .anyMatch(a -> a.path().equals(path) && a.link() == Asset.NO_LINK);
  }

  private static boolean isEmpty(Result r) {
    return Arrays.stream(r.counts()).allMatch(n -> n == 0);
  }

  private static void add(Map<Key, long[]> sums, Key key, long[] counts) {
    long[] sum = sums.computeIfAbsent(key, k -> new long[counts.length]);
    for (int i = 0; i < counts.length; i++) {
      sum[i] += counts[i];
    }
  }

  private void anAssetIsTheSumOfItsSignals() {
    for (Asset a : register.assets()) {
      Map<Long, long[]> ofSignals = new HashMap<>();
      Map<Long, long[]> ofAsset = new HashMap<>();
      long untilNs = Long.MAX_VALUE;
      for (Signal s : register.signals()) {
        if (s.asset() == a.id()) {
          List<Result> windows = of(COMPLETENESS, s.path(), Span.WINDOW);
          windows.forEach(r -> sum(ofSignals, r.startNs(), r.counts()));
          untilNs = Math.min(untilNs, windows.stream().mapToLong(Result::endNs).max().orElse(0));
        }
      }
      long lengthNs = register.signalWindowNs();
      for (Result r : of(COMPLETENESS, a.path(), Span.WINDOW)) {
        if (r.endNs() <= untilNs && a.link() != Asset.NO_LINK) {
          sum(ofAsset, Math.floorDiv(r.startNs(), lengthNs) * lengthNs, r.counts());
        }
      }
      for (var each : ofAsset.entrySet()) {
        assertThat(ofSignals.get(each.getKey()))
            .as("signals of %s in the window from %d, %s", a.path(), each.getKey(), where)
            .isEqualTo(each.getValue());
      }
    }
  }

  private static void sum(Map<Long, long[]> sums, long startNs, long[] counts) {
    long[] sum = sums.computeIfAbsent(startNs, k -> new long[counts.length]);
    for (int i = 0; i < counts.length; i++) {
      sum[i] += counts[i];
    }
  }

  private void shiftsAndDaysAreTheSumOfTheirWindows() {
    List<Result> windows = new ArrayList<>(newest.values());
    windows.removeIf(r -> r.span() != Span.WINDOW);
    for (Result period : newest.values()) {
      if (period.span() != Span.WINDOW) {
        long[] sum = new long[period.counts().length];
        for (Result r : windows) {
          if (r.kpi().equals(period.kpi())
              && r.subject().equals(period.subject())
              && r.startNs() >= period.startNs()
              && r.startNs() < period.endNs()) {
            for (int i = 0; i < sum.length; i++) {
              sum[i] += r.counts()[i];
            }
          }
        }
        assertThat(period.counts()).as("%s, %s", period, where).isEqualTo(sum);
      }
    }
  }
}
