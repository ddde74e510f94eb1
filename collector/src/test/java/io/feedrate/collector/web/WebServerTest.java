package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** How the server behaves, apart from what it answers. */
class WebServerTest {

  @Test
  void every_answer_forbids_what_browsers_need_not_do() throws IOException {
    try (TestServer server = new TestServer()) {
      for (String path : List.of("/", "/api/v1/overview", "/metrics", "/nothing", "/healthz")) {
        var headers = server.get(path).headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
            .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
            .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
      }
    }
  }

  @Test
  void on_loopback_a_request_for_another_host_is_refused() throws IOException {
    try (TestServer server = new TestServer()) {
      assertThat(status(server, "evil.example")).contains(" 421 ");
      assertThat(status(server, "evil.example:" + server.port())).contains(" 421 ");
      assertThat(status(server, "127.0.0.1.evil.example")).contains(" 421 ");
      assertThat(status(server, "localhost:" + server.port())).contains(" 200 ");
      assertThat(status(server, "LOCALHOST")).contains(" 200 ");
      assertThat(status(server, "127.0.0.1")).contains(" 200 ");
      assertThat(status(server, "[::1]:8080")).contains(" 200 ");
    }
  }

  private static String status(TestServer server, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request = "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(answer.readLine());
    }
  }

  @Test
  void readiness_says_why_not_and_liveness_does_not_depend_on_it() throws IOException {
    try (TestServer server = new TestServer()) {
      assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
      server.plant.ready = false;
      HttpResponse<String> answer = server.get("/readyz");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("the journal's disk is full");
      server.plant.answering = false;
      assertThat(server.get("/readyz").statusCode()).isEqualTo(500);
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void an_internal_error_says_nothing_of_the_inside() throws IOException {
    try (TestServer server = new TestServer()) {
      server.plant.answering = false;
      HttpResponse<String> answer = server.get("/api/v1/overview");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).doesNotContain("Exception", "no snapshot can be made");
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void before_the_first_assessment_there_is_none() throws IOException {
    try (TestServer server = new TestServer()) {
      server.plant.assessed = false;
      assertThat(server.get("/api/v1/assessment").statusCode()).isEqualTo(503);
      assertThat(server.get("/metrics").body()).doesNotContain("feedrate_dimension");
    }
  }

  @Test
  void a_waiting_store_neither_stops_the_rest_nor_piles_up_requests() throws Exception {
    try (TestServer server = new TestServer()) {
      server.plant.store = new CountDownLatch(1);
      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        asked.add(
            server.client.sendAsync(
                server.request("/api/v1/completeness").build(), BodyHandlers.ofString()));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> asked.stream().filter(CompletableFuture::isDone).count() == 80 - 64);
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
      server.plant.store.countDown();
      List<Integer> statuses = new ArrayList<>();
      for (CompletableFuture<HttpResponse<String>> each : asked) {
        statuses.add(each.get().statusCode());
      }
      assertThat(statuses).filteredOn(s -> s == 200).hasSize(64);
      assertThat(statuses).filteredOn(s -> s == 503).hasSize(16);
      assertThat(server.get("/api/v1/completeness").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void page_files_are_revalidated_by_entity_tag_and_compressed() throws Exception {
    try (TestServer server = new TestServer()) {
      HttpResponse<String> first = server.get("/app/main.js");
      assertThat(first.headers().firstValue("Content-Type").orElse("")).contains("javascript");
      String tag = first.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again = server.get("/app/main.js", "If-None-Match", tag);
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      HttpResponse<byte[]> packed =
          server.client.send(
              server.request("/vendor/uPlot.esm.js").header("Accept-Encoding", "gzip").build(),
              BodyHandlers.ofByteArray());
      assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
      String plain =
          new String(
              new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(plain.length()).isGreaterThan(packed.body().length * 2);
    }
  }

  @Test
  void a_taken_port_is_said_and_closing_twice_is_safe() throws IOException {
    try (TestServer server = new TestServer()) {
      DemoPlant plant = new DemoPlant(Clock.systemUTC());
      assertThatThrownBy(() -> new TestServer(plant, server.port()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port());
      server.server.close();
    }
  }
}
