package io.feedrate.collector.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.config.GatewayConfig.InfluxConfig;
import io.feedrate.collector.sink.SinkStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink against VictoriaMetrics, which speaks the write API of InfluxDB. */
final class InfluxSinkIT {
  private static final int SUBJECTS = 40;
  private static final RetryPolicy RETRY =
      new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(200));

  private final ResultFixtures.MemoryFeed feed = new ResultFixtures.MemoryFeed();
  private int stored;

  @Test
  void everyResultArrivesOnceThoughTheServerIsStoppedAndKilledInBetween(@TempDir Path folder)
      throws Exception {
    try (VictoriaMetrics server = new VictoriaMetrics(folder);
        InfluxSink sink = sink(server)) {
      // A server that stops under load
      store(30_000);
      sink.start();
      await().until(() -> sink.status().delivered() >= InfluxSink.BATCH_LINES);
      server.stop();
      store(5_000);
      sink.resultsStored();
      await().until(() -> sink.status().state() == SinkStatus.State.RETRYING);
      server.start();
      awaitDelivered(sink);
      assertThatServerHasEveryResultOnce(server);

      // A server that is killed, and results while it is away
      server.kill();
      store(7_000);
      sink.resultsStored();
      await().until(() -> sink.status().state() == SinkStatus.State.RETRYING);
      assertThat(sink.status().backlog()).isEqualTo(7_000);
      server.start();
      awaitDelivered(sink);
      assertThatServerHasEveryResultOnce(server);
      assertThat(sink.status())
          .returns(42_000L, SinkStatus::delivered)
          .returns(0L, SinkStatus::refused);
    }
  }

  @Test
  void aNewSinkGoesOnWhereTheFormerOneWas(@TempDir Path folder) throws Exception {
    try (VictoriaMetrics server = new VictoriaMetrics(folder)) {
      store(1_000);
      try (InfluxSink first = sink(server)) {
        first.start();
        awaitDelivered(first);
      }
      store(500);
      try (InfluxSink second = sink(server)) {
        second.start();
        awaitDelivered(second);
        assertThat(second.status().delivered()).isEqualTo(500);
      }
      assertThatServerHasEveryResultOnce(server);
    }
  }

  private void store(int results) {
    for (int i = 0; i < results; i++, stored++) {
      feed.add(
          ResultFixtures.result("plant/m" + stored % SUBJECTS, stored / SUBJECTS, stored + 1L, 1));
    }
  }

  private void awaitDelivered(InfluxSink sink) {
    await().atMost(Duration.ofSeconds(60)).until(() -> sink.status().backlog() == 0);
  }

  /** Counts and sums are taken on both sides. */
  private void assertThatServerHasEveryResultOnce(VictoriaMetrics server) throws Exception {
    List<VictoriaMetrics.Series> series = server.export("completeness_good");
    assertThat(series).hasSize(SUBJECTS);
    assertThat(series).allMatch(one -> one.label("subject").startsWith("plant/m"));
    assertThat(series.stream().mapToLong(one -> one.values().size()).sum()).isEqualTo(stored);
    assertThat(series)
        .allMatch(one -> one.timestamps().stream().distinct().count() == one.values().size());
    double sum = series.stream().flatMap(one -> one.values().stream()).mapToDouble(v -> v).sum();
    assertThat(sum).isEqualTo(stored * (stored + 1.0) / 2);
  }

  private InfluxSink sink(VictoriaMetrics server) {
    return new InfluxSink(
        new InfluxConfig(server.url(), "plant", "feedrate", "secret"),
        feed,
        new LineProtocol(List.of(ResultFixtures.COMPLETENESS), ResultFixtures.REGISTER),
        RETRY,
        Clock.systemUTC());
  }
}
