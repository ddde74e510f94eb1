package io.feedrate.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.adapter.Adapter;
import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.cli.ExitCodes;
import io.feedrate.collector.cli.Feedrate;
import io.feedrate.collector.config.ConfigLoader;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.collector.journal.sbe.ExclusionDecoder;
import io.feedrate.collector.journal.sbe.RegisterVersionDecoder;
import io.feedrate.collector.journal.sbe.StartDecoder;
import io.feedrate.kpi.LinkEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CollectorTest {
  private static final String YAML =
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
      exclusions:
        - subject: line/cnc
          from: 2026-12-24T12:00:00Z
          to: 2027-01-02T06:00:00Z
          reason: company holidays
          approver: production planning
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  private Path file() throws Exception {
    return Files.writeString(directory.resolve("gateway.yaml"), YAML);
  }

  private GatewayConfig config() throws Exception {
    return ConfigLoader.load(file());
  }

  /** An adapter that brings one sample when it starts. */
  private record OneSample(Journal journal) implements Adapter {
    @Override
    public void start() {
      journal.appendLink(0, LinkEvent.UP, 0, "");
      SampleBatch batch = new SampleBatch(0);
      batch.add(0, journal.clock().nowNs(), 0, 1, 0);
      journal.append(batch);
    }

    @Override
    public List<LinkStatus> links() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private static Collector start(GatewayConfig config) throws Exception {
    return Collector.start(
        config, "test", List.of((c, register, journal) -> List.of(new OneSample(journal))));
  }

  private Map<Integer, Integer> recordCounts(GatewayConfig config) {
    Map<Integer, Integer> counts = new HashMap<>();
    try (JournalReader reader = JournalReader.open(Journal.in(config.data()))) {
      reader.poll((id, record, h, at) -> counts.merge(id, 1, Integer::sum), 100_000);
    }
    return counts;
  }

  @Test
  void whatDoesNotChangeIsJournaledOnceOverRestarts() throws Exception {
    GatewayConfig config = config();
    for (int i = 0; i < 3; i++) {
      start(config).close();
    }

    Map<Integer, Integer> counts = recordCounts(config);
    assertThat(counts)
        .containsEntry(StartDecoder.TEMPLATE_ID, 3)
        .containsEntry(RegisterVersionDecoder.TEMPLATE_ID, 1)
        .containsEntry(ExclusionDecoder.TEMPLATE_ID, 1);
  }

  @Test
  void samplesBecomeResultsAndReplayFindsThemEqual() throws Exception {
    GatewayConfig config = config();
    try (Collector collector = start(config)) {
      await().atMost(30, TimeUnit.SECONDS).until(() -> !collector.state().latest().isEmpty());
      assertThat(collector.notReady()).isEmpty();
      assertThat(collector.state().engine().samples()).isEqualTo(1);
      assertThat(replay(config, "--verify"))
          .startsWith(ExitCodes.USAGE + "")
          .contains("a collector runs on");
      assertThatThrownBy(() -> start(config))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("process id " + ProcessHandle.current().pid());
    }

    assertThat(replay(config, "--verify"))
        .startsWith(ExitCodes.OK + "")
        .contains("exactly what the journal says");
    assertThat(replay(config, "--verify", "--json")).contains("\"equal\" : true");
    try (Connection c =
            DriverManager.getConnection("jdbc:sqlite:" + config.data().resolve("results.db"));
        Statement s = c.createStatement()) {
      s.executeUpdate("UPDATE result SET counts = '[9]' WHERE id = 1");
    }
    assertThat(replay(config, "--verify"))
        .startsWith(ExitCodes.FAILED + "")
        .contains("stored   counts=[9]");
    assertThat(replay(config)).startsWith(ExitCodes.OK + "");
  }

  @Test
  void directoryWithoutJournalIsAUsageError() throws Exception {
    assertThat(run("replay", "--data", directory.toString()))
        .startsWith(ExitCodes.USAGE + "")
        .contains("is not the data directory of a gateway");
  }

  @Test
  void failureOfThePartsEndsTheCollector() throws Exception {
    GatewayConfig config = config();
    try (Collector collector = start(config)) {
      collector.journal().appendRegister("x", "no register");

      await().atMost(30, TimeUnit.SECONDS).until(() -> collector.end().isDone());

      assertThat(collector.end().join()).isPresent();
      assertThat(collector.notReady().orElseThrow()).startsWith("failed: ");
    }
  }

  private static String replay(GatewayConfig config, String... options) {
    String[] all = new String[options.length + 3];
    all[0] = "replay";
    all[1] = "--data";
    all[2] = config.data().toString();
    System.arraycopy(options, 0, all, 3, options.length);
    return run(all);
  }

  /** Exit code and all output. */
  private static String run(String... arguments) {
    StringWriter text = new StringWriter();
    CommandLine commandLine = Feedrate.commandLine();
    commandLine.setOut(new PrintWriter(text));
    commandLine.setErr(new PrintWriter(text));
    return commandLine.execute(arguments) + "\n" + text;
  }
}
