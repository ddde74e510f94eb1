package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.Collector;
import io.feedrate.collector.config.ConfigLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The line of the demo with a collector, a Prometheus that scrapes it and a VictoriaMetrics that
 * gets its results. Started when the first test wants it, for all that come after it.
 */
final class RunningPlant implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path directory;
  private final Program prometheus;
  private final URI prometheusUrl;
  private final Program victoria;
  private final URI victoriaUrl;
  private final SimulatedLine line;
  private final Collector collector;

  /** Gives the running plant to the tests that have it as a parameter. */
  static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RunningPlant.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(RunningPlant.class))
          .computeIfAbsent(RunningPlant.class);
    }
  }

  /** Starts everything; JUnit calls it. */
  RunningPlant() {
    try {
      directory = Files.createTempDirectory("plant");
      int port = Program.freePort();
      // First, so that it sees the counters from their beginning.
      prometheusUrl = URI.create("http://127.0.0.1:" + Program.freePort());
      prometheus = startPrometheus("127.0.0.1:" + port);
      victoriaUrl = URI.create("http://127.0.0.1:" + Program.freePort());
      victoria = startVictoria();
      line = SimulatedLine.start(LinePlan.demo());
      collector = Collector.start(ConfigLoader.load(config(port)), "test");
    } catch (Exception e) {
      throw new IllegalStateException("the plant does not start", e);
    }
  }

  /** The repository's configuration, with this collector as its target and shorter intervals. */
  private Program startPrometheus(String target) throws IOException {
    String template = Files.readString(root().resolve("config/prometheus.yml"));
    assertThat(template).contains("targets: [collector:8080]", "scrape_interval: 5s");
    Path file = directory.resolve("prometheus.yml");
    Files.writeString(
        file,
        template
            .replace("collector:8080", target)
            .replace("scrape_interval: 5s", "scrape_interval: 1s"));
    return Program.start(
        directory,
        List.of(
            "prometheus",
            "--config.file=" + file,
            "--storage.tsdb.path=" + directory.resolve("prometheus"),
            "--web.listen-address=" + prometheusUrl.getAuthority(),
            "--log.level=warn"));
  }

  private Program startVictoria() {
    return Program.start(
        directory,
        List.of(
            "victoria-metrics",
            "-httpListenAddr=" + victoriaUrl.getAuthority(),
            "-storageDataPath=" + directory.resolve("victoria"),
            "-retentionPeriod=100y",
            "-search.latencyOffset=0s",
            "-memory.allowedPercent=10",
            // As in InfluxDB, a repeated point is one point.
            "-dedup.minScrapeInterval=1ms",
            "-loggerLevel=WARN"));
  }

  private Path config(int port) throws IOException {
    Path file = directory.resolve("gateway.yaml");
    String yaml =
        LineConfig.gatewayYaml(
            line, LineConfig.Options.demo(directory.resolve("data"), "127.0.0.1:" + port));
    Files.writeString(
        file, yaml + "\ninflux:\n  url: " + victoriaUrl + "\n  org: plant\n  bucket: feedrate\n");
    return file;
  }

  /** The folder with the Maven wrapper, above the module. */
  static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  /** The collector itself. */
  Collector collector() {
    return collector;
  }

  /** Where page and API are. */
  String page() {
    return "http://127.0.0.1:" + collector.address().port();
  }

  /** What the API answers. */
  JsonNode api(String path) {
    return json(page() + path);
  }

  /** What Prometheus says to this PromQL: a list of series with their values. */
  JsonNode query(String promQl) {
    return query(promQl, System.currentTimeMillis() / 1e3);
  }

  /** The same as of a time, in epoch seconds. */
  JsonNode query(String promQl, double time) {
    JsonNode answer =
        json(
            prometheusUrl
                + String.format(
                    Locale.ROOT, "/api/v1/query?query=%s&time=%.3f", encoded(promQl), time));
    assertThat(answer.path("status").asText()).as("%s: %s", promQl, answer).isEqualTo("success");
    return answer.path("data").path("result");
  }

  /** Another question to Prometheus. */
  JsonNode prometheus(String path) {
    return json(prometheusUrl + path).path("data");
  }

  /** All points of the series with this name, one JSON per series. */
  List<JsonNode> export(String name) {
    get(victoriaUrl + "/internal/force_flush");
    String match = encoded("{__name__=\"" + name + "\"}");
    return get(victoriaUrl + "/api/v1/export?start=0&match%5B%5D=" + match)
        .lines()
        .map(RunningPlant::parse)
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode json(String url) {
    return parse(get(url));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private String get(String url) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as("%s: %s", url, response.body()).isLessThan(300);
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    collector.close();
    line.close();
    prometheus.close();
    victoria.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
