package io.feedrate.simulator;

import static io.feedrate.kpi.Outcome.AMBIGUOUS;
import static io.feedrate.kpi.Outcome.DISCONNECTED;
import static io.feedrate.kpi.Outcome.GOOD;
import static io.feedrate.kpi.Outcome.GOOD_LATE;
import static io.feedrate.kpi.Outcome.SILENT;
import static io.feedrate.simulator.FaultBench.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.adapter.LinkStatus.State;
import io.feedrate.kpi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cables that are pulled or fall silent, and a server that hangs, each on an asset of its own.
 *
 * <p>When a link comes back after longer than the lateness, slots that were settled by then stay
 * lost; what a source kept of the later ones is usable, but late. Settling goes by the journal's
 * ticks, so that boundary is known to a tick and, at either end, to a slot.
 */
class CableFaultsIT {
  private static final String PULLED_MILL = "cnc-01";
  private static final String SILENT_MILL = "cnc-02";
  private static final String HUNG_MILL = "cnc-03";
  private static final String PULLED_CAMERA = "vision-01";
  private static final String SILENT_CAMERA = "vision-02";

  /** How long it is asked for that a link is cut, in true time. */
  private static final Duration SHORT = Duration.ofSeconds(6);

  private static final Duration LONG = Duration.ofSeconds(10);

  /** A fault of a link, and what the collector noticed of it. */
  private record Outage(ActiveFault fault, long downMs, long upMs) {
    String asset() {
      return fault.fault().asset();
    }

    /** By the tick before the link came back, all slots that end before this were settled. */
    long settledMs() {
      return upMs - FaultBench.LATENESS.toMillis();
    }
  }

  private static FaultBench bench;
  private static Outage pulledMill;
  private static Outage silentMill;
  private static Outage hungMill;
  private static Outage pulledCamera;
  private static Outage silentCamera;

  @BeforeAll
  static void cutAndMend(@TempDir Path directory) throws Exception {
    bench = FaultBench.start(LinePlan.quiet().withSize(4, 3), directory);
    SimulatedLine line = bench.line();
    ActiveFault pulled1 = line.inject(new Fault.CutCable(PULLED_MILL, false));
    ActiveFault silent1 = line.inject(new Fault.CutCable(SILENT_MILL, true));
    ActiveFault hung = line.inject(new Fault.FreezeServer(HUNG_MILL));
    ActiveFault pulled2 = line.inject(new Fault.CutCable(PULLED_CAMERA, false));
    ActiveFault silent2 = line.inject(new Fault.CutCable(SILENT_CAMERA, true));
    long pulledMillMs = bench.awaitLink(PULLED_MILL, State.DOWN);
    long pulledCameraMs = bench.awaitLink(PULLED_CAMERA, State.DOWN);
    long silentCameraMs = bench.awaitLink(SILENT_CAMERA, State.DOWN);
    bench.hold(pulled1, SHORT);
    List.of(pulled1, pulled2, silent2).forEach(line::clear);
    long silentMillMs = bench.awaitLink(SILENT_MILL, State.DOWN);
    long hungMs = bench.awaitLink(HUNG_MILL, State.DOWN);
    bench.hold(silent1, LONG);
    List.of(silent1, hung).forEach(line::clear);
    pulledMill = new Outage(pulled1, pulledMillMs, bench.awaitLink(PULLED_MILL, State.UP));
    silentMill = new Outage(silent1, silentMillMs, bench.awaitLink(SILENT_MILL, State.UP));
    hungMill = new Outage(hung, hungMs, bench.awaitLink(HUNG_MILL, State.UP));
    pulledCamera = new Outage(pulled2, pulledCameraMs, bench.awaitLink(PULLED_CAMERA, State.UP));
    silentCamera = new Outage(silent2, silentCameraMs, bench.awaitLink(SILENT_CAMERA, State.UP));
    bench.finish();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void pulledCableOfAMachineIsDisconnectedUntilItsQueuesAreHandedOver() {
    assertThat(pulledMill.downMs() - pulledMill.fault().startMs()).isLessThan(1_000);
    assertQueuedValuesAreLate(pulledMill);
    for (SignalSpec signal : onChange(PULLED_MILL)) {
      Map<Outcome, Long> slots = bench.slots(PULLED_MILL, signal.name());
      // The slot between the last proof and the reset, if they are in different ones.
      assertThat(sum(slots, AMBIGUOUS)).as("%s", slots).isLessThanOrEqualTo(1);
      assertSlots(pulledMill, signal, slots, DISCONNECTED, pulledMill.fault().startMs());
    }
  }

  @Test
  void silentCableOfAMachineIsDisconnectedAndWhatIsUnchangedIsAmbiguousUntilItIsNoticed() {
    assertQueuedValuesAreLate(silentMill);
    assertUnchangedIsAmbiguousUntilDown(silentMill);
  }

  @Test
  void hungServerMadeNoValues() {
    Map<Outcome, Long> slots = bench.periodicSlots(HUNG_MILL);
    // Its session lived on and nothing was missed: for the slots that were open when it came back,
    // that proves that there was nothing. Those settled before can only say that it was not there.
    assertThat(slots.keySet()).isSubsetOf(GOOD, GOOD_LATE, DISCONNECTED, SILENT);
    // Values that were made but not published when it hung may have been the first of their slots.
    long lost = hungMill.fault().slots();
    assertThat(sum(slots, DISCONNECTED, SILENT)).isBetween(lost, lost + periodic(HUNG_MILL).size());
    for (SignalSpec signal : periodic(HUNG_MILL)) {
      Map<Outcome, Long> its = bench.slots(HUNG_MILL, signal.name());
      assertSlots(hungMill, signal, its, DISCONNECTED, hungMill.fault().startMs());
    }
    assertUnchangedIsAmbiguousUntilDown(hungMill);
  }

  @Test
  void pulledCableOfANodeIsDisconnectedInExactlyTheSlotsWithoutAValue() {
    Map<Outcome, Long> slots = bench.periodicSlots(PULLED_CAMERA);
    assertThat(slots.keySet()).isSubsetOf(GOOD, GOOD_LATE, DISCONNECTED);
    assertThat(pulledCamera.fault().slots()).isGreaterThanOrEqualTo(4 * 4);
    assertThat(sum(slots, DISCONNECTED)).isEqualTo(pulledCamera.fault().slots());

    Map<Outcome, Long> lens = bench.slots(PULLED_CAMERA, "lens-state");
    long downSlots = (pulledCamera.upMs() - pulledCamera.downMs()) / 1_000;
    assertThat(sum(lens, DISCONNECTED)).as("%s", lens).isBetween(downSlots - 1, downSlots + 2);
    // A new session knows nothing of what does not change until it is told, every 5 s.
    assertThat(sum(lens, SILENT, GOOD_LATE)).as("%s", lens).isLessThanOrEqualTo(6);
    assertThat(lens.keySet()).isSubsetOf(GOOD, GOOD_LATE, DISCONNECTED, SILENT);
  }

  @Test
  void silentCableOfANodeIsDisconnectedUntilWhatItHeldBackComes() {
    assertQueuedValuesAreLate(silentCamera);
    assertUnchangedIsAmbiguousUntilDown(silentCamera);
  }

  @Test
  void othersAreNotAffected() {
    bench.assertUnaffected("cnc-04");
    bench.assertUnaffected("vision-03");
  }

  @Test
  void booksBalanceAndReplayIsEqual() {
    bench.assertBooksBalance();
    bench.assertReplayIsEqual();
  }

  /** Every periodic signal: disconnected as far as it was settled, late as far as it was kept. */
  private static void assertQueuedValuesAreLate(Outage outage) {
    Map<Outcome, Long> all = bench.periodicSlots(outage.asset());
    // In the last slots the values still came before their deadline.
    assertThat(sum(all, DISCONNECTED, GOOD_LATE))
        .isGreaterThanOrEqualTo(outage.fault().slots() - 2L * periodic(outage.asset()).size());
    for (SignalSpec signal : periodic(outage.asset())) {
      Map<Outcome, Long> slots = bench.slots(outage.asset(), signal.name());
      assertThat(slots.keySet())
          .as("%s %s", outage, signal.name())
          .isSubsetOf(GOOD, GOOD_LATE, DISCONNECTED);
      assertSlots(outage, signal, slots, DISCONNECTED, outage.fault().startMs());
      long deadlineMs = Math.max(1_000, signal.period().toMillis());
      long lateMs = outage.upMs() - deadlineMs - outage.fault().startMs();
      long late = lateMs / signal.period().toMillis();
      assertThat(sum(slots, DISCONNECTED, GOOD_LATE))
          .as("%s %s %s", outage, signal.name(), slots)
          .isBetween(late - 2, late + 2);
    }
  }

  private static void assertUnchangedIsAmbiguousUntilDown(Outage outage) {
    long noticedMs = Math.min(outage.downMs(), outage.settledMs());
    for (SignalSpec signal : onChange(outage.asset())) {
      Map<Outcome, Long> slots = bench.slots(outage.asset(), signal.name());
      String what = outage + " " + signal.name() + " " + slots;
      assertThat(slots.keySet()).as(what).isSubsetOf(GOOD, GOOD_LATE, AMBIGUOUS, DISCONNECTED);
      long unproven = (noticedMs - outage.fault().startMs()) / 1_000;
      assertThat(sum(slots, AMBIGUOUS)).as(what).isBetween(unproven - 2, unproven + 1);
      assertSlots(outage, signal, slots, DISCONNECTED, outage.downMs());
    }
  }

  /** Slots with this outcome from a time on until what was settled when the link came back. */
  private static void assertSlots(
      Outage outage, SignalSpec signal, Map<Outcome, Long> slots, Outcome outcome, long fromMs) {
    long periodMs = signal.period().toMillis();
    long most = Math.max(0, outage.settledMs() - fromMs) / periodMs + 1;
    long least = (outage.settledMs() - FaultBench.TICK_MS - fromMs) / periodMs - 2;
    assertThat(sum(slots, outcome))
        .as("%s %s %s", outage, signal.name(), slots)
        .isBetween(Math.max(0, least), most);
  }

  private static List<SignalSpec> periodic(String asset) {
    return bench.line().signals(asset).stream().filter(SignalSpec::isPeriodic).toList();
  }

  private static List<SignalSpec> onChange(String asset) {
    return bench.line().signals(asset).stream().filter(s -> !s.isPeriodic()).toList();
  }
}
