package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Plays a scenario: as it is written, then again with a restart from a checkpoint after each act,
 * which must change nothing, without anything happening, by which not all may come true, and where
 * outcomes of single slots are asked for with windows of one slot each.
 *
 * <p>While the collector runs, a tick comes each second. The play ends when the observed time and
 * the lateness are over and all has happened.
 */
final class Rehearsal {
  private static final String SLOTS = "sensor_data_completeness";

  private final Scenario scenario;
  private final Stage written;
  private final Map<Long, Stage> bySlotNs = new HashMap<>();

  Rehearsal(Scenario scenario) {
    this.scenario = scenario;
    this.written = play(0, false);
  }

  Given given() {
    return scenario.given();
  }

  /** The stage after the play as it is written. */
  Stage stage() {
    return written;
  }

  /** All that is wrong with a scenario: empty if it holds. */
  static List<String> faults(Scenario scenario) {
    Rehearsal rehearsal = new Rehearsal(scenario);
    List<String> faults = rehearsal.notCome();
    rehearsal.restartsChangeNothing(faults);
    if (!scenario.acts().isEmpty() && new Rehearsal(scenario.withoutActs()).notCome().isEmpty()) {
      faults.add("all of it would come true as well if nothing happened: it shows nothing");
    }
    return faults;
  }

  private List<String> notCome() {
    List<String> faults = new ArrayList<>();
    for (Expectation expectation : scenario.expectations()) {
      expectation.check(this).forEach(fault -> faults.add(String.valueOf(fault.getMessage())));
    }
    return faults;
  }

  private void restartsChangeNothing(List<String> faults) {
    Stage restarted = play(0, true);
    if (!restarted.report().results().equals(written.report().results())
        || !restarted.report().states().equals(written.report().states())
        || !restarted.counters().equals(written.counters())) {
      faults.add("a restart from a checkpoint after each happening changes what is reported");
    }
  }

  private Stage play(long slotNs, boolean restarting) {
    List<Act> acts = new ArrayList<>(registerActs(slotNs));
    int registers = acts.size();
    acts.addAll(scenario.acts());
    acts.sort((a, b) -> Long.compare(a.atNs(), b.atNs()));
    Given given = given();
    long beginNs = acts.isEmpty() ? given.fromNs() : Math.min(given.fromNs(), acts.get(0).atNs());
    Register first = register(given.registers().get(0).register(), slotNs);
    Stage stage = new Stage(first, wholeSecond(beginNs));
    long tickNs = wholeSecond(beginNs) + Times.SECOND_NS;
    for (Act act : acts) {
      tickNs = tickUntil(stage, tickNs, act.atNs() - 1);
      stage.comeTo(act.atNs());
      perform(act, stage);
      if (restarting) {
        stage.checkpoint();
        stage.restart();
      }
    }
    long endNs = given.toNs() + given.latenessNs();
    if (acts.size() > registers) {
      endNs = Math.max(endNs, acts.get(acts.size() - 1).atNs());
    }
    tickUntil(stage, tickNs, endNs + Times.SECOND_NS);
    return stage;
  }

  private static void perform(Act act, Stage stage) {
    try {
      act.deed().accept(stage);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw act.line().fault("the engine fails: " + e.getMessage(), e);
    }
  }

  private static long tickUntil(Stage stage, long fromNs, long untilNs) {
    long ns = fromNs;
    for (; ns <= untilNs; ns += Times.SECOND_NS) {
      stage.comeTo(ns);
      stage.tick();
    }
    return ns;
  }

  private static long wholeSecond(long ns) {
    return Math.floorDiv(ns, Times.SECOND_NS) * Times.SECOND_NS;
  }

  private List<Act> registerActs(long slotNs) {
    List<Act> acts = new ArrayList<>();
    for (Given.InForce each : given().registers().subList(1, given().registers().size())) {
      Register register = register(each.register(), slotNs);
      acts.add(
          new Act(each.fromNs(), new Text("", 0, ""), stage -> stage.changeRegister(register)));
    }
    return acts;
  }

  private static Register register(Register its, long slotNs) {
    return slotNs == 0 ? its : RegisterReader.withWindows(its, slotNs);
  }

  /**
   * Outcome of each observed slot of a signal, by the slot's begin, as it was settled or as it was
   * revised last.
   *
   * @param asked who asks, for faults
   */
  Map<Long, String> slots(String path, Text asked) {
    TreeSet<Long> periods = given().periodsNs(path);
    if (periods.size() != 1) {
      throw asked.fault("its slots change their length: ask for a kpi's counts instead");
    }
    long slotNs = periods.first();
    if ((given().toNs() - given().fromNs()) % slotNs != 0 || given().fromNs() % slotNs != 0) {
      throw asked.fault("the observed time is not made of whole slots of this signal");
    }
    if (slotNs % Times.SECOND_NS != 0) {
      throw asked.fault("its slots are not whole seconds: ask for a kpi's counts instead");
    }
    Stage stage = bySlotNs.computeIfAbsent(slotNs, ns -> play(ns, false));
    Kpi kpi = Stage.kpi(SLOTS);
    Map<Long, String> outcomes = new LinkedHashMap<>();
    for (Result r :
        stage
            .report()
            .results(kpi, path, Span.WINDOW, given().fromNs(), given().toNs(), Long.MAX_VALUE)) {
      if (Arrays.stream(r.counts()).sum() != 1) {
        throw asked.fault("a window of one slot holds not one slot: " + r);
      }
      for (Outcome o : Outcome.values()) {
        if (r.counts()[o.ordinal()] == 1) {
          outcomes.put(r.startNs(), o.name().replace('_', ' '));
        }
      }
    }
    agree(path, asked, outcomes);
    return outcomes;
  }

  /** Windows of any length must count the same slots. */
  private void agree(String path, Text asked, Map<Long, String> outcomes) {
    Kpi kpi = Stage.kpi(SLOTS);
    List<Result> its =
        written
            .report()
            .results(kpi, path, Span.WINDOW, given().fromNs(), given().toNs(), Long.MAX_VALUE);
    written
        .report()
        .counts(kpi, its)
        .forEach(
            (name, count) -> {
              String outcome = name.toUpperCase(Locale.ROOT).replace('_', ' ');
              long slots = outcomes.values().stream().filter(outcome::equals).count();
              if (slots != count) {
                throw asked.fault(
                    "windows of one slot have %d %s, the windows of the scenario %d"
                        .formatted(slots, outcome, count));
              }
            });
  }
}
