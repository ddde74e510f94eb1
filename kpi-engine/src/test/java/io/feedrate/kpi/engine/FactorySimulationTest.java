package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Seeded factories in which everything goes wrong, held against the {@link Oracle} and the {@link
 * Invariants}: {@link Seeds} says which.
 *
 * <p>A check that cannot fail is worth nothing: for each family of invariants there is a canary, a
 * wrong log or wrong results, that must be found.
 */
class FactorySimulationTest {
  private static final int SEEDS = 1500;
  private static final int CANARIES = 25;

  @Test
  void theEngineAgreesWithTheOracleWhateverHappens() {
    Seeds.each(SEEDS, FactorySimulationTest::check);
  }

  private static void check(long seed) {
    String where = "seed " + seed;
    Log log = FactoryLogs.of(seed);
    Log.Run run = log.run();
    Invariants.check(log, run, where);
    int each = 2 + (int) Math.floorMod(seed, 97L);
    Log.Run again = log.runWithRestarts(each);
    assertThat(again.report().results)
        .as("results with a restart from a snapshot after each %d entries", each)
        .isEqualTo(run.report().results);
    assertThat(Log.snapshot(again.engine())).isEqualTo(Log.snapshot(run.engine()));
  }

  // Canaries in the log: the engine is told something else than the oracle.

  @Test
  void aLostValueIsFound() {
    found(20, dropping(e -> e instanceof Log.Value v && v.status() == GOOD));
  }

  @Test
  void lateDataThatChangesNothingIsFound() {
    found(5, dropping(e -> e instanceof Log.Value v && (v.flags() & Sample.HISTORICAL) != 0));
  }

  @Test
  void anExclusionThatIsIgnoredIsFound() {
    found(10, dropping(e -> e instanceof Log.Exclusion));
  }

  @Test
  void aWithdrawalThatIsIgnoredIsFound() {
    found(3, dropping(e -> e instanceof Log.Withdrawal));
  }

  @Test
  void aMachineThatSaysThatItIsOffAndIsNotBelievedIsFound() {
    found(8, log -> switching(log, 0, 1));
  }

  @Test
  void aMachineThatSaysThatItIsOnAndIsNotBelievedIsFound() {
    found(8, log -> switching(log, 1, 0));
  }

  /** Other values of the signals that say whether machines are on. */
  private static Log switching(Log log, double said, double heard) {
    List<Log.Entry> entries = new ArrayList<>();
    for (Log.Entry e : log.entries()) {
      boolean isSaid =
          e instanceof Log.Value v
              && log.register().signals().get(v.signal()).role() == Role.SWITCHED_ON
              && v.value() == said;
      if (isSaid && e instanceof Log.Value v) {
        entries.add(
            new Log.Value(v.atNs(), v.signal(), v.sourceNs(), v.status(), heard, v.flags()));
      } else {
        entries.add(e);
      }
    }
    return new Log(log.register(), log.startNs(), entries);
  }

  @Test
  void aDowntimeThatIsIgnoredIsFound() {
    found(5, log -> withRules(log, Calendar.UTC));
  }

  @Test
  void anotherLatenessOfOneLinkIsFound() {
    found(
        10,
        log -> {
          Register r = log.register();
          var rules = r.rules().lateness(r.rules().latenessNs() + 1_000_000_000L, Map.of());
          return new Log(
              new Register(r.hash(), r.assets(), r.signals(), r.links(), rules),
              log.startNs(),
              log.entries());
        });
  }

  private static Log withRules(Log log, Calendar calendar) {
    Register r = log.register();
    return new Log(
        new Register(r.hash(), r.assets(), r.signals(), r.links(), r.rules().calendar(calendar)),
        log.startNs(),
        log.entries());
  }

  private static UnaryOperator<Log> dropping(Predicate<Log.Entry> which) {
    return log ->
        new Log(
            log.register(),
            log.startNs(),
            log.entries().stream().map(e -> which.test(e) ? new Log.Tick(e.atNs()) : e).toList());
  }

  /** How many of the wrong logs at least must be found. */
  private static void found(int atLeast, UnaryOperator<Log> wrong) {
    int found = 0;
    for (long seed = 0; seed < CANARIES; seed++) {
      Log log = FactoryLogs.of(seed);
      found += differs(log, wrong.apply(log).run()) ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(atLeast);
  }

  private static boolean differs(Log log, Log.Run run) {
    try {
      Invariants.check(log, run, "canary");
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  // Canaries in the results: one of them is changed, or missing, or comes twice.

  @Test
  void aMissingRevisionIsFound() {
    changed("outcomes of", results -> removeLast(results, r -> is(r, Span.WINDOW, 1, "s")));
  }

  @Test
  void aRevisionThatComesTwiceIsFound() {
    changed("revision of", results -> results.add(last(results, r -> r.revision() > 0)));
  }

  @Test
  void anOutcomeTooManyIsFound() {
    changed("outcomes of", results -> addOne(results, r -> is(r, Span.WINDOW, 0, "s")));
  }

  @Test
  void aWrongCoverageIsFound() {
    changed(
        "connected_asset_coverage of",
        results ->
            addOne(results, r -> r.kpi().startsWith("connected") && is(r, Span.WINDOW, 0, "m")));
  }

  @Test
  void aWrongAvailabilityIsFound() {
    changed(
        "source_availability of",
        results ->
            addOne(results, r -> r.kpi().startsWith("source_av") && is(r, Span.WINDOW, 0, "m")));
  }

  @Test
  void aLineThatIsNotTheSumOfItsMachinesIsFound() {
    changed(
        "Result[",
        results -> addOne(results, r -> isCompleteness(r) && r.subject().equals("site/line")));
  }

  @Test
  void aMachineThatIsNotTheSumOfItsSignalsIsFound() {
    changed(
        "signals of",
        results -> {
          Result first = first(results, r -> is(r, Span.WINDOW, 0, "m") && isCompleteness(r));
          for (String subject : List.of(first.subject(), "site/line", "site")) {
            addOne(
                results,
                r ->
                    isCompleteness(r)
                        && r.span() == Span.WINDOW
                        && r.subject().equals(subject)
                        && r.startNs() == first.startNs());
          }
        });
  }

  private static boolean isCompleteness(Result r) {
    return r.kpi().equals("sensor_data_completeness");
  }

  @Test
  void aDayThatIsNotTheSumOfItsWindowsIsFound() {
    changed("Result[", results -> addOne(results, r -> is(r, Span.DAY, 0, "m")));
  }

  @Test
  void aShiftThatIsNotTheSumOfItsWindowsIsFound() {
    changed("Result[", results -> addOne(results, r -> is(r, Span.SHIFT, 0, "m")));
  }

  /** The last name of the subject begins so. */
  private static boolean is(Result r, Span span, int revision, String name) {
    String last = r.subject().substring(r.subject().lastIndexOf('/') + 1);
    return r.span() == span && r.revision() >= revision && last.matches(name + "[0-9]");
  }

  private static Result last(List<Result> results, Predicate<Result> which) {
    for (int i = results.size() - 1; i >= 0; i--) {
      if (which.test(results.get(i))) {
        return results.get(i);
      }
    }
    throw new IllegalStateException("no such result");
  }

  private static Result first(List<Result> results, Predicate<Result> which) {
    return results.stream()
        .filter(which)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no such result"));
  }

  private static void removeLast(List<Result> results, Predicate<Result> which) {
    results.remove(last(results, which));
  }

  private static void addOne(List<Result> results, Predicate<Result> which) {
    Result r = last(results, which);
    long[] counts = r.counts().clone();
    counts[0]++;
    results.set(
        results.lastIndexOf(r),
        new Result(
            r.kpi(),
            r.subject(),
            r.span(),
            r.startNs(),
            r.endNs(),
            r.revision(),
            r.registerHash(),
            counts,
            r.histogram(),
            r.figure()));
  }

  /** In the first seeds in which the change can be made it is found, and said so. */
  private static void changed(String message, Consumer<List<Result>> change) {
    int made = 0;
    for (long seed = 0; made < 3; seed++) {
      Log log = FactoryLogs.of(seed);
      Log.Run run = log.run();
      List<Result> before = new ArrayList<>(run.report().results);
      try {
        change.accept(run.report().results);
      } catch (IllegalStateException e) {
        continue; // nothing of the kind in this log
      }
      assertThat(run.report().results).isNotEqualTo(before);
      made++;
      assertThatThrownBy(() -> Invariants.check(log, run, "canary"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(message);
    }
  }

  // Canaries in the state.

  @Test
  void aSnapshotThatForgetsSomethingIsFound() {
    int found = 0;
    for (long seed = 0; seed < CANARIES; seed++) {
      Log log = FactoryLogs.of(seed);
      int half = log.entries().size() / 2;
      KpiEngine one = engine(log, half);
      KpiEngine other = engine(log, half - 1);
      found += Arrays.equals(Log.snapshot(one), Log.snapshot(other)) ? 0 : 1;
    }
    assertThat(found).isGreaterThan(CANARIES / 2);
  }

  private static KpiEngine engine(Log log, int entries) {
    KpiEngine engine = new KpiEngine(new Factory.Report());
    engine.onRegister(log.register(), log.startNs());
    log.entries().subList(0, entries).forEach(e -> e.apply(engine));
    return engine;
  }

  @Test
  void aTotalThatIsWrongIsFound() {
    Log log = FactoryLogs.of(1);
    Log.Run run = log.run();
    KpiEngine less = engine(log, log.entries().size() - 40);
    assertThatThrownBy(() -> Invariants.check(log, new Log.Run(run.report(), less), "canary"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("total of");
  }
}
