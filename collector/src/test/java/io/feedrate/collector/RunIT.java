package io.feedrate.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.cli.Feedrate;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.engine.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
class RunIT {
  private static final int TERMINATED = 143;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @Test
  void terminatedCollectorCommitsAndEndsWithinSeconds() throws Exception {
    Path config = directory.resolve("gateway.yaml");
    Path log = directory.resolve("log");
    Files.writeString(
        config,
        """
        gateway:
          id: gw
          data: data
          http: 127.0.0.1:0
        site: acme/here
        kpi:
          window: 1s
          lateness: 1s
          model-update-deadline: 1h
        sources:
          cnc:
            opcua:
              endpoint: opc.tcp://127.0.0.1:1
        assets:
          - name: cnc
            line: line
            kind: machine
            source: cnc
            signals:
              - name: speed
                node: ns=1;s=Speed
                unit: 1/min
                period: 100ms
                mode: periodic
        """);
    Process process = ChildJvm.start(log, Feedrate.class, "run", "-c", config.toString());
    await().atMost(60, TimeUnit.SECONDS).until(() -> Files.readString(log).contains("gw runs"));

    process.destroy();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(Files.readString(log)).isTrue();
    assertThat(process.exitValue()).isEqualTo(TERMINATED);
    Replay.Report report = Replay.run(directory.resolve("data"), true, RegisterJson::read);
    assertThat(report.differences()).isEmpty();
    assertThat(report.records()).isPositive();
  }
}
