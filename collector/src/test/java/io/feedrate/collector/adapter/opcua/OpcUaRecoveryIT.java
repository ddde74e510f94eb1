package io.feedrate.collector.adapter.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.adapter.LinkStatus.State;
import io.feedrate.collector.peers.Cable;
import io.feedrate.collector.peers.JournalTape.Event;
import io.feedrate.collector.peers.JournalTape.Reading;
import io.feedrate.collector.peers.OpcUaPeer;
import io.feedrate.collector.peers.Ports;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.LinkEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a link when its server or its cable fails; recovery times are printed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one directory for the peers' keys
@Timeout(180)
class OpcUaRecoveryIT {

  /** Two reconnect waits and a handshake that runs into its timeout. */
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private int port;

  private static final int BAD_NODE_ID_INVALID = 0x8033_0000;

  /** Slow enough that every change is sampled: then the values tell whether one is missing. */
  private static final String[] SLOWLY = {"--interval", "400"};

  private final Path pki;

  OpcUaRecoveryIT(@TempDir Path pki) {
    this.pki = pki;
  }

  @BeforeEach
  void choosePort() {
    port = Ports.free();
  }

  @Test
  void killedServerIsDownAndItsSuccessorIsRead(@TempDir Path data) {
    try (Plant plant = new Plant(data, port)) {
      int signal = plant.periodic("Var0");
      OpcUaPeer first = OpcUaPeer.start(port, pki);
      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > 5);

      first.kill();
      measured("killed server found down", () -> plant.status().state() == State.DOWN);
      int before = plant.tape.samples(signal).size();
      try (OpcUaPeer second = OpcUaPeer.start(port, pki)) {
        measured(
            "restarted server read again", () -> plant.tape.samples(signal).size() > before + 5);

        assertThat(plant.tape.changes())
            .containsExactly(LinkEvent.UP, LinkEvent.DOWN, LinkEvent.UP);
        assertThat(plant.status().reconnects()).isEqualTo(1);
        assertThat(plant.isUp()).isTrue();
        Event checked = new Event(EventKind.INTERFACE_CHECKED, "plant/cnc", 1, 1);
        assertThat(plant.tape.events())
            .as("another server may offer something else")
            .containsExactly(checked, checked);
        second.tell("freeze", "true");
      }
    }
  }

  @Test
  void frozenServerIsFoundAndResumedWithoutLoss(@TempDir Path data) {
    try (OpcUaPeer peer = OpcUaPeer.start(port, pki, SLOWLY);
        Plant plant = new Plant(data, port)) {
      int signal = plant.periodic("Var0");
      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > 5);

      peer.freeze();
      measured("frozen server found down", () -> plant.status().state() == State.DOWN);
      int before = plant.tape.samples(signal).size();
      peer.thaw();
      measured("thawed server read again", () -> plant.tape.samples(signal).size() > before + 5);

      await().until(plant::isUp);
      List<LinkEvent> changes = plant.tape.changes();
      assertThat(changes.subList(0, 2)).containsExactly(LinkEvent.UP, LinkEvent.DOWN);
      assertThat(changes.get(2)).isIn(LinkEvent.RESUMED, LinkEvent.UP);
      if (changes.get(2) == LinkEvent.RESUMED) {
        assertContiguous(plant.tape.samples(signal));
      }
    }
  }

  @Test
  void cutCableIsResumedAndTheQueueLosesNothing(@TempDir Path data) throws IOException {
    try (OpcUaPeer peer = OpcUaPeer.start(port, pki, SLOWLY);
        Cable cable = new Cable(port);
        Plant plant = new Plant(data, cable.port())) {
      int signal = plant.periodic("Var0");
      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > 5);

      cable.cut();
      measured("cut cable found", () -> plant.status().state() == State.DOWN);
      int before = plant.tape.samples(signal).size();
      cable.mend();
      measured("mended cable used", () -> plant.tape.samples(signal).size() > before + 8);

      assertThat(plant.tape.changes())
          .containsExactly(LinkEvent.UP, LinkEvent.DOWN, LinkEvent.RESUMED);
      assertContiguous(plant.tape.samples(signal));
      peer.tell("freeze", "true");
    }
  }

  @Test
  void serverAbsentAtStartIsReadOnceItIsThere(@TempDir Path data) {
    try (Plant plant = new Plant(data, port)) {
      int signal = plant.periodic("Var0");
      plant.start();
      await().until(() -> plant.status().state() == State.DOWN);
      assertThat(plant.status().detail()).contains("no connection");

      try (OpcUaPeer peer = OpcUaPeer.start(port, pki)) {
        measured("late server read", () -> plant.tape.samples(signal).size() > 5);

        assertThat(plant.tape.changes()).containsExactly(LinkEvent.DOWN, LinkEvent.UP);
        peer.tell("freeze", "true");
      }
    }
  }

  @Test
  void movedNamespaceIsFoundAgainByItsUri(@TempDir Path data) {
    try (Plant plant = new Plant(data, port)) {
      int signal = plant.periodic("Var0");
      int other = plant.onChange("Constant");
      OpcUaPeer first = OpcUaPeer.start(port, pki);
      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > 5);
      first.kill();
      await().until(() -> !plant.isUp());
      int before = plant.tape.samples(signal).size();

      try (OpcUaPeer second = OpcUaPeer.start(port, pki, "--fillers", "3")) {
        await().atMost(RECOVERY).until(() -> plant.tape.samples(signal).size() > before + 5);

        assertThat(plant.tape.samples()).allMatch(s -> s.status() == 0);
        assertThat(plant.tape.samples(other)).hasSize(2).allMatch(s -> s.value() == 42);
        second.tell("freeze", "true");
      }
    }
  }

  @Test
  void lostNotificationsAreAGapAndTheValuesAreToldAgain(@TempDir Path data) {
    try (OpcUaPeer peer = OpcUaPeer.start(port, pki);
        Plant plant = new Plant(data, port)) {
      int signal = plant.periodic("Var0");
      int constant = plant.onChange("Constant");
      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > 5);

      peer.tell("skip", "2");

      measured("gap mended", () -> plant.tape.samples(constant).size() == 2);
      assertThat(plant.tape.changes()).containsExactly(LinkEvent.UP, LinkEvent.GAP, LinkEvent.UP);
      assertThat(plant.status().reconnects()).isZero();
    }
  }

  @Test
  void expiredSubscriptionIsDownAndMadeAgain(@TempDir Path data) {
    try (OpcUaPeer peer = OpcUaPeer.start(port, pki);
        Plant plant = new Plant(data, port)) {
      int signal = plant.periodic("Var0");
      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > 5);

      peer.tell("expire");

      measured("expired subscription made again", () -> plant.tape.changes().size() == 3);
      int before = plant.tape.samples(signal).size();
      await().until(() -> plant.tape.samples(signal).size() > before + 5);
      assertThat(plant.tape.changes()).containsExactly(LinkEvent.UP, LinkEvent.DOWN, LinkEvent.UP);
      assertThat(plant.tape.links())
          .anyMatch(l -> l.event() == LinkEvent.DOWN && l.detail().contains("Bad_Timeout"));
    }
  }

  @Test
  void subscriptionThatVanishedIsMissedAndMadeAgain(@TempDir Path data) {
    try (OpcUaPeer peer = OpcUaPeer.start(port, pki);
        Plant plant = new Plant(data, port)) {
      int signal = plant.periodic("Var0");
      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > 5);

      peer.tell("drop");

      measured("vanished subscription missed", () -> plant.status().state() == State.DOWN);
      measured("vanished subscription made again", plant::isUp);
      int before = plant.tape.samples(signal).size();
      await().until(() -> plant.tape.samples(signal).size() > before + 5);
    }
  }

  @Test
  void nodeThatComesBackIsReadAgain(@TempDir Path data) {
    try (OpcUaPeer peer = OpcUaPeer.start(port, pki);
        Plant plant = new Plant(data, port)) {
      int signal = plant.periodic("Var1");
      int late = plant.periodic("Late");
      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > 5);

      peer.tell("delete", "Var1");
      await()
          .until(
              () ->
                  plant.tape.samples(signal).stream()
                      .anyMatch(s -> s.status() == BAD_NODE_ID_INVALID));
      peer.tell("create", "Var1");
      peer.tell("create", "Late");
      int before = plant.tape.samples(signal).size();

      measured(
          "node read again",
          () ->
              plant.tape.samples(signal).size() > before + 5
                  && plant.tape.samples(late).size() > 5);
      assertThat(plant.status().detail()).isEmpty();
      assertThat(plant.tape.changes()).containsExactly(LinkEvent.UP);
    }
  }

  @Test
  void adapterThatIsClosedAndStartedAgainDoesNotCallItAFailure(@TempDir Path data) {
    try (OpcUaPeer peer = OpcUaPeer.start(port, pki);
        Plant plant = new Plant(data, port)) {
      int signal = plant.periodic("Var0");
      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > 5);
      int before = plant.tape.samples(signal).size();

      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > before + 5);

      assertThat(plant.tape.changes()).containsExactly(LinkEvent.UP, LinkEvent.UP);
      peer.tell("freeze", "false");
    }
  }

  @Test
  void closedAdapterStaysClosed(@TempDir Path data) {
    try (OpcUaPeer peer = OpcUaPeer.start(port, pki)) {
      Plant plant = new Plant(data, port);
      int signal = plant.periodic("Var0");
      plant.start();
      await().until(() -> plant.tape.samples(signal).size() > 5);

      plant.close();

      assertThat(plant.isUp()).isFalse();
      peer.tell("freeze", "true");
    }
  }

  /** The peer counts by one at every change, and every change is a sample. */
  private static void assertContiguous(List<Reading> samples) {
    for (int i = 1; i < samples.size(); i++) {
      assertThat(samples.get(i).value() - samples.get(i - 1).value()).as("step %d", i).isEqualTo(1);
    }
  }

  private static void measured(String what, Callable<Boolean> condition) {
    long startNs = System.nanoTime();
    ConditionFactory patient = await(what).atMost(RECOVERY).pollInterval(Duration.ofMillis(20));
    patient.until(condition);
    System.out.printf("%s after %.1f s%n", what, (System.nanoTime() - startNs) / 1e9);
  }
}
