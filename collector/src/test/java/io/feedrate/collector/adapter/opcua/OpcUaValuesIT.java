package io.feedrate.collector.adapter.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.adapter.LinkStatus.State;
import io.feedrate.collector.peers.JournalTape.Event;
import io.feedrate.collector.peers.JournalTape.Reading;
import io.feedrate.collector.peers.JournalTape.Text;
import io.feedrate.collector.peers.OpcUaPeer;
import io.feedrate.collector.peers.Ports;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.SignalMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a healthy server sends, and what a healthy link makes of what is wrong with values. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class OpcUaValuesIT {
  private static final int BAD_SENSOR_FAILURE = 0x808C_0000;
  private static final int BAD_NODE_ID_UNKNOWN = 0x8034_0000;
  private static final int OVERFLOW = Sample.STATUS_OVERFLOW;
  private static final Duration EXCEPTION_BASED = Duration.ZERO;

  private final int port = Ports.free();
  private OpcUaPeer peer;
  private Plant plant;

  @BeforeAll
  void startPeer(@TempDir Path pki) {
    peer = OpcUaPeer.start(port, pki, "--secure");
  }

  @AfterAll
  void stopPeer() {
    peer.close();
  }

  @BeforeEach
  void buildPlant(@TempDir Path data) {
    plant = new Plant(data, port);
  }

  @AfterEach
  void closePlant() {
    plant.close();
  }

  @Test
  void valuesArriveWithSourceTimeAndStatus() {
    int signal = plant.periodic("Var0");
    plant.start();

    await().until(() -> plant.tape.samples(signal).size() > 10);

    List<Reading> samples = plant.tape.samples(signal);
    for (int i = 1; i < samples.size(); i++) {
      Reading sample = samples.get(i);
      assertThat(sample.link()).isEqualTo(Plant.LINK);
      assertThat(sample.status()).isZero();
      assertThat(sample.flags()).isZero();
      assertThat(sample.value()).isGreaterThan(samples.get(i - 1).value());
      assertThat(sample.sourceTimeNs()).isGreaterThan(samples.get(i - 1).sourceTimeNs());
      assertThat(sample.receivedNs() - sample.sourceTimeNs())
          .isBetween(-50_000_000L, 2_000_000_000L);
    }
    assertThat(plant.tape.changes()).containsExactly(LinkEvent.UP);
    assertThat(plant.status().received())
        .isEqualTo(plant.status().journaled() + plant.status().rejected())
        .isGreaterThanOrEqualTo(samples.size());
  }

  @Test
  void constantSignalIsCoveredByProofs() {
    int signal = plant.onChange("Constant");
    plant.start();

    await().until(() -> plant.tape.count(LinkEvent.PROOF) >= 3);

    assertThat(plant.tape.samples(signal)).hasSize(1);
    List<Long> proofs =
        plant.tape.links().stream()
            .filter(l -> l.event() == LinkEvent.PROOF)
            .map(l -> l.receivedNs())
            .toList();
    for (int i = 1; i < proofs.size(); i++) {
      assertThat(proofs.get(i) - proofs.get(i - 1))
          .as("keep-alives prove liveness well within the lateness")
          .isLessThan(Plant.LATENESS.toNanos() / 2);
    }
  }

  @Test
  void equalValuesWithNewTimesCountForPeriodicSignalsOnly() {
    int periodic = plant.periodic("Any");
    int onChange = plant.onChange("Any");
    plant.start();
    await().until(() -> !plant.tape.samples(onChange).isEmpty());
    peer.tell("set", "Any", "Double", "5");
    await().until(() -> last(periodic).value() == 5 && last(onChange).value() == 5);
    int changes = plant.tape.samples(onChange).size();
    int updates = plant.tape.samples(periodic).size();

    peer.tell("set", "Any", "Double", "5");

    await().until(() -> plant.tape.samples(periodic).size() > updates);
    assertThat(plant.tape.samples(onChange)).hasSize(changes);
  }

  @Test
  void badStatusPassesThroughWithItsSourceTime() {
    int signal = plant.onChange("Any");
    plant.start();
    await().until(() -> !plant.tape.samples(signal).isEmpty());
    long beforeNs = plant.journal.clock().nowNs();

    peer.tell("set", "Any", "Double", "7", "BadSensorFailure", "-60000");

    await().until(() -> last(signal).status() == BAD_SENSOR_FAILURE);
    assertThat(last(signal).sourceTimeNs() - beforeNs)
        .isBetween(-61_000_000_000L, -55_000_000_000L);
    peer.tell("set", "Any", "Double", "8", "UncertainLastUsableValue");
    await().until(() -> last(signal).status() == 0x4090_0000);
    assertThat(last(signal).value()).isEqualTo(8);
  }

  @Test
  void overflowOfTheServersQueueArrivesAsItsBit() {
    int signal = plant.signal("Burst", SignalMode.PERIODIC, EXCEPTION_BASED, false);
    plant.start();
    await().until(() -> !plant.tape.samples(signal).isEmpty());

    peer.tell("burst", "Burst", "5000");

    await().until(() -> last(signal).value() == 5000);
    assertThat(plant.tape.samples(signal)).anyMatch(s -> (s.status() & OVERFLOW) == OVERFLOW);
    assertThat(plant.tape.samples(signal).size()).isLessThan(5000);
  }

  @Test
  void burstWithinTheQueueLosesNothing() {
    int signal = plant.signal("Burst", SignalMode.PERIODIC, EXCEPTION_BASED, false);
    plant.start();
    await().until(() -> !plant.tape.samples(signal).isEmpty());
    int before = plant.tape.samples(signal).size();

    peer.tell("burst", "Burst", "900");

    await().until(() -> plant.tape.samples(signal).size() == before + 900);
    List<Reading> samples = plant.tape.samples(signal);
    for (int i = 1; i <= 900; i++) {
      assertThat(samples.get(before + i - 1).value()).isEqualTo(i);
      assertThat(samples.get(before + i - 1).status()).isZero();
    }
  }

  @Test
  void numbersOfEveryTypeAreDecoded() {
    int signal = plant.onChange("Any");
    int flag = plant.onChange("Flag");
    plant.start();
    await().until(() -> !plant.tape.samples(signal).isEmpty());

    peer.tell("set", "Flag", "Boolean", "true");
    await().until(() -> !plant.tape.samples(flag).isEmpty() && last(flag).value() == 1);
    expect(signal, "SByte", "-7", -7);
    expect(signal, "Byte", "200", 200);
    expect(signal, "Int16", "-30000", -30_000);
    expect(signal, "UInt16", "65000", 65_000);
    expect(signal, "Int32", "-2000000000", -2e9);
    expect(signal, "UInt32", "4000000000", 4e9);
    expect(signal, "UInt64", "[1, 2]", 4_294_967_298.0);
    expect(signal, "Float", "1.5", 1.5);
    expect(signal, "Double", "1e300", 1e300);
    expect(signal, "DateTime", "\"2026-01-01T00:00:00.500Z\"", 1_767_225_600.5);
    assertThat(plant.tape.samples(signal)).allMatch(s -> s.flags() == 0);
  }

  @Test
  void valuesThatAreNoNumberAreInvalidAndNothingStops() {
    int signal = plant.onChange("Any");
    int neighbour = plant.periodic("Var0");
    plant.start();
    await().until(() -> !plant.tape.samples(signal).isEmpty());

    invalid(signal, "String", "\"a text\"");
    invalid(signal, "Double", "[1, 2, 3]");
    invalid(signal, "Null", "null");
    peer.tell("set", "Any", "Double", "\"NaN\"");
    await().until(() -> last(signal).flags() == 0 && Double.isNaN(last(signal).value()));
    peer.tell("set", "Any", "Double", "\"Infinity\"");
    await().until(() -> last(signal).value() == Double.POSITIVE_INFINITY);
    peer.tell("set", "Any", "Double", "3");
    await().until(() -> last(signal).value() == 3);

    assertThat(last(signal).flags()).isZero();
    assertThat(plant.isUp()).isTrue();
    int soFar = plant.tape.samples(neighbour).size();
    await().until(() -> plant.tape.samples(neighbour).size() > soFar);
  }

  @Test
  void textsAreTextsAndNumbersInTheirPlaceInvalid() {
    int text = plant.signal("Text", SignalMode.ON_CHANGE, Plant.PUBLISHING, true);
    int any = plant.signal("Any", SignalMode.ON_CHANGE, Plant.PUBLISHING, true);
    peer.tell("set", "Any", "Double", "3");
    plant.start();

    await().until(() -> plant.tape.texts().size() >= 2);
    Text good =
        plant.tape.texts().stream().filter(t -> t.signal() == text).findFirst().orElseThrow();
    assertThat(good.value()).isEqualTo("N10 G0 X0");
    assertThat(good.flags()).isEqualTo(Sample.TEXT);
    Text wrong =
        plant.tape.texts().stream().filter(t -> t.signal() == any).findFirst().orElseThrow();
    assertThat(wrong.flags()).isEqualTo(Sample.TEXT | Sample.INVALID);
    String program = "Ø ".repeat(5_000);
    peer.tell("set", "Text", "String", "\"" + program + "\"");
    await()
        .until(
            () ->
                plant.tape.texts().stream()
                    .anyMatch(t -> program.startsWith(t.value(), 0) && t.value().length() > 1000));
  }

  @Test
  void unknownNodesDoNotBlockTheOthersAndAreToldOnce() {
    int good = plant.periodic("Var0");
    int unknown = plant.periodic("NoSuchNode");
    int unreadable = plant.address("s=", SignalMode.PERIODIC, Plant.PUBLISHING, false);
    int elsewhere =
        plant.address("nsu=urn:nowhere;i=1", SignalMode.PERIODIC, Plant.PUBLISHING, false);
    plant.start();

    await().until(() -> plant.tape.samples(good).size() > 20);

    assertThat(plant.tape.samples(unknown))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.status()).isEqualTo(BAD_NODE_ID_UNKNOWN);
              assertThat(s.flags()).isEqualTo(Sample.NO_SOURCE_TIME);
            });
    assertThat(plant.tape.samples(elsewhere)).hasSize(1);
    assertThat(plant.tape.samples(unreadable)).hasSize(1);
    assertThat(plant.isUp()).isTrue();
    assertThat(plant.status().detail()).contains("3 nodes not available").contains("plant/cnc/");
    assertThat(plant.tape.events())
        .as("once, and not again at every try")
        .containsExactly(new Event(EventKind.INTERFACE_CHECKED, "plant/cnc", 1, 4));
  }

  @Test
  void serversClockIsMeasured() {
    plant.periodic("Var0");
    plant.start();

    await().until(() -> plant.tape.clocks().size() >= 3);

    assertThat(plant.tape.clocks())
        .allSatisfy(
            c -> {
              assertThat(c.uncertaintyNs()).isBetween(1L, 500_000_000L);
              assertThat(Math.abs(c.offsetNs()))
                  .isLessThanOrEqualTo(c.uncertaintyNs() + 20_000_000);
            });
  }

  @Test
  void userWithPasswordIsLetIn() {
    int signal = plant.user("feedrate", "secret").periodic("Var0");
    plant.start();

    await().until(() -> plant.tape.samples(signal).size() > 2);
  }

  @Test
  void wrongPasswordWantsAPerson() {
    plant.user("feedrate", "guess").periodic("Var0");
    plant.start();

    await().until(() -> plant.status().state() == State.ATTENTION);

    assertThat(plant.status().detail()).contains("Bad_").doesNotContain("guess");
    assertThat(plant.tape.changes()).containsExactly(LinkEvent.DOWN);
  }

  @Test
  void unknownCertificateWantsAPersonAndTrustingItIsEnough(@TempDir Path data) throws IOException {
    for (String mode : List.of("SignAndEncrypt", "Sign")) {
      Path home = data.resolve(mode);
      try (Plant secure = new Plant(home, port).security("Basic256Sha256", mode)) {
        int signal = secure.periodic("Var0");
        secure.start();
        await().until(() -> secure.status().state() == State.ATTENTION);
        assertThat(secure.status().detail()).contains("certificate is not trusted", "rejected");

        trustRejected(home.resolve("pki"));

        await().atMost(Duration.ofSeconds(40)).until(() -> secure.tape.samples(signal).size() > 2);
      }
    }
  }

  private static void trustRejected(Path pki) throws IOException {
    try (Stream<Path> rejected = Files.list(pki.resolve("rejected"))) {
      for (Path certificate : rejected.toList()) {
        Files.move(
            certificate,
            pki.resolve("trusted").resolve("certs").resolve(certificate.getFileName()));
      }
    }
  }

  private void expect(int signal, String type, String value, double expected) {
    peer.tell("set", "Any", type, value);
    await(type).until(() -> last(signal).value() == expected);
  }

  private void invalid(int signal, String type, String value) {
    int before = plant.tape.samples(signal).size();
    peer.tell("set", "Any", type, value);
    await(type).until(() -> plant.tape.samples(signal).size() > before);
    assertThat(last(signal).flags()).as(type).isEqualTo(Sample.INVALID);
  }

  private Reading last(int signal) {
    List<Reading> samples = plant.tape.samples(signal);
    return samples.get(samples.size() - 1);
  }
}
