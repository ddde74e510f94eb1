package io.feedrate.collector.sink.influx;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The Debian package victoria-metrics as a process: a server of the InfluxDB API by others. */
final class VictoriaMetrics implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final Path folder;
  private final int port;
  private Process process;

  VictoriaMetrics(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    start();
  }

  /** Starts it on the same data and port as before. */
  void start() throws IOException {
    process =
        new ProcessBuilder(
                "victoria-metrics",
                "-httpListenAddr=127.0.0.1:" + port,
                "-storageDataPath=" + folder.resolve("data"),
                "-retentionPeriod=100y",
                "-search.latencyOffset=0s",
                "-memory.allowedPercent=10",
                // As in InfluxDB, a repeated point is one point.
                "-dedup.minScrapeInterval=1ms",
                "-loggerLevel=WARN")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
            .start();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> get("/health").equals("OK"));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Ends it the polite way: what it confirmed is on its disk. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  /**
   * Kills it. It confirms a write seconds before it is on the disk, unlike InfluxDB: what it has
   * confirmed so far is made durable first, so that the test is of the sink and not of the server.
   */
  void kill() throws IOException, InterruptedException {
    get("/snapshot/create");
    process.destroyForcibly();
    process.onExit().join();
  }

  /** All series whose name matches, with all their values. */
  List<Series> export(String nameRegex) throws IOException, InterruptedException {
    get("/internal/force_flush");
    String match = URLEncoder.encode("{__name__=~\"" + nameRegex + "\"}", StandardCharsets.UTF_8);
    List<Series> all = new ArrayList<>();
    for (String line : get("/api/v1/export?start=0&match[]=" + match).lines().toList()) {
      all.add(json.readValue(line, Series.class));
    }
    return all;
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path.replace("[]", "%5B%5D")))
            .timeout(Duration.ofSeconds(20))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** One line of an export. */
  record Series(JsonNode metric, List<Double> values, List<Long> timestamps) {
    String label(String name) {
      return metric.path(name).asText();
    }
  }
}
