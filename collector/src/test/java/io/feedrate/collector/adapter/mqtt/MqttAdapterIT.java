package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.adapter.LinkStatus.State;
import io.feedrate.collector.config.GatewayConfig.Broker;
import io.feedrate.collector.config.GatewayConfig.Credentials;
import io.feedrate.collector.config.GatewayConfig.MqttSource;
import io.feedrate.collector.config.GatewayConfig.MqttVersion;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.sbe.InferenceDecoder;
import io.feedrate.collector.journal.sbe.SamplesDecoder;
import io.feedrate.collector.peers.Mosquitto;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The adapter against a real broker, in both protocol versions. */
final class MqttAdapterIT {
  private static final String TOPIC = "feedrate/v1/vision-01";
  private static final String OTHER = "feedrate/v1/vision-02";
  private static final String HEARTBEAT = "{\"online\":true,\"heartbeatMs\":60000}";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;
  private final RecordedRecords records = new RecordedRecords();
  private Mosquitto broker;
  private final List<AutoCloseable> open = new ArrayList<>();

  MqttAdapterIT(@TempDir Path directory) {
    this.directory = directory;
    this.broker = Mosquitto.prepared(directory);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    broker.close();
  }

  private static Broker config(URI url, MqttVersion version, Optional<Credentials> user) {
    return new Broker(
        "plant", url, version, "feedrate-test", user, Duration.ofSeconds(20), Duration.ofHours(1));
  }

  private static List<MqttLink> links() {
    return List.of(
        new MqttLink(
            0,
            new MqttSource("vision-01", Optional.empty(), "plant", TOPIC),
            "p/l/v1",
            Samples.SIGNALS),
        new MqttLink(
            1, new MqttSource("vision-02", Optional.empty(), "plant", OTHER), "", Samples.SIGNALS));
  }

  private static final Map<String, String> NODES =
      Map.of("vision-01", "p/l/v1", "p/l/v1", "p/l/v1", "vision-02", "p/l/v2");

  private MqttAdapter adapter(MqttVersion version) {
    return adapter(version, Optional.empty());
  }

  private MqttAdapter adapter(MqttVersion version, Optional<Credentials> user) {
    Broker config = config(broker.url(), version, user);
    MqttAdapter adapter =
        new MqttAdapter(
            config,
            links(),
            NODES,
            records,
            new EpochClock()::nowNs,
            handler ->
                version == MqttVersion.V5
                    ? new PahoV5Connection(config, handler)
                    : new PahoV3Connection(config, handler));
    open.add(0, adapter);
    adapter.start();
    return adapter;
  }

  private static LinkStatus status(MqttAdapter adapter, int link) {
    LinkStatus status = adapter.links().get(link);
    assertThat(status.received()).isEqualTo(status.journaled() + status.rejected());
    return status;
  }

  /** Publishes heartbeats until the link is up: before that the subscription may not stand. */
  private void awaitUp(MqttAdapter adapter, int link, String topic) {
    await("link up")
        .atMost(PATIENCE)
        .until(
            () -> {
              broker.publish(topic + "/status", HEARTBEAT);
              return status(adapter, link).state() == State.UP;
            });
  }

  private void awaitRecord(String record) {
    await(record)
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(records.records).contains(record));
  }

  private static String inference(int number) {
    return "{\"inferenceId\":" + number + ",\"model\":\"m\",\"version\":7}";
  }

  private static List<String> inferences(int from, int to) {
    return IntStream.range(from, to).mapToObj(MqttAdapterIT::inference).toList();
  }

  private void awaitInferences(int from, int to) {
    List<String> expected =
        IntStream.range(from, to).mapToObj(i -> "inference p/l/v1 " + i).toList();
    await("inferences")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(records.records).containsAll(expected));
  }

  @ParameterizedTest
  @EnumSource
  void messagesGoIntoTheJournalAndAreCounted(MqttVersion version) {
    broker.start();
    try (Journal journal = Journal.open(directory.resolve("journal"), new EpochClock());
        MqttAdapter adapter =
            new MqttAdapter(
                config(broker.url(), version, Optional.empty()), links(), NODES, journal)) {
      adapter.start();
      awaitUp(adapter, 0, TOPIC);
      broker.publish(
          TOPIC + "/samples",
          "{\"seq\":1,\"samples\":[{\"signal\":\"lamp-on\",\"value\":true},{\"signal\":\"x\"},"
              + "{\"signal\":\"recipe\",\"value\":\"a\"},{\"signal\":\"lamp-on\",\"value\":NaN}]}");
      broker.publish(TOPIC + "/inference", inference(1));
      broker.publish(TOPIC + "/model", "{\"model\":\"m\",\"version\":7,\"stage\":\"LOADED\"}");
      broker.publish(TOPIC + "/advice", "{\"adviceId\":1,\"event\":\"SHOWN\"}");
      await("all counted").atMost(PATIENCE).until(() -> status(adapter, 0).received() == 7);
      assertThat(status(adapter, 0).journaled()).isEqualTo(6);
      List<Integer> templates = new ArrayList<>();
      try (JournalReader reader = journal.reader(0)) {
        reader.poll((template, record, header, position) -> templates.add(template), 1000);
      }
      assertThat(templates).contains(SamplesDecoder.TEMPLATE_ID, InferenceDecoder.TEMPLATE_ID);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasPublishedWhileTheCollectorWasAwayComesLater(MqttVersion version) {
    broker.start();
    MqttAdapter first = adapter(version);
    awaitUp(first, 0, TOPIC);
    first.close();
    broker.publishLines(TOPIC + "/inference", inferences(0, 50));
    adapter(version);
    awaitInferences(0, 50);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostWhenTheBrokerIsKilled(MqttVersion version) {
    broker = Mosquitto.started(directory, "autosave_on_changes true", "autosave_interval 1");
    MqttAdapter adapter = adapter(version);
    awaitUp(adapter, 0, TOPIC);
    broker.publishLines(TOPIC + "/inference", inferences(0, 20));
    awaitInferences(0, 20);
    adapter.close(); // so that the next ones wait in the broker when it dies
    broker.publishLines(TOPIC + "/inference", inferences(20, 60));
    broker.publish(TOPIC + "/inference", inference(60));
    broker.awaitStored(inference(60));
    broker.kill();
    MqttAdapter second = adapter(version);
    await("down").atMost(PATIENCE).until(() -> status(second, 0).state() == State.DOWN);
    broker.start();
    awaitInferences(0, 61);
    awaitUp(second, 0, TOPIC);
    broker.kill();
    await("down").atMost(PATIENCE).until(() -> status(second, 0).state() == State.DOWN);
    assertThat(records.records).contains("DOWN");
    broker.start();
    awaitUp(second, 0, TOPIC);
    assertThat(status(second, 0).reconnects()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void aMessageIsAcknowledgedOnlyAfterTheJournalHasIt(MqttVersion version) {
    broker.start();
    MqttAdapter adapter = adapter(version);
    awaitUp(adapter, 0, TOPIC);
    records.full = true;
    broker.publishLines(TOPIC + "/inference", inferences(0, 10));
    await("connection dropped")
        .atMost(PATIENCE)
        .until(() -> status(adapter, 0).detail().contains("no space left"));
    await("tried again").atMost(PATIENCE).until(() -> status(adapter, 0).reconnects() >= 2);
    assertThat(status(adapter, 0).journaled()).isZero();
    records.full = false;
    awaitInferences(0, 10);
    List<String> inOrder =
        records.records.stream().filter(r -> r.startsWith("inference")).distinct().toList();
    assertThat(inOrder)
        .containsExactlyElementsOf(
            IntStream.range(0, 10).mapToObj(i -> "inference p/l/v1 " + i).toList());
  }

  @ParameterizedTest
  @EnumSource
  void aBrokerThatComesLaterIsFound(MqttVersion version) {
    MqttAdapter adapter = adapter(version);
    await("down").atMost(PATIENCE).until(() -> status(adapter, 0).state() == State.DOWN);
    assertThat(status(adapter, 0).detail()).startsWith("no connection to the broker");
    broker.start();
    awaitUp(adapter, 0, TOPIC);
    assertThat(records.records).startsWith("DOWN", "DOWN", "UP");
  }

  @ParameterizedTest
  @EnumSource
  void oldStatusProvesNothingAndAWillIsDown(MqttVersion version) {
    broker.start();
    broker.publish(TOPIC + "/status", HEARTBEAT, "-r");
    broker.publish(OTHER + "/status", "{\"online\":false}", "-r");
    broker.publish(TOPIC + "/samples", "{\"samples\":[]}", "-r");
    MqttAdapter adapter = adapter(version);
    await("will").atMost(PATIENCE).until(() -> status(adapter, 1).state() == State.DOWN);
    awaitRecord("reject MALFORMED " + TOPIC + "/samples");
    assertThat(status(adapter, 0).state()).isEqualTo(State.CONNECTING);
    awaitUp(adapter, 1, OTHER);
    broker.publish(OTHER + "/status", "{\"online\":false}");
    await("offline").atMost(PATIENCE).until(() -> status(adapter, 1).state() == State.DOWN);
    assertThat(records.records).containsSubsequence("DOWN", "UP", "DOWN");
  }

  @ParameterizedTest
  @EnumSource
  void theWillOfANodeThatDiesIsDown(MqttVersion version) throws Exception {
    broker.start();
    MqttAdapter adapter = adapter(version);
    awaitUp(adapter, 0, TOPIC);
    Process node = broker.clientWithWill(TOPIC + "/status", "{\"online\":false}");
    broker.awaitWill();
    node.destroyForcibly().waitFor();
    await("will").atMost(PATIENCE).until(() -> status(adapter, 0).state() == State.DOWN);
    assertThat(status(adapter, 0).detail()).isEqualTo("the source went offline");
    awaitUp(adapter, 0, TOPIC);
  }

  @ParameterizedTest
  @EnumSource
  void attemptsLeaveNothingRunning(MqttVersion version) {
    MqttAdapter adapter = adapter(version);
    await("down").atMost(PATIENCE).until(() -> status(adapter, 0).state() == State.DOWN);
    broker.start();
    awaitUp(adapter, 0, TOPIC);
    broker.kill();
    await("down").atMost(PATIENCE).until(() -> status(adapter, 0).state() == State.DOWN);
    broker.start();
    awaitUp(adapter, 0, TOPIC);
    adapter.close();
    await("threads end")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(
                        name -> name.contains("feedrate-test") || name.equals("mqtt-plant")));
  }

  @ParameterizedTest
  @EnumSource
  void missingNumbersAreAGap(MqttVersion version) {
    broker.start();
    MqttAdapter adapter = adapter(version);
    awaitUp(adapter, 0, TOPIC);
    for (int seq : new int[] {5, 6, 10}) {
      broker.publish(
          TOPIC + "/samples",
          "{\"seq\":" + seq + ",\"samples\":[{\"signal\":\"lamp-on\",\"value\":1}]}");
    }
    awaitRecord("GAP 3");
    await("samples").atMost(PATIENCE).until(() -> status(adapter, 0).journaled() == 3);
    assertThat(records.records).containsSubsequence("samples 0 1", "GAP 3", "samples 0 1");
  }

  @ParameterizedTest
  @EnumSource
  void garbageOnOneTopicDoesNotStopTheOthers(MqttVersion version) {
    broker.start();
    MqttAdapter adapter = adapter(version);
    awaitUp(adapter, 0, TOPIC);
    awaitUp(adapter, 1, OTHER);
    broker.publish(TOPIC + "/samples", "[".repeat(10_000_000));
    broker.publishLines(
        TOPIC + "/samples", IntStream.range(0, 5_000).mapToObj(i -> "{\"x\":" + i).toList());
    broker.publish(TOPIC + "/firmware/blob", "?");
    broker.publish(TOPIC, "?");
    broker.publish(OTHER + "/inference", "{\"model\":\"m\",\"version\":7}");
    broker.publish(
        OTHER + "/inference",
        "{\"inferenceId\":2,\"model\":\"m\",\"version\":7,\"node\":\"vision-02\"}");
    awaitRecord("inference p/l/v2 2");
    await("rejected").atMost(PATIENCE).until(() -> status(adapter, 0).rejected() == 5_003);
    assertThat(records.records)
        .contains(
            "reject TOO_LARGE " + TOPIC + "/samples",
            "reject UNKNOWN_TOPIC " + TOPIC + "/firmware/blob",
            "reject UNKNOWN_TOPIC " + TOPIC,
            "reject MISSING_FIELD " + OTHER + "/inference");
    assertThat(status(adapter, 0).state()).isEqualTo(State.UP);
    assertThat(status(adapter, 0).reconnects()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedPasswordAsksForAPerson(MqttVersion version) {
    broker = Mosquitto.started(directory, "allow_anonymous false");
    MqttAdapter adapter = adapter(version, Optional.of(new Credentials("feedrate", "secret-7")));
    await("attention").atMost(PATIENCE).until(() -> status(adapter, 0).state() == State.ATTENTION);
    assertThat(adapter.links().toString()).contains("refused").doesNotContain("secret-7");
  }

  @Test
  void closingIsSafeWithoutStartAndTwiceAndWhileConnecting() {
    MqttAdapter never =
        new MqttAdapter(
            config(broker.url(), MqttVersion.V5, Optional.empty()),
            links(),
            NODES,
            records,
            () -> 0,
            handler -> {
              throw new MqttFailure("not called", false, new IllegalStateException());
            });
    never.close();
    never.close();
    MqttAdapter trying = adapter(MqttVersion.V5);
    trying.close();
    trying.close();
  }
}
