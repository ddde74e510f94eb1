package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OPC UA side of a line: its values, and what each fault does to them. */
class MachineTest {
  private static final String MACHINE = "cnc-01";
  private static final int QUEUE = 20;
  private static SimulatedLine line;

  private MachineClient client;

  @BeforeAll
  static void startLine() {
    line = SimulatedLine.start(LinePlan.quiet().withSize(1, 0));
  }

  @AfterAll
  static void stopLine() {
    line.close();
  }

  @BeforeEach
  void connect() throws Exception {
    client = new MachineClient(line.endpoint(MACHINE));
  }

  @AfterEach
  void disconnect() throws Exception {
    line.truth().faults().forEach(line::clear);
    client.close();
  }

  private static SignalSpec signal(String name) {
    return line.signals(MACHINE).stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void subscribe(String... names) throws Exception {
    for (String name : names) {
      client.subscribe(signal(name), QUEUE);
    }
    for (String name : names) {
      awaitMore(name, 3);
      // What the server had last, which the fault of an earlier test may have spoilt.
      client.of(name).remove(0);
    }
  }

  private void awaitMore(String name, int count) {
    int before = client.of(name).size();
    await().until(() -> client.of(name).size() >= before + count);
  }

  private static long sourceMs(DataValue value) {
    return Objects.requireNonNull(value.sourceTime()).getJavaTime();
  }

  @Test
  void everySignalHasAGoodValue() throws Exception {
    for (SignalSpec spec : line.signals(MACHINE)) {
      await()
          .untilAsserted(
              () -> assertThat(client.read(spec).statusCode().isGood()).as(spec.name()).isTrue());
    }
  }

  @Test
  void periodicValuesComeInEveryWritingIntervalAndNoneIsMissing() throws Exception {
    subscribe("position-x", "vibration");
    awaitMore("vibration", 20);
    List<DataValue> values = client.of("vibration");
    for (int i = 2; i < values.size(); i++) {
      assertThat(sourceMs(values.get(i)) - sourceMs(values.get(i - 1))).isEqualTo(100);
    }
  }

  @Test
  void frozenSensorIsSilentWhileOthersGoOn() throws Exception {
    subscribe("vibration", "spindle-load");
    ActiveFault fault = line.inject(new Fault.FreezeSensor(MACHINE, "vibration"));
    long frozenMs = System.currentTimeMillis();
    awaitMore("spindle-load", 10);
    line.clear(fault);
    awaitMore("vibration", 6);
    List<Long> times = client.of("vibration").stream().map(MachineTest::sourceMs).toList();
    assertThat(times).noneMatch(time -> time > frozenMs && time <= fault.endMs() - 100);
    assertThat(fault.values()).isBetween(18L, 25L);
    // Two seconds hold at least three whole slots of 500 ms.
    assertThat(fault.slots()).isEqualTo(slotsWithout(times, 500)).isBetween(3L, 5L);
  }

  private static long slotsWithout(List<Long> timesMs, long periodMs) {
    long first = timesMs.get(0) / periodMs;
    long last = timesMs.get(timesMs.size() - 1) / periodMs;
    long filled = timesMs.stream().map(time -> time / periodMs).distinct().count();
    return last - first + 1 - filled;
  }

  @Test
  void badQualityReachesTheClientAndIsCounted() throws Exception {
    subscribe("vibration");
    ActiveFault fault = line.inject(new Fault.BadQuality(MACHINE, "vibration", 0x808C0000L));
    awaitMore("vibration", 12);
    line.clear(fault);
    awaitMore("vibration", 6);
    List<DataValue> bad =
        client.of("vibration").stream().filter(v -> v.statusCode().isBad()).toList();
    assertThat(bad).allMatch(v -> v.statusCode().value() == 0x808C0000L);
    assertThat(fault.values()).isEqualTo(bad.size());
    List<Long> good =
        client.of("vibration").stream()
            .filter(v -> v.statusCode().isGood())
            .map(MachineTest::sourceMs)
            .toList();
    assertThat(fault.slots()).isEqualTo(slotsWithout(good, 500));
  }

  @Test
  void overflowLosesExactlyTheValuesThatItSays() throws Exception {
    subscribe("vibration", "spindle-load");
    ActiveFault fault = line.inject(new Fault.OverflowQueue(MACHINE, "vibration", 100));
    awaitMore("spindle-load", 15);
    int before = client.of("vibration").size();
    line.clear(fault);
    awaitMore("vibration", 26);
    List<DataValue> all = client.of("vibration");
    List<DataValue> flagged =
        all.subList(before, all.size()).stream()
            .filter(v -> (v.statusCode().value() & 0x480) == 0x480)
            .toList();
    assertThat(fault.lost()).isEqualTo(100 - QUEUE);
    assertThat(flagged).hasSize(QUEUE);
    List<Long> times = all.stream().map(MachineTest::sourceMs).toList();
    assertThat(fault.slots()).isEqualTo(slotsWithout(times, 500)).isGreaterThan(2);
  }

  @Test
  void steppedClockShowsInSourceTimesAndInCurrentTime() throws Exception {
    subscribe("vibration");
    ActiveFault fault = line.inject(new Fault.StepClock(MACHINE, Duration.ofMinutes(-7)));
    awaitMore("vibration", 3);
    long expectedMs = System.currentTimeMillis() - 420_000;
    assertThat(sourceMs(client.last("vibration"))).isBetween(expectedMs - 2_000, expectedMs);
    assertThat(client.currentTimeMs()).isBetween(expectedMs - 2_000, expectedMs + 2_000);
    line.clear(fault);
    assertThat(client.currentTimeMs()).isGreaterThan(expectedMs + 400_000);
  }

  @Test
  void wrongValuesAreWrongInTheirWay() throws Exception {
    subscribe("vibration");
    for (Fault.Nonsense kind : Fault.Nonsense.values()) {
      ActiveFault fault = line.inject(new Fault.WrongValues(MACHINE, "vibration", kind));
      await()
          .untilAsserted(() -> assertThat(client.last("vibration")).matches(v -> isWrong(v, kind)));
      line.clear(fault);
    }
  }

  private static boolean isWrong(DataValue value, Fault.Nonsense kind) {
    Object content = Objects.requireNonNull(value.value().value());
    return switch (kind) {
      case NAN -> content.equals(Double.NaN);
      case INFINITE -> content.equals(Double.POSITIVE_INFINITY);
      case TEXT -> content instanceof String;
      case OUT_OF_RANGE -> content instanceof Double number && number > 500;
      case TIME_PAST -> sourceMs(value) == 1_000;
      case TIME_FUTURE -> sourceMs(value) > System.currentTimeMillis() + 1_000_000;
      // The SDK's client makes its smallest time of a missing one.
      case TIME_MISSING -> DateTime.MIN_VALUE.equals(value.sourceTime());
    };
  }

  @Test
  void cutCableRefusesUntilItIsMended() throws Exception {
    ActiveFault fault = line.inject(new Fault.CutCable(MACHINE, false));
    assertThat(connects()).isFalse();
    line.clear(fault);
    await().until(this::connects);
  }

  private boolean connects() {
    try (MachineClient other = new MachineClient(line.endpoint(MACHINE))) {
      return other.currentTimeMs() > 0;
    } catch (Exception e) {
      return false;
    }
  }

  @Test
  void silentCutKeepsTheConnectionAndHandsOverWhatWasKept() throws Exception {
    subscribe("vibration");
    ActiveFault fault = line.inject(new Fault.CutCable(MACHINE, true));
    await().until(() -> fault.values() > 100);
    int before = client.of("vibration").size();
    line.clear(fault);
    awaitMore("vibration", 10);
    List<Long> times = client.of("vibration").stream().map(MachineTest::sourceMs).toList();
    assertThat(times.get(before) - times.get(before - 1)).isEqualTo(100);
  }

  @Test
  void hangingServerMakesNoValues() throws Exception {
    subscribe("vibration");
    ActiveFault fault = line.inject(new Fault.FreezeServer(MACHINE));
    long written = line.truth().values(MACHINE);
    await().until(() -> fault.values() > 100);
    assertThat(line.truth().values(MACHINE)).isEqualTo(written);
    line.clear(fault);
    awaitMore("vibration", 3);
    assertThat(fault.slots()).isPositive();
  }
}
