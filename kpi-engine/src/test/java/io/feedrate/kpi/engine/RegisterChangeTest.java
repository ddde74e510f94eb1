package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.SignalMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A config that was edited: what was measured before goes on, each slot counts once. */
class RegisterChangeTest {
  private static final long MS = 1_000_000L;
  private static final String COMPLETENESS = "sensor_data_completeness";

  private final Factory.Report report = new Factory.Report();
  private final KpiEngine engine = new KpiEngine(report);
  private int second;

  private static Factory plant() {
    return new Factory().machine("cnc").signal("speed", SignalMode.PERIODIC, SECOND).node("vision");
  }

  /** The register comes into force between two slots; then the signal is read until then. */
  private void run(Register register, int untilSecond) {
    engine.onRegister(register, second == 0 ? T0 : T0 + second * SECOND + 300 * MS);
    for (; second < untilSecond; second++) {
      long ns = T0 + second * SECOND + 500 * MS;
      engine.onLink(0, LinkEvent.PROOF, ns);
      engine.onSample(0, ns, ns, GOOD, second, 0);
      engine.onTick(ns + 400 * MS);
    }
  }

  private void finish() {
    engine.onTick(T0 + 1000 * SECOND);
  }

  private List<Result> windows(String subject) {
    return report.results.stream()
        .filter(r -> r.kpi().equals(COMPLETENESS) && r.subject().equals(subject))
        .sorted(Comparator.comparingLong(Result::startNs))
        .toList();
  }

  /** Every slot of the 1000 s has one outcome, the windows have no hole and do not overlap. */
  private void eachSlotCountsOnce(String subject, int good) {
    List<Result> windows = windows(subject);
    for (int i = 1; i < windows.size(); i++) {
      assertThat(windows.get(i).startNs()).isEqualTo(windows.get(i - 1).endNs());
    }
    long[] counts = report.counts(COMPLETENESS, subject);
    assertThat(counts[Outcome.GOOD.ordinal()]).isEqualTo(good);
    long slots = (windows.get(windows.size() - 1).endNs() - T0) / SECOND;
    assertThat(Arrays.stream(counts).sum()).isEqualTo(slots);
  }

  private void nothingIsReportedTwice() {
    assertThat(
            report.results.stream()
                .map(r -> r.kpi() + " " + r.subject() + " " + r.startNs() + " " + r.endNs()))
        .doesNotHaveDuplicates();
  }

  @Test
  void anotherLatenessReportsNoWindowTwice() {
    run(plant().register(), 25);
    run(plant().lateness(2 * SECOND).register(), 47);
    run(plant().lateness(30 * SECOND).register(), 60);
    finish();
    nothingIsReportedTwice();
    eachSlotCountsOnce("site", 60);
    eachSlotCountsOnce("site/line/cnc/speed", 60);
  }

  @Test
  void aMuchShorterLatenessDoesNotStopTheEngine() {
    run(plant().lateness(300 * SECOND).register(), 200);
    run(plant().lateness(SECOND).register(), 220);
    finish();
    nothingIsReportedTwice();
    eachSlotCountsOnce("site", 220);
  }

  @Test
  void windowsOfAnotherLengthAndBackAgainReportNoWindowTwice() {
    run(plant().windows(60 * SECOND, 60 * SECOND).register(), 12);
    run(plant().windows(10 * SECOND, 10 * SECOND).register(), 27);
    run(plant().windows(60 * SECOND, 120 * SECOND).register(), 40);
    run(plant().windows(60 * SECOND, 60 * SECOND).register(), 70);
    finish();
    nothingIsReportedTwice();
    eachSlotCountsOnce("site", 70);
    eachSlotCountsOnce("site/line/cnc/speed", 70);
  }

  @Test
  void aSnapshotInTheMiddleOfAShortenedWindowGoesOnWithIt() {
    Register other = plant().windows(60 * SECOND, 60 * SECOND).register();
    run(plant().register(), 12);
    run(other, 20);
    KpiEngine restored = new KpiEngine(report);
    restored.restore(other, engine.snapshot(), 0);
    restored.onTick(T0 + 1000 * SECOND);
    eachSlotCountsOnce("site", 20);
  }

  @Test
  void anotherPeriodLosesNoSlotOfTheOldOne() {
    run(plant().register(), 20);
    Factory changed = new Factory().machine("cnc").signal("speed", SignalMode.PERIODIC, 2 * SECOND);
    engine.onRegister(changed.node("vision").register(), T0 + 20 * SECOND + 300 * MS);
    finish();
    long[] counts = report.counts(COMPLETENESS, "site");
    assertThat(counts[Outcome.GOOD.ordinal()]).isEqualTo(20);
  }

  @Test
  void whatRemovedNodesDidStaysWithTheirLine() {
    run(plant().register(), 12);
    int node = engine.names().id("site/line/vision");
    long ns = T0 + 12 * SECOND;
    engine.onInference(Factory.inference(node, 2, 3, InferenceMode.PRODUCTION, true, ns, 5 * MS));
    engine.onEvent(node, EventKind.ADVICE_SHOWN, 1, 0, 0, 0, ns, ns);
    engine.onEvent(node, EventKind.ADVICE_ACCEPTED, 1, 0, 0, 0, ns, ns);
    run(new Factory().machine("cnc").signal("speed", SignalMode.PERIODIC, SECOND).register(), 20);
    finish();
    assertThat(report.counts("inference_availability", "site/line")).containsExactly(1, 0);
    assertThat(report.counts("advice_decided", "site/line")).containsExactly(1, 1, 0, 0, 0, 0);
    assertThat(report.results)
        .anyMatch(r -> r.kpi().equals("inference_availability") && r.histogram().length > 0);
  }

  @Test
  void whatAnEventSignalBroughtLongAgoIsNoValueOfAPeriodicOne() {
    Factory event = new Factory().machine("cnc").signal("speed", SignalMode.EVENT, SECOND);
    run(event.node("vision").register(), 200);
    second = 250;
    engine.onTick(T0 + 250 * SECOND);
    engine.onLink(0, LinkEvent.UP, T0 + 250 * SECOND);
    run(plant().register(), 250);
    finish();
    assertThat(report.counts(COMPLETENESS, "site")[Outcome.GOOD.ordinal()]).isZero();
  }

  @Test
  void aRegisterThatAsksForTooMuchIsFoundBeforeItIsInForce() {
    Factory factory = new Factory().lateness(86_400 * SECOND).machine("cnc");
    for (int i = 0; i < 10_000; i++) {
      factory.signal("s" + i, SignalMode.PERIODIC, SECOND);
    }
    assertThatThrownBy(() -> KpiEngine.check(factory.register()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lateness of 86400 s");
    KpiEngine.check(plant().register());
  }
}
