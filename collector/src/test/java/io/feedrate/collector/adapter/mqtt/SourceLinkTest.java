package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.config.GatewayConfig.MqttSource;
import io.feedrate.collector.journal.SampleBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SourceLinkTest {
  private static final long NOW_NS = 1_000_000_000L;

  private final RecordedRecords records = new RecordedRecords();
  private final SourceLink link = link("a/b", "p/l/v1");
  private final Routes routes = new Routes(List.of(link, link("a", "")));

  @BeforeEach
  void connect() {
    link.liveness().onBrokerConnected(NOW_NS);
  }

  private SourceLink link(String topic, String node) {
    MqttLink config =
        new MqttLink(
            0, new MqttSource(topic, Optional.empty(), "plant", topic), node, Samples.SIGNALS);
    return new SourceLink(config, Map.of("v2", "p/l/v2"), records, NOW_NS);
  }

  private LinkStatus send(String topic, String payload, boolean retained) {
    Route route = Objects.requireNonNull(routes.find(topic));
    byte[] bytes = payload.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    route.link().onMessage(route, topic, bytes, retained, NOW_NS);
    LinkStatus status = route.link().status("tcp://b:1883", 0);
    assertThat(status.received()).isEqualTo(status.journaled() + status.rejected());
    return status;
  }

  @Test
  void aMessageOfMoreSamplesThanABatchHoldsIsJournaledInParts() {
    int count = 2 * SampleBatch.CAPACITY + 5;
    String sample = "{'signal':'lamp-on','value':1},";
    LinkStatus status =
        send("a/b/samples", "{'seq':1,'samples':[" + sample.repeat(count) + "1]}", false);
    assertThat(status.journaled()).isEqualTo(count);
    assertThat(status.rejected()).isEqualTo(1);
    assertThat(records.records)
        .containsExactly(
            "UP",
            "samples 0 4096",
            "samples 0 4096",
            "reject MALFORMED a/b/samples",
            "samples 0 5");
  }

  @Test
  void aMessageThatTheJournalCouldNotTakeIsTakenWholeTheNextTime() {
    String message = "{'seq':1,'samples':[{'signal':'lamp-on','value':1}]}";
    records.full = true;
    assertThatThrownBy(() -> send("a/b/samples", message, false))
        .isInstanceOf(MqttRecords.JournalFailure.class);
    records.full = false;
    assertThat(send("a/b/samples", message, false).journaled()).isEqualTo(1);
    assertThat(records.records).containsExactly("UP", "samples 0 1");
  }

  @Test
  void nodesAreJournaledByTheirPath() {
    send("a/b/model", "{'model':'m','version':1,'stage':'LOADED'}", false);
    send("a/b/model", "{'model':'m','version':1,'stage':'APPROVED','node':'v2'}", false);
    send("a/b/model", "{'model':'m','version':1,'stage':'APPROVED','node':'v3'}", false);
    send("a/model", "{'model':'m','version':1,'stage':'APPROVED'}", false);
    send("a/b/event", "{'event':'alarm-raised','id':'A1'}", false);
    send("a/b/event", "{'event':'part-produced','node':'v2'}", false);
    send("a/event", "{'event':'part-produced'}", false);
    assertThat(records.records)
        .containsExactly(
            "UP",
            "model LOADED p/l/v1",
            "model APPROVED p/l/v2",
            "reject UNKNOWN_TOPIC a/b/model",
            "reject MISSING_FIELD a/model",
            "event ALARM_RAISED p/l/v1 A1",
            "event PART_PRODUCED p/l/v2 ",
            "reject MISSING_FIELD a/event");
  }

  @Test
  void retainedModelEventsAreKeptAndOtherOldDataIsNot() {
    send("a/b/model", "{'model':'m','version':1,'stage':'APPROVED'}", true);
    send("a/b/inference", "{'model':'m','version':1}", true);
    send("a/b/advice", "{'adviceId':'x','event':'SHOWN'}", true);
    send("a/b/event", "{'event':'action'}", true);
    assertThat(records.records)
        .containsExactly(
            "model APPROVED p/l/v1",
            "reject MALFORMED a/b/inference",
            "reject MALFORMED a/b/advice",
            "reject MALFORMED a/b/event");
  }

  @Test
  void aTopicBelongsToTheSourceWithTheLongestTopic() {
    assertThat(send("a/b/c/d", "", false).name()).isEqualTo("a/b");
    assertThat(send("a/c", "", false).name()).isEqualTo("a");
    assertThat(send("a/bc/samples", "", false).name()).isEqualTo("a");
    assertThat(routes.find("x/samples")).isNull();
    assertThat(routes.filters()).containsExactly("a/b/#", "a/#");
  }

  @Test
  void anInvalidSampleIsJournaledAndSaysWhyOnThePage() {
    send("a/b/samples", "{'samples':[{'signal':'lamp-on','value':'on'}]}", false);
    assertThat(link.status("tcp://b:1883", 0).detail())
        .isEqualTo("last trouble: p/line/vision-01/lamp-on: value is a text");
  }

  @Test
  void whatOthersWriteIsShownInShort() {
    send("a/b/status", "{'online':true}", false);
    send("a/b/samples", "{'samples':[{'signal':'" + "x".repeat(900_000) + "'}]}", false);
    assertThat(link.status("tcp://b:1883", 0).detail()).hasSizeLessThan(400);
  }
}
