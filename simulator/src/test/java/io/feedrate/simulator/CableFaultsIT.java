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
 * <p>When a link comes back, what a source kept is usable, but late: it betters slots that were
 * settled by then as long as their windows are revised. Slots whose windows are not, and settled
 * ones of which the source kept nothing, stay lost. Settling and closing go by the journal's ticks,
 * so these boundaries are known to a tick, and in the slot in which the fault began there may have
 * been a value before.
 */
class CableFaultsIT {
  private static final String PULLED_MILL = "cnc-01";
  private static final String SILENT_MILL = "cnc-02";
  private static final String HUNG_MILL = "cnc-03";
  private static final String PULLED_CAMERA = "vision-01";
  private static final String SILENT_CAMERA = "vision-02";

  /** How long it is asked for that a link is cut, in true time. */
  private static final Duration SHORT = Duration.ofSeconds(6);

  /** Longer than what comes at its end is revised for: lateness, two windows and a tick. */
  private static final Duration LONG = Duration.ofSeconds(12);

  /** A machine's state may change at the begin and the end of a part change, both still counted. */
  private static final int MAX_CHANGES = 2;

  /** A fault of a link, and what the collector noticed of it. */
  private record Outage(ActiveFault fault, long downMs, long upMs) {
    String asset() {
      return fault.fault().asset();
    }

    /** When the link came back, slots that end after this were not settled. */
    long mostSettledMs() {
      return upMs - FaultBench.LATENESS.toMillis();
    }

    /** All slots that end by this were settled: by the tick before the link came back. */
    long leastSettledMs() {
      return mostSettledMs() - FaultBench.TICK_MS;
    }

    /** What came with the link can no longer have bettered slots that end by this. */
    long leastFinalMs() {
      return FaultBench.leastFinalMs(upMs);
    }

    /** It has bettered those that end after this. */
    long mostFinalMs() {
      return FaultBench.mostFinalMs(upMs);
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
    // After some 8 s a node's client gives the connection up, and with it what it held back.
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
      assertUnchangedIsDisconnected(pulledMill, signal, slots, pulledMill.fault().startMs());
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
      long fromMs = hungMill.fault().startMs();
      long leastMs =
          hungMill.leastSettledMs(); // there is nothing that could better what is settled
      assertDisconnected(hungMill, signal, its, fromMs, leastMs, hungMill.mostSettledMs());
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
  void silentCableOfANodeIsLateAsFarAsWhatItHeldBackStillCounts() {
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

  /** Every periodic signal: disconnected as far as it was final, late as far as it was kept. */
  private static void assertQueuedValuesAreLate(Outage outage) {
    Map<Outcome, Long> all = bench.periodicSlots(outage.asset());
    // In the last slots the values still came before their deadline: as many as it is long, and the
    // one in which it ends.
    long inTime =
        periodic(outage.asset()).stream()
            .mapToLong(s -> deadlineMs(s) / s.period().toMillis() + 1)
            .sum();
    assertThat(sum(all, DISCONNECTED, GOOD_LATE))
        .isGreaterThanOrEqualTo(outage.fault().slots() - inTime);
    for (SignalSpec signal : periodic(outage.asset())) {
      Map<Outcome, Long> slots = bench.slots(outage.asset(), signal.name());
      assertThat(slots.keySet())
          .as("%s %s", outage, signal.name())
          .isSubsetOf(GOOD, GOOD_LATE, DISCONNECTED);
      long fromMs = outage.fault().startMs();
      assertDisconnected(
          outage, signal, slots, fromMs, outage.leastFinalMs(), outage.mostFinalMs());
      long lateMs = outage.upMs() - deadlineMs(signal) - fromMs;
      long late = lateMs / signal.period().toMillis();
      assertThat(sum(slots, DISCONNECTED, GOOD_LATE))
          .as("%s %s %s", outage, signal.name(), slots)
          .isBetween(late - 2, late + 2);
    }
  }

  private static long deadlineMs(SignalSpec signal) {
    return Math.max(1_000, signal.period().toMillis());
  }

  private static void assertUnchangedIsAmbiguousUntilDown(Outage outage) {
    long noticedMs = Math.min(outage.downMs(), outage.mostSettledMs());
    // A change betters the slot in which it was, if that is not final when it is told at last.
    int changes = noticedMs > outage.leastFinalMs() ? MAX_CHANGES : 0;
    for (SignalSpec signal : onChange(outage.asset())) {
      Map<Outcome, Long> slots = bench.slots(outage.asset(), signal.name());
      String what = outage + " " + signal.name() + " " + slots;
      assertThat(slots.keySet()).as(what).isSubsetOf(GOOD, GOOD_LATE, AMBIGUOUS, DISCONNECTED);
      long unproven = (noticedMs - outage.fault().startMs()) / 1_000;
      assertThat(sum(slots, AMBIGUOUS)).as(what).isBetween(unproven - 1 - changes, unproven + 1);
      assertUnchangedIsDisconnected(outage, signal, slots, outage.downMs());
    }
  }

  /** Disconnected as far as it was settled; a change betters its slot, if that is not final. */
  private static void assertUnchangedIsDisconnected(
      Outage outage, SignalSpec signal, Map<Outcome, Long> slots, long fromMs) {
    assertDisconnected(
        outage, signal, slots, fromMs, outage.leastFinalMs(), outage.mostSettledMs());
  }

  /**
   * Disconnected are the slots from one time to another, the latter between two bounds. The slot in
   * which it began may have had a value or a proof before; it is one of them or not.
   */
  private static void assertDisconnected(
      Outage outage,
      SignalSpec signal,
      Map<Outcome, Long> slots,
      long fromMs,
      long leastMs,
      long mostMs) {
    long periodMs = signal.period().toMillis();
    long least = (leastMs - fromMs) / periodMs - 1;
    long most = Math.max(0, mostMs - fromMs) / periodMs + 1;
    assertThat(sum(slots, DISCONNECTED))
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
