package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.capability.InferenceAvailability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with messages on their way from a node, each kind on a node of its own. */
class MessageFaultsIT {
  private static final String DOUBLED = "vision-01";
  private static final String LATE = "vision-02";
  private static final String TOO_LATE = "vision-03";
  private static final String LOSSY = "vision-04";
  private static final String BABBLING = "vision-05";
  private static final List<String> PERIODIC =
      List.of("camera-temperature", "gpu-temperature", "gpu-load", "frame-rate");

  private static FaultBench bench;
  private static ActiveFault doubled;
  private static ActiveFault late;
  private static ActiveFault tooLate;
  private static ActiveFault lossy;
  private static Map<RejectCause, Long> rejects;

  @BeforeAll
  static void disturbAndRecover(@TempDir Path directory) throws Exception {
    bench = FaultBench.start(LinePlan.quiet().withSize(1, 6), directory);
    SimulatedLine line = bench.line();
    tooLate = line.inject(new Fault.Delay(TOO_LATE, Duration.ofMinutes(1)));
    doubled = line.inject(new Fault.Duplicate(DOUBLED));
    late = line.inject(new Fault.Delay(LATE, Duration.ofMillis(2_500)));
    lossy = line.inject(new Fault.LoseMessages(LOSSY, 1));
    for (Fault.Junk kind : Fault.Junk.values()) {
      assertThat(line.inject(new Fault.Garbage(BABBLING, kind)).messages()).isEqualTo(1);
    }
    bench.hold(late, Duration.ofSeconds(6));
    List.of(doubled, late, lossy).forEach(line::clear);
    // Lateness, window, revision and tick take 9 s at the most: some slots are surely too late.
    bench.hold(tooLate, Duration.ofSeconds(14));
    line.clear(tooLate);
    bench.finish();
    rejects = bench.reader().rejectCounts();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void duplicatesAreCountedAndChangeNothing() {
    bench.assertUnaffected(DOUBLED);
    assertThat(doubled.messages()).isPositive();
    // A text is never taken for a duplicate; the node has one, that it repeats every 5 s.
    assertThat(bench.counts().duplicates()).isBetween(doubled.values() - 2, doubled.values());
    long[] once = bench.counts(InferenceAvailability.KPI, "vision-06");
    long[] twice = bench.counts(InferenceAvailability.KPI, DOUBLED);
    // One every 200 ms from either; the last may lie in this window or the next.
    assertThat(Arrays.stream(twice).sum())
        .isBetween(Arrays.stream(once).sum() - 1, Arrays.stream(once).sum() + 1);
  }

  @Test
  void delayWithinTheLatenessIsGoodLate() {
    // What was held is handed over at the end, in time for the slots of the last 2 s.
    long firstMs = -Math.floorDiv(-late.startMs(), 1_000) * 1_000;
    long expected = Math.floorDiv(late.endMs() - 2_000 - firstMs, 1_000) + 1;
    assertThat(late.slots()).isBetween(4 * expected, 4 * (expected + 3));
    for (String signal : PERIODIC) {
      Map<Outcome, Long> slots = bench.slots(LATE, signal);
      assertThat(slots).as(signal).containsOnlyKeys(Outcome.GOOD, Outcome.GOOD_LATE);
      assertThat(slots.get(Outcome.GOOD_LATE)).as(signal).isBetween(expected - 1, expected + 1);
    }
    bench.assertUnaffected(LATE, "lens-state");
  }

  @Test
  void delayBeyondRevisionIsSilentAndCountedAsTooLate() {
    // All that was held came at the end: of the slots that had their last word by then nothing
    // counts, the others were bettered. The slot in which it began may have had a value before.
    long least = (FaultBench.leastFinalMs(tooLate.endMs()) - tooLate.startMs()) / 1_000;
    long most = (FaultBench.mostFinalMs(tooLate.endMs()) - tooLate.startMs()) / 1_000 + 1;
    long silent = 0;
    for (String signal : PERIODIC) {
      Map<Outcome, Long> slots = bench.slots(TOO_LATE, signal);
      assertThat(slots)
          .as(signal)
          .containsOnlyKeys(Outcome.GOOD, Outcome.GOOD_LATE, Outcome.SILENT);
      assertThat(slots.get(Outcome.SILENT)).as("%s %s", signal, slots).isBetween(least, most);
      silent += FaultBench.sum(slots, Outcome.SILENT);
    }
    // Two values in each such slot, and perhaps one in the slot in which the fault began.
    assertThat(bench.counts().tooLate()).isBetween(2 * silent, 2 * silent + 4);
    bench.assertUnaffected(TOO_LATE, "lens-state");
  }

  @Test
  void lostMessagesAreLostInTransportInExactlyTheSlotsWithoutAValue() {
    assertThat(lossy.slots()).isGreaterThan(4 * 4);
    for (String signal : PERIODIC) {
      bench.assertLost(LOSSY, signal, Outcome.LOST_TRANSPORT, lossy.slots() / 4);
    }
    // Whether it changed in between is not known until it comes again, which it does every 5 s.
    Map<Outcome, Long> slots = bench.slots(LOSSY, "lens-state");
    long missing = lossy.slots() / 4;
    assertThat(slots.keySet()).isSubsetOf(Outcome.GOOD, Outcome.GOOD_LATE, Outcome.AMBIGUOUS);
    assertThat(slots.get(Outcome.AMBIGUOUS)).isBetween(missing - 2, missing + 6);
  }

  @Test
  void garbageIsRejectedByCauseAndHarmsNothing() {
    assertThat(rejects)
        .isEqualTo(
            Map.of(
                RejectCause.MALFORMED, 4L, // truncated, binary, empty, ten thousand deep
                RejectCause.WRONG_TYPE, 1L,
                RejectCause.TOO_LARGE, 1L,
                RejectCause.UNKNOWN_SIGNAL, 1L,
                RejectCause.UNKNOWN_TOPIC, 1L));
    bench.assertUnaffected(BABBLING);
  }

  @Test
  void othersAreNotAffected() {
    bench.assertUnaffected("cnc-01");
    bench.assertUnaffected("vision-06");
  }

  @Test
  void booksBalanceAndReplayIsEqual() {
    bench.assertBooksBalance();
    bench.assertReplayIsEqual();
  }
}
