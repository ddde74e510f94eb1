package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of single sensors, all at once on different signals of one machine and one node: what is
 * stored names the cause, and costs exactly the slots that had no sound value.
 */
class SensorFaultsIT {
  private static final String MILL = "cnc-01";
  private static final String CAMERA = "vision-01";
  private static final long BAD_SENSOR_FAILURE = 0x808C0000L;
  private static final long UNCERTAIN_LAST_USABLE_VALUE = 0x40900000L;

  private static FaultBench bench;
  private static ActiveFault frozen;
  private static ActiveFault bad;
  private static ActiveFault uncertain;
  private static ActiveFault notANumber;
  private static ActiveFault outOfRange;
  private static ActiveFault future;
  private static ActiveFault overflow;
  private static ActiveFault frozenCamera;
  private static ActiveFault badCamera;
  private static ActiveFault textCamera;
  private static ActiveFault pastCamera;

  @BeforeAll
  static void strikeAndRecover(@TempDir Path directory) throws Exception {
    bench = FaultBench.start(LinePlan.quiet().withSize(2, 2), directory);
    SimulatedLine line = bench.line();
    frozen = line.inject(new Fault.FreezeSensor(MILL, "vibration"));
    bad = line.inject(new Fault.BadQuality(MILL, "spindle-load", BAD_SENSOR_FAILURE));
    uncertain = line.inject(new Fault.BadQuality(MILL, "feed-rate", UNCERTAIN_LAST_USABLE_VALUE));
    notANumber = line.inject(new Fault.WrongValues(MILL, "spindle-speed", Fault.Nonsense.NAN));
    outOfRange =
        line.inject(new Fault.WrongValues(MILL, "position-x", Fault.Nonsense.OUT_OF_RANGE));
    future = line.inject(new Fault.WrongValues(MILL, "position-y", Fault.Nonsense.TIME_FUTURE));
    overflow = line.inject(new Fault.OverflowQueue(MILL, "position-z", 200));
    frozenCamera = line.inject(new Fault.FreezeSensor(CAMERA, "camera-temperature"));
    badCamera = line.inject(new Fault.BadQuality(CAMERA, "gpu-temperature", BAD_SENSOR_FAILURE));
    textCamera = line.inject(new Fault.WrongValues(CAMERA, "gpu-load", Fault.Nonsense.TEXT));
    pastCamera = line.inject(new Fault.WrongValues(CAMERA, "frame-rate", Fault.Nonsense.TIME_PAST));
    // Handed over well before the lateness ends, so that the burst still finds its slots open.
    bench.hold(overflow, Duration.ofMillis(2_500));
    line.clear(overflow);
    bench.hold(pastCamera, Duration.ofSeconds(5));
    line.truth().faults().forEach(line::clear);
    bench.finish();
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void frozenSensorIsSilentInEachSlotWithoutAValue() {
    assertThat(frozen.slots()).isGreaterThan(8);
    bench.assertLost(MILL, "vibration", Outcome.SILENT, frozen.slots());
    bench.assertLost(CAMERA, "camera-temperature", Outcome.SILENT, frozenCamera.slots());
  }

  @Test
  void statusCodeDecidesBetweenBadAndUncertain() {
    bench.assertLost(MILL, "spindle-load", Outcome.BAD, bad.slots());
    bench.assertLost(MILL, "feed-rate", Outcome.UNCERTAIN, uncertain.slots());
    bench.assertLost(CAMERA, "gpu-temperature", Outcome.BAD, badCamera.slots());
  }

  @Test
  void nonsenseIsInvalid() {
    bench.assertLost(MILL, "spindle-speed", Outcome.INVALID, notANumber.slots());
    bench.assertLost(MILL, "position-x", Outcome.INVALID, outOfRange.slots());
    bench.assertLost(CAMERA, "gpu-load", Outcome.INVALID, textCamera.slots());
  }

  @Test
  void absurdTimeIsInvalidInTheSlotOfItsReceipt() {
    // By receipt, values of the first and the last slot may fall into their neighbours.
    bench.assertLost(MILL, "position-y", Outcome.INVALID, future.slots(), 1);
    bench.assertLost(CAMERA, "frame-rate", Outcome.INVALID, pastCamera.slots(), 1);
  }

  @Test
  void overflowCostsTheSlotsOfWhichEveryValueWasPushedOut() {
    assertThat(overflow.lost()).isPositive();
    assertThat(overflow.slots()).isPositive();
    bench.assertLost(MILL, "position-z", Outcome.LOST_OVERFLOW, overflow.slots());
  }

  @Test
  void otherSignalsAndAssetsAreNotAffected() {
    bench.assertUnaffected(
        MILL,
        "coolant-temperature",
        "feed-override",
        "part-counter",
        "operation-mode",
        "machine-state",
        "program");
    bench.assertUnaffected(CAMERA, "lens-state");
    bench.assertUnaffected("cnc-02");
    bench.assertUnaffected("vision-02");
  }

  @Test
  void booksBalanceAndReplayIsEqual() {
    bench.assertBooksBalance();
    bench.assertReplayIsEqual();
  }
}
