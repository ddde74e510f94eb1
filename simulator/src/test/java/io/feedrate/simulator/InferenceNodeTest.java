package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.ModelStage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The MQTT side of a line: its messages, and what each fault does to them. */
class InferenceNodeTest {
  private static final String NODE = "vision-01";
  private static SimulatedLine line;

  private BrokerListener listener;

  @BeforeAll
  static void startLine() {
    line = SimulatedLine.start(LinePlan.quiet().withSize(0, 1));
  }

  @AfterAll
  static void stopLine() {
    line.close();
  }

  @BeforeEach
  void listen() throws Exception {
    listener = new BrokerListener(line.brokerUrl());
  }

  @AfterEach
  void clear() throws Exception {
    line.truth().faults().forEach(line::clear);
    listener.close();
  }

  private List<JsonNode> awaitMessages(String leaf, int count) {
    await().until(() -> listener.of(NODE, leaf).size() >= count);
    return listener.json(NODE, leaf);
  }

  private static Instant time(JsonNode node) {
    return Instant.parse(node.get("time").textValue());
  }

  private List<Long> sequence() {
    return listener.json(NODE, "samples").stream().map(m -> m.get("seq").longValue()).toList();
  }

  @Test
  void samplesAreNumberedWithoutAGap() {
    awaitMessages("samples", 5);
    List<Long> sequence = sequence();
    assertThat(sequence)
        .isEqualTo(IntStream.range(0, sequence.size()).mapToObj(i -> sequence.get(0) + i).toList());
  }

  @Test
  void samplesKeepToTheContract() {
    JsonNode message = awaitMessages("samples", 2).get(1);
    for (JsonNode sample : message.get("samples")) {
      assertThat(sample.get("signal").isTextual()).isTrue();
      assertThat(time(sample)).isCloseTo(Instant.now(), within(Duration.ofSeconds(5)));
      assertThat(sample.get("value").isNumber() || sample.get("value").isTextual()).isTrue();
      assertThat(sample.get("quality").textValue()).isEqualTo("good");
    }
  }

  private static org.assertj.core.data.TemporalUnitOffset within(Duration duration) {
    return new org.assertj.core.data.TemporalUnitWithinOffset(
        duration.toMillis(), java.time.temporal.ChronoUnit.MILLIS);
  }

  @Test
  void heartbeatNamesTheLastSamplesMessage() {
    List<JsonNode> beats = awaitMessages("status", 3);
    JsonNode last = beats.get(beats.size() - 1);
    assertThat(last.get("online").booleanValue()).isTrue();
    assertThat(last.get("heartbeatMs").longValue()).isEqualTo(1_000);
    assertThat(sequence()).contains(last.get("seq").longValue());
  }

  @Test
  void inferencesKeepToTheContractAndAreCounted() {
    long before = line.truth().inferences(NODE, InferenceMode.PRODUCTION);
    JsonNode message = awaitMessages("inference", 10).get(0);
    assertThat(message.get("model").textValue()).isEqualTo("surface-defect");
    assertThat(message.get("version").isTextual()).isTrue();
    assertThat(message.get("digest").textValue()).matches("sha256:[0-9a-f]{64}");
    assertThat(message.get("latencyMs").doubleValue()).isPositive();
    assertThat(message.get("mode").textValue()).isIn("production", "shadow", "warmup");
    assertThat(line.truth().inferences(NODE, InferenceMode.PRODUCTION)).isGreaterThan(before);
  }

  @Test
  void approvedModelGoesThroughItsStagesAndServes() {
    String version = line.approve();
    Rollout rollout = line.truth().rollouts().get(line.truth().rollouts().size() - 1);
    await().until(() -> rollout.servedMs() != Rollout.NOT_SERVED);
    await().until(() -> rollout.stage() == ModelStage.CONFIRMED);
    assertThat(rollout.version()).isEqualTo(version);
    await().until(() -> stages(version).contains("CONFIRMED"));
    assertThat(stages(version))
        .containsExactly(
            "ANNOUNCED", "DOWNLOADING", "DOWNLOADED", "VERIFIED", "LOADING", "LOADED", "CONFIRMED");
    assertThat(listener.json("registry", "model"))
        .anyMatch(
            m ->
                m.get("stage").textValue().equals("APPROVED")
                    && m.get("version").textValue().equals(version)
                    && time(m).toEpochMilli() == rollout.approvedMs());
    List<JsonNode> ofVersion =
        listener.json(NODE, "inference").stream()
            .filter(m -> m.get("version").textValue().equals(version))
            .toList();
    assertThat(ofVersion.stream().limit(4).map(m -> m.get("mode").textValue()))
        .containsExactly("warmup", "warmup", "warmup", "production");
    assertThat(time(ofVersion.get(3)).toEpochMilli()).isEqualTo(rollout.servedMs());
  }

  private List<String> stages(String version) {
    return listener.json(NODE, "model").stream()
        .filter(m -> m.get("version").textValue().equals(version))
        .map(m -> m.get("stage").textValue())
        .toList();
  }

  @Test
  void stalledDownloadStaysPendingUntilCleared() {
    ActiveFault fault = line.inject(new Fault.StallDownload(NODE));
    String version = line.approve();
    await().until(() -> stages(version).contains("DOWNLOADING"));
    awaitMessages("samples", listener.of(NODE, "samples").size() + 3);
    assertThat(stages(version)).containsExactly("ANNOUNCED", "DOWNLOADING");
    line.clear(fault);
    await().until(() -> stages(version).contains("LOADED"));
  }

  @Test
  void newerVersionSupersedesOneThatDoesNotServe() {
    line.inject(new Fault.StallDownload(NODE));
    line.approve();
    Rollout older = line.truth().rollouts().get(line.truth().rollouts().size() - 1);
    line.approve();
    assertThat(older.superseded()).isTrue();
    assertThat(older.servedMs()).isEqualTo(Rollout.NOT_SERVED);
  }

  @Test
  void lostMessagesLeaveGapsOfExactlyTheirNumber() {
    awaitMessages("samples", 1);
    ActiveFault fault = line.inject(new Fault.LoseMessages(NODE, 2));
    await().until(() -> fault.messages() >= 3);
    line.clear(fault);
    int seen = listener.of(NODE, "samples").size();
    awaitMessages("samples", seen + 2);
    List<Long> sequence = sequence();
    long missing = sequence.get(sequence.size() - 1) - sequence.get(0) + 1 - sequence.size();
    assertThat(fault.messages()).isEqualTo(missing);
  }

  @Test
  void duplicatedMessagesComeTwice() {
    ActiveFault fault = line.inject(new Fault.Duplicate(NODE));
    await().until(() -> fault.messages() > 20);
    line.clear(fault);
    List<Long> sequence = sequence();
    assertThat(sequence.size() - sequence.stream().distinct().count()).isPositive();
    assertThat(fault.slots()).isZero();
  }

  @Test
  void delayedMessagesComeLaterAndInOrder() {
    ActiveFault fault = line.inject(new Fault.Delay(NODE, Duration.ofSeconds(2)));
    listener.forget();
    List<JsonNode> late = awaitMessages("samples", 2);
    Instant received = Instant.ofEpochMilli(listener.of(NODE, "samples").get(1).atMs());
    assertThat(Duration.between(time(late.get(1).get("samples").get(0)), received))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
    assertThat(listener.of(NODE, "status")).isNotEmpty();
    line.clear(fault);
    int seen = listener.of(NODE, "samples").size();
    awaitMessages("samples", seen + 6);
    assertThat(sequence()).isSorted().doesNotHaveDuplicates();
    assertThat(fault.slots()).isPositive();
  }

  @Test
  void steppedClockShowsInSamplesAndHeartbeats() {
    line.inject(new Fault.StepClock(NODE, Duration.ofMinutes(3)));
    listener.forget();
    Instant expected = Instant.now().plusSeconds(180);
    Duration close = Duration.ofSeconds(5);
    assertThat(time(awaitMessages("status", 1).get(0))).isCloseTo(expected, within(close));
    assertThat(time(awaitMessages("samples", 1).get(0).get("samples").get(0)))
        .isCloseTo(expected, within(close));
  }

  @Test
  void wrongValueSpoilsOnlyItsOwnSignal() {
    line.inject(new Fault.WrongValues(NODE, "gpu-load", Fault.Nonsense.TEXT));
    listener.forget();
    JsonNode samples = awaitMessages("samples", 1).get(0).get("samples");
    for (JsonNode sample : samples) {
      if (sample.get("signal").textValue().equals("gpu-load")) {
        assertThat(sample.get("value").textValue()).isEqualTo("out of order");
      } else if (!sample.get("signal").textValue().equals("lens-state")) {
        assertThat(sample.get("value").isNumber()).isTrue();
      }
    }
  }

  @Test
  void everyKindOfGarbageIsDelivered() {
    listener.forget();
    for (Fault.Junk kind : Fault.Junk.values()) {
      ActiveFault fault = line.inject(new Fault.Garbage(NODE, kind));
      assertThat(fault.messages()).as(kind.name()).isEqualTo(1);
    }
    await()
        .untilAsserted(
            () -> {
              List<String> payloads =
                  listener.of(NODE, "samples").stream()
                      .map(BrokerListener.Received::payload)
                      .toList();
              assertThat(payloads)
                  .anyMatch(String::isEmpty)
                  .anyMatch(text -> text.length() == 10 * 1024 * 1024)
                  .anyMatch(text -> text.startsWith("[[[["))
                  .anyMatch(text -> text.contains("no-such-signal"));
              assertThat(listener.of(NODE, "no-such-topic")).hasSize(1);
            });
  }

  @Test
  void cutCableLeavesTheWillBehindAndAGapInTheSequence() {
    awaitMessages("samples", 2);
    ActiveFault fault = line.inject(new Fault.CutCable(NODE, false));
    await()
        .until(
            () ->
                listener.json(NODE, "status").stream()
                    .anyMatch(m -> !m.get("online").booleanValue()));
    await().until(() -> fault.messages() > 5);
    List<Long> before = sequence();
    line.clear(fault);
    awaitMessages("samples", before.size() + 2);
    List<Long> after = sequence();
    assertThat(after.get(before.size()) - after.get(before.size() - 1)).isGreaterThan(1);
    assertThat(fault.lost()).isPositive();
  }
}
