package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Prometheus' own judge of the metrics. */
class PromtoolIT {

  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  @Test
  void promtool_finds_nothing_to_object_to() throws IOException, InterruptedException {
    assertThat(PROMTOOL)
        .as("promtool is needed: apt-get install prometheus, as ./check does")
        .isExecutable();
    try (TestServer server = new TestServer()) {
      Path metrics = Files.createTempFile("metrics", ".txt");
      Path said = Files.createTempFile("promtool", ".txt");
      try {
        // JVM meters are Micrometer's; the names and help texts judged here are ours.
        Files.writeString(metrics, server.get("/metrics").body(), StandardCharsets.UTF_8);
        Process process =
            new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                .redirectInput(metrics.toFile())
                .redirectOutput(said.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(said)).filteredOn(l -> l.startsWith("feedrate")).isEmpty();
        assertThat(process.exitValue()).as(Files.readString(said)).isIn(0, 3);
      } finally {
        Files.delete(metrics);
        Files.delete(said);
      }
    }
  }
}
