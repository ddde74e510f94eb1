package io.feedrate.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.adapter.Adapter;
import io.feedrate.collector.adapter.LinkStatus;
import io.feedrate.collector.cli.ExitCodes;
import io.feedrate.collector.cli.Feedrate;
import io.feedrate.collector.config.ConfigException;
import io.feedrate.collector.config.ConfigLoader;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.collector.exclusions.ExclusionDesk;
import io.feedrate.collector.exclusions.ExclusionFile;
import io.feedrate.collector.exclusions.ExclusionIntake;
import io.feedrate.collector.exclusions.HeldExclusion;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionSource;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.collector.journal.sbe.ExclusionDecoder;
import io.feedrate.collector.journal.sbe.RegisterVersionDecoder;
import io.feedrate.collector.journal.sbe.StartDecoder;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.LinkEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  private static ExclusionDesk.Request request(Instant from, Instant to) {
    return new ExclusionDesk.Request(
        "line/cnc", from, to, "rebuilding", "Ms Li", ExclusionSource.OTHER, "", "operator 1");
  }

  private static List<ExclusionRow> entered(GatewayConfig config) {
    try (StoreReader reader = StoreReader.open(config.data())) {
      return reader.enteredExclusions().stream()
          .filter(row -> row.said().enteredBy().equals("operator 1"))
          .toList();
    }
  }

  @Test
  void whatIsEnteredBesideARunningCollectorCountsAndWhileItStandsWaits() throws Exception {
    GatewayConfig config = config();
    ExclusionDesk desk = new ExclusionDesk(config.data());
    Instant now = Instant.now();
    try (Collector collector = start(config)) {
      await()
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> collector.reader().latestRegister().isPresent());
      HeldExclusion added = desk.add(request(now, now.plusSeconds(3600)));
      await().atMost(30, TimeUnit.SECONDS).until(() -> entered(config).size() == 1);
      desk.withdraw(added.id(), "done", "Ms Li", "operator 1");
      await().atMost(30, TimeUnit.SECONDS).until(() -> entered(config).size() == 2);
    }
    desk.add(request(now, now.plusSeconds(7200)));
    assertThat(entered(config)).hasSize(2);
    for (int i = 0; i < 2; i++) {
      start(config).close();
    }

    List<ExclusionRow> rows = entered(config);
    assertThat(rows)
        .extracting(row -> row.said().kind())
        .containsExactly(
            ExclusionKind.EXCLUSION, ExclusionKind.WITHDRAWAL, ExclusionKind.EXCLUSION);
    assertThat(rows.get(0).late()).isEqualTo(ExclusionRow.Late.AFTER_START);
    assertThat(rows.get(2).journaledNs()).isGreaterThan(rows.get(2).said().enteredNs());
    assertThat(desk.list())
        .filteredOn(h -> h.said().enteredBy().equals("operator 1"))
        .noneMatch(HeldExclusion::isWaiting);
    assertThat(recordCounts(config)).containsEntry(ExclusionDecoder.TEMPLATE_ID, 4);
    assertThat(replay(config, "--verify")).contains("exactly what the journal says");
  }

  @Test
  void anEntryThatTheJournalHasAndTheResultsDoNotIsNotJournaledAgain() throws Exception {
    GatewayConfig config = config();
    start(config).close();
    Instant now = Instant.now();
    new ExclusionDesk(config.data()).add(request(now, now.plusSeconds(3600)));
    // Killed after the journal had the entry, and before it was computed.
    ExclusionFile file = new ExclusionFile(config.data());
    try (Journal journal = Journal.open(Journal.in(config.data()), new EpochClock())) {
      new ExclusionIntake(file, journal, List.of()).run();
    }
    assertThat(entered(config)).isEmpty();

    start(config).close();

    assertThat(entered(config)).hasSize(1);
    assertThat(recordCounts(config)).containsEntry(ExclusionDecoder.TEMPLATE_ID, 2);
  }

  @Test
  void aFileOfEntriesThatWasChangedByHandStopsNothing() throws Exception {
    GatewayConfig config = config();
    Files.createDirectories(config.data());
    Files.writeString(config.data().resolve(ExclusionFile.FILE_NAME), "nothing\n");
    try (Collector collector = start(config)) {
      await().atMost(30, TimeUnit.SECONDS).until(() -> !collector.state().latest().isEmpty());
      assertThat(collector.notReady()).isEmpty();
    }
    assertThat(entered(config)).isEmpty();
  }

  @Test
  void eventsOfACalendarAreOutOfScopeAndOneThatCannotBeReadIsRefused() throws Exception {
    String event = "BEGIN:VEVENT\nUID:u\nSUMMARY:works holidays\nDTSTART%s\nEND:VEVENT\n";
    String calendar = "BEGIN:VCALENDAR\nVERSION:2.0\n%sEND:VCALENDAR\n";
    Instant next = Instant.now().plusSeconds(86_400 * 30).truncatedTo(ChronoUnit.DAYS);
    String day = next.toString().substring(0, 10).replace("-", "");
    Path ics = directory.resolve("holidays.ics");
    Files.writeString(ics, calendar.formatted(event.formatted(";VALUE=DATE:" + day)));
    String yaml = YAML + "  - {calendar: holidays.ics, subject: line, approver: planning}\n";
    Path file = Files.writeString(directory.resolve("gateway.yaml"), yaml);
    GatewayConfig config = ConfigLoader.load(file);
    for (int i = 0; i < 2; i++) {
      start(config).close();
    }
    try (StoreReader reader = StoreReader.open(config.data())) {
      assertThat(reader.enteredExclusions())
          .hasSize(2)
          .element(1)
          .satisfies(
              row -> {
                assertThat(row.said().subject()).isEqualTo("acme/here/line");
                assertThat(row.said().reason()).isEqualTo("works holidays");
                assertThat(row.said().source()).isEqualTo(ExclusionSource.CALENDAR);
                assertThat(row.said().reference()).isEqualTo("u");
                assertThat(row.late()).isEqualTo(ExclusionRow.Late.NO);
              });
    }

    Files.writeString(ics, calendar.formatted(event.formatted(":sometimes")));
    assertThatThrownBy(() -> ConfigLoader.load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("exclusions[1].calendar")
        .hasMessageContaining("holidays.ics:3: event \"works holidays\": line 6, DTSTART");
  }
}
