package io.feedrate.collector.adapter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.feedrate.collector.config.GatewayConfig.MqttSource;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the payload to the journal: nothing of our own is allocated for a sample. */
final class SamplesAllocationTest {
  private static final int WARM_UP = 20_000;
  private static final int MESSAGES = 20_000;
  private static final int SAMPLES_EACH = 4;

  @Test
  void samplesMessagesAreJournaledWithoutAllocation(@TempDir Path directory) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    EpochClock clock = new EpochClock();
    try (Journal journal = Journal.open(directory, clock)) {
      MqttLink config =
          new MqttLink(
              0, new MqttSource("vision-01", Optional.empty(), "plant", "t"), "p", Samples.SIGNALS);
      SourceLink link =
          new SourceLink(config, Map.of(), new JournalRecords(journal), clock.nowNs());
      Routes routes = new Routes(List.of(link));
      byte[][] payloads = payloads();
      link.liveness().onBrokerConnected(clock.nowNs());
      send(link, routes, payloads, 0, WARM_UP, clock);

      long before = threads.getCurrentThreadAllocatedBytes();
      send(link, routes, payloads, WARM_UP, WARM_UP + MESSAGES, clock);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;

      int samples = MESSAGES * SAMPLES_EACH;
      System.out.printf("allocated %d B for %d samples%n", allocated, samples);
      assertThat(link.status("", 0).journaled())
          .isEqualTo((long) (WARM_UP + MESSAGES) * SAMPLES_EACH);
      assertThat(link.status("", 0).rejected()).isZero();
      assertThat((double) allocated / samples).isLessThan(1.0); // the journal's files, the JIT
    }
  }

  private static void send(
      SourceLink link, Routes routes, byte[][] payloads, int from, int to, EpochClock clock) {
    String topic = "t/samples";
    for (int i = from; i < to; i++) {
      Route route = routes.find(topic);
      if (route != null) {
        link.onMessage(route, topic, payloads[i], false, clock.nowNs());
      }
    }
  }

  private static byte[][] payloads() {
    byte[][] payloads = new byte[WARM_UP + MESSAGES][];
    for (int i = 0; i < payloads.length; i++) {
      String json =
          """
          {"seq":%d,"samples":[
          {"signal":"camera-temperature","time":"2026-11-22T10:00:00.123Z","value":%s,"quality":"good"},
          {"signal":"camera-temperature","time":%d,"value":41.20384756123456},
          {"signal":"lamp-on","time":"2026-11-22T11:00:00.123456+01:00","value":true,"quality":192},
          {"signal":"camera-temperature","time":"2026-11-22T10:00:01Z","value":NaN}]}"""
              .formatted(i, i / 7.0, 1_795_341_600_123L + i);
      payloads[i] = json.getBytes(StandardCharsets.UTF_8);
    }
    return payloads;
  }
}
