package io.feedrate.collector.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.feedrate.collector.config.GatewayConfig.InfluxConfig;
import io.feedrate.collector.sink.SinkStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sink against a server that misbehaves on demand, over real HTTP. */
final class InfluxSinkTest {
  private static final RetryPolicy FAST =
      new RetryPolicy(Duration.ofMillis(2), Duration.ofMillis(20));

  private final ResultFixtures.MemoryFeed feed = new ResultFixtures.MemoryFeed();
  private final Set<String> stored = Collections.synchronizedSet(new TreeSet<>());
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int answerWith = 204;
  private HttpServer server;
  private InfluxSink sink;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/api/v2/write", this::answer);
    server.start();
    sink = sink(FAST);
  }

  @AfterEach
  void stop() {
    sink.close();
    server.stop(0);
  }

  @Test
  void everyResultArrivesInBatchesAndTheCursorMoves() {
    for (int i = 0; i < 12_000; i++) {
      feed.add(ResultFixtures.result("s", i, i, 1));
    }
    sink.start();

    await().until(() -> feed.cursor(InfluxSink.NAME) == 12_000);
    assertThat(stored).hasSize(12_000);
    assertThat(requests).hasValue(3);
    assertThat(sink.status())
        .returns(12_000L, SinkStatus::delivered)
        .returns(0L, SinkStatus::backlog)
        .returns(SinkStatus.NONE, SinkStatus::oldestPendingNs)
        .returns(SinkStatus.State.OK, SinkStatus::state);
  }

  @Test
  void aNewResultGoesOutWhenTheSinkIsTold() {
    sink.start();
    feed.add(ResultFixtures.result("s", 1, 1, 0));
    sink.resultsStored();
    await().atMost(Duration.ofSeconds(5)).until(() -> stored.size() == 1);
  }

  @Test
  void linesThatTheServerRefusesAreCountedAndTheOthersArrive() {
    for (int i = 0; i < 1000; i++) {
      feed.add(ResultFixtures.result(i % 400 == 399 ? "bad" : "good", i, 1, 0));
    }
    sink.start();

    await().until(() -> feed.cursor(InfluxSink.NAME) == 1000);
    assertThat(stored).hasSize(998).noneMatch(line -> line.contains("bad"));
    assertThat(sink.status())
        .returns(2L, SinkStatus::refused)
        .returns(998L, SinkStatus::delivered)
        .returns(SinkStatus.State.OK, SinkStatus::state);
    assertThat(sink.status().lastError()).contains("HTTP 400", "field type conflict", "=bad");
  }

  @Test
  void anOverloadedServerGetsTheSameBatchAgain() {
    answerWith = 503;
    feed.add(ResultFixtures.result("s", 1, 1, 0));
    sink.start();

    await().until(() -> sink.status().retries() >= 3);
    assertThat(sink.status())
        .returns(SinkStatus.State.RETRYING, SinkStatus::state)
        .returns(1L, SinkStatus::backlog)
        .returns(
            ResultFixtures.START_NS + 2 * ResultFixtures.MINUTE_NS, SinkStatus::oldestPendingNs);
    assertThat(feed.cursor(InfluxSink.NAME)).isZero();

    answerWith = 204;
    await().until(() -> feed.cursor(InfluxSink.NAME) == 1);
    assertThat(stored).hasSize(1);
    assertThat(sink.status().state()).isEqualTo(SinkStatus.State.OK);
  }

  @Test
  void aRefusedTokenAsksForAPersonAndLosesNothing() {
    answerWith = 401;
    feed.add(ResultFixtures.result("s", 1, 1, 0));
    sink.start();

    await().until(() -> sink.status().state() == SinkStatus.State.ATTENTION);
    assertThat(sink.status().lastError()).contains("HTTP 401").doesNotContain("secret");
    answerWith = 204;
    await().until(() -> stored.size() == 1);
  }

  @Test
  void aServerThatIsNotThereIsTriedAgainAndClosingDoesNotWaitForIt() {
    server.stop(0);
    sink.close();
    sink = sink(RetryPolicy.DEFAULT);
    feed.add(ResultFixtures.result("s", 1, 1, 0));
    sink.start();

    await().until(() -> sink.status().state() == SinkStatus.State.RETRYING);
    long before = System.nanoTime();
    sink.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(sink.status().state()).isEqualTo(SinkStatus.State.CLOSED);
  }

  @Test
  void closingIsSafeWithoutStartAndTwice() {
    sink.close();
    sink.close();
    assertThatThrownBy(sink::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void waitsGrowAndStayWithinBounds() {
    RetryPolicy policy = RetryPolicy.DEFAULT;
    SplittableRandom random = new SplittableRandom(7);
    for (int failures = 1; failures < 100; failures++) {
      long most = Math.min(500L << Math.min(failures - 1, 30), 60_000);
      assertThat(policy.delay(failures, random).toMillis()).isBetween(most / 2, most);
    }
  }

  private InfluxSink sink(RetryPolicy retry) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new InfluxSink(
        new InfluxConfig(url, "plant", "feedrate", "secret"),
        feed,
        new LineProtocol(List.of(ResultFixtures.COMPLETENESS), ResultFixtures.REGISTER),
        retry,
        Clock.systemUTC());
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange;
        GZIPInputStream body = new GZIPInputStream(exchange.getRequestBody())) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      if (answerWith != 204) {
        respond(exchange, answerWith, "not now");
      } else if (text.contains("subject=bad")) {
        respond(exchange, 400, "partial write: field type conflict");
      } else {
        stored.addAll(text.lines().toList());
        exchange.sendResponseHeaders(204, -1);
      }
    }
  }

  private static void respond(HttpExchange exchange, int status, String message)
      throws IOException {
    byte[] body =
        "{\"code\":\"x\",\"message\":\"%s\"}".formatted(message).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
