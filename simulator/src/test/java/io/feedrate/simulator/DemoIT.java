package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.cli.Feedrate;
import io.feedrate.collector.store.StoreReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code feedrate demo} as a newcomer meets it: the jar, in a process of its own. */
class DemoIT {
  private static final int TERMINATED = 143;
  private static final String PAGE = "Page: +(http://127\\.0\\.0\\.1:\\d+/)\\n";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @Test
  void measuresForTheTimeGivenAndGoesOnWhereItWasTheNextTime() throws Exception {
    Path data = directory.resolve("data");
    long began = System.nanoTime();
    try (Program demo = demo(data, "--for", "30s", "--port", "0")) {
      assertThat(get(demo.awaitOutput(PAGE))).contains("<title>Feedrate</title>");
      assertThat(demo.exitWithin(Duration.ofSeconds(80))).as(demo.output()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(30));
      assertTable(demo.output());
      assertThat(demo.output()).contains("replay --data " + data + " --verify");
    }
    verify(data);
    long first = lastResult(data);

    try (Program demo = demo(data, "--for", "10s", "--port", "0")) {
      assertThat(demo.exitWithin(Duration.ofSeconds(60))).as(demo.output()).isZero();
      assertTable(demo.output());
    }
    assertThat(lastResult(data)).isGreaterThan(first);
    verify(data);
  }

  @Test
  void terminatedDemoEndsInSecondsWithItsDataIntactThoughTheUsualPortWasTaken() throws Exception {
    Path data = directory.resolve("data");
    try (ServerSocket usual = takeIfFree(8080);
        Program demo = demo(data)) {
      URI page = URI.create(demo.awaitOutput(PAGE));
      assertThat(page.getPort()).isNotEqualTo(8080);
      assertThat(usual.isClosed()).isFalse();
      demo.awaitOutput("(cnc-05: UP)");

      try (Program second = demo(data, "--port", "0")) {
        assertThat(second.exitWithin(Duration.ofSeconds(30))).isEqualTo(2);
        assertThat(second.output()).contains("a collector runs on " + data);
      }

      demo.terminate();
      assertThat(demo.exitWithin(Duration.ofSeconds(8))).as(demo.output()).isEqualTo(TERMINATED);
      assertThat(demo.output()).doesNotContain("Exception").doesNotContain("ERROR");
    }
    verify(data);
  }

  @Test
  void takenPortThatWasAskedForIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Program demo = demo(directory, "--port", Integer.toString(taken.getLocalPort()))) {
      assertThat(demo.exitWithin(Duration.ofSeconds(40))).isEqualTo(1);
      assertThat(demo.output())
          .containsPattern("feedrate: .*" + taken.getLocalPort())
          .containsIgnoringCase("in use")
          .doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "demo --for soon          | 'soon' is not a time: write a number and its unit",
        "demo --for 0s            | '0s' is not a time",
        "demo --port 0 --for       | Missing required parameter for option '--for'",
        "demo --port http         | Invalid value for option '--port'",
        "demo --port 70000        | 70000 is not a port",
        "demo --port -1           | -1 is not a port",
        "demo --dta x             | Unknown options: '--dta'",
        "demo --data pom.xml      | pom.xml is not a directory",
        "demonstrate              | Unmatched argument at index 0: 'demonstrate'",
      })
  void wrongOptionIsExplainedAndNothingIsStarted(String arguments, String explanation) {
    StringWriter said = new StringWriter();
    CommandLine feedrate = Feedrate.commandLine();
    feedrate.setErr(new PrintWriter(said, true)).setOut(new PrintWriter(said, true));

    int code = feedrate.execute(arguments.trim().split(" "));

    assertThat(said.toString()).contains(explanation).doesNotContain("Simulated line");
    assertThat(code).isEqualTo(2);
  }

  /** All four dimensions with a score, and the KPIs of a line with their figures. */
  private static void assertTable(String output) {
    for (String dimension :
        List.of(
            "Data Foundation",
            "Model Capability",
            "Production Line Integration",
            "Human-Machine Collaboration")) {
      assertThat(output).containsPattern(dimension + " +\\d\\.\\d\\d to \\d\\.\\d\\d +\\d");
    }
    for (String kpi :
        List.of(
            "Sensor data completeness",
            "Timely completeness",
            "Source availability",
            "Range validity",
            "Inference availability",
            "Connected assets",
            "Advice decided in time")) {
      assertThat(output).containsPattern(kpi + " +\\d+(\\.\\d+)? %");
    }
    // Their figures need more updates than half a minute brings.
    assertThat(output).contains("Model update latency (median)", "Model updates on time");
    assertThat(output).containsPattern("Inference latency \\(95th +\\d+(\\.\\d+)? ms");
  }

  private void verify(Path data) throws InterruptedException {
    try (Program replay = Program.feedrate(directory, "replay", "--data", "" + data, "--verify")) {
      assertThat(replay.exitWithin(Duration.ofSeconds(60))).as(replay.output()).isZero();
      assertThat(replay.output())
          .containsPattern("equal +\\d[\\d,]* results")
          .contains("The store holds exactly what the journal says.");
    }
  }

  private static long lastResult(Path data) {
    try (StoreReader reader = StoreReader.open(data)) {
      return reader.rows().results();
    }
  }

  private Program demo(Path data, String... options) {
    String[] arguments = new String[3 + options.length];
    arguments[0] = "demo";
    arguments[1] = "--data";
    arguments[2] = data.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return Program.feedrate(directory, arguments);
  }

  /** Somebody has the port afterwards: this test, or who had it before. */
  private static ServerSocket takeIfFree(int port) throws IOException {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      return new ServerSocket(0);
    }
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }
}
