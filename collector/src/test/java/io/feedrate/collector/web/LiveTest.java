package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The live stream over real HTTP. */
@Timeout(60)
class LiveTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void the_first_event_is_everything_and_the_next_ones_are_what_changed() throws Exception {
    try (TestServer server = new TestServer();
        Stream stream = new Stream(server)) {
      Event first = stream.next();
      assertThat(first.name).isEqualTo("snapshot");
      assertThat(first.data.fieldNames())
          .toIterable()
          .contains("time", "gateway", "health", "nodes", "links", "rejects", "updates", "assets");
      assertThat(first.data.get("assets").size()).isEqualTo(9);
      Event second = stream.next();
      assertThat(second.name).isEqualTo("update");
      assertThat(second.data.has("gateway")).isFalse();
      assertThat(first.data.at("/seconds/assets/0/usable").size()).isEqualTo(60);
      Event later = second;
      while (!later.data.has("seconds")) {
        later = stream.next();
      }
      assertThat(later.data.at("/seconds/assets/0/usable").size()).isBetween(2, 20);
      assertThat(second.data.at("/health/records").asLong())
          .isGreaterThan(first.data.at("/health/records").asLong());
    }
  }

  @Test
  void whoever_comes_again_gets_everything_again() throws Exception {
    try (TestServer server = new TestServer()) {
      try (Stream stream = new Stream(server)) {
        assertThat(stream.next().name).isEqualTo("snapshot");
        assertThat(stream.next().name).isEqualTo("update");
      }
      try (Stream stream = new Stream(server)) {
        assertThat(stream.next().name).isEqualTo("snapshot");
      }
    }
  }

  @Test
  void heartbeats_come_even_when_no_state_can_be_had() throws Exception {
    try (TestServer server = new TestServer();
        Stream stream = new Stream(server)) {
      stream.next();
      server.plant.answering = false;
      stream.awaitComments(2);
      server.plant.answering = true;
      assertThat(stream.next().data.has("time")).isTrue();
    }
  }

  @Test
  void a_client_that_does_not_read_misses_updates_which_are_counted() throws Exception {
    try (TestServer server = new TestServer();
        Socket lazy = new Socket()) {
      server.plant.padding = "x".repeat(4_000_000);
      lazy.setReceiveBufferSize(4096);
      lazy.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      String request = "GET /api/v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
      lazy.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(metric(server, "dropped_total")).isGreaterThan(1));
      assertThat(metric(server, "clients")).isEqualTo(1);
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void who_is_gone_is_forgotten() throws Exception {
    try (TestServer server = new TestServer()) {
      try (Stream stream = new Stream(server)) {
        stream.next();
        assertThat(metric(server, "clients")).isEqualTo(1);
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(metric(server, "clients")).isZero());
    }
  }

  private static double metric(TestServer server, String name) {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(l -> l.startsWith("feedrate_http_live_" + name + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(l.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private record Event(String name, JsonNode data) {}

  /** Reads events. */
  private static final class Stream implements AutoCloseable {
    private final InputStream in;
    private final BufferedReader lines;
    private int comments;

    Stream(TestServer server) throws IOException, InterruptedException {
      HttpResponse<InputStream> answer =
          server.client.send(server.request("/api/v1/live").build(), BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      in = answer.body();
      lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    Event next() throws IOException {
      String name = "";
      while (true) {
        String line = line();
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          return new Event(name, JSON.readTree(line.substring("data: ".length())));
        }
      }
    }

    void awaitComments(int more) throws IOException {
      int enough = comments + more;
      while (comments < enough) {
        line();
      }
    }

    private String line() throws IOException {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the stream ended");
      }
      comments += line.startsWith(":") ? 1 : 0;
      return line;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
