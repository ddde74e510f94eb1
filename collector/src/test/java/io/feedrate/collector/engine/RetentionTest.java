package io.feedrate.collector.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.JournalRetention;
import io.feedrate.collector.journal.ManualTime;
import io.feedrate.collector.store.Cursors;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TestPlant PLANT = new TestPlant(1, 4, SECOND, 10 * SECOND, 3 * SECOND);
  private static final long ALL_READ = Long.MAX_VALUE;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-22T10:30:00Z"));
  private Journal journal;
  private Store store;
  private Cursors cursors;
  private EngineThread engine;

  /** Five hours with some seconds each, all of it committed. */
  @BeforeEach
  void fiveHours() {
    journal = Journal.open(Journal.in(data), time.clock());
    store = Store.open(data);
    cursors = store.cursors();
    engine = new EngineThread(journal, store, TestPlant::read, e -> {});
    PlantJournal plant = new PlantJournal(journal, time, PLANT, 1);
    plant.begin();
    for (int hour = 0; hour < 5; hour++) {
      plant.run(40);
      time.pass(1, TimeUnit.HOURS);
    }
    plant.run(5);
    engine.recover();
  }

  @AfterEach
  void close() {
    engine.close();
    cursors.close();
    store.close();
    journal.close();
  }

  private JournalRetention retention(Duration maxAge, long maxBytes, long sinkPosition) {
    return new JournalRetention(
        journal,
        maxAge,
        maxBytes,
        engine::committedPosition,
        () -> sinkPosition,
        new BaseKeeper(journal, cursors, TestPlant::read));
  }

  private long hours() throws IOException {
    try (Stream<Path> files = Files.list(Journal.in(data))) {
      return files.filter(f -> f.toString().endsWith(".cq4")).count();
    }
  }

  @Test
  void oldHoursGoAndTheRestStillVerifies() throws IOException {
    assertThat(hours()).isEqualTo(6);

    JournalRetention retention = retention(Duration.ofHours(2), Long.MAX_VALUE, ALL_READ);
    retention.run();
    retention.run();

    assertThat(hours()).isEqualTo(3);
    assertThat(retention.counts().files()).isEqualTo(3);
    assertThat(retention.counts().unforwardedFiles()).isZero();
    close();
    Replay.Report report = Replay.run(data, true, TestPlant::read);
    assertThat(report.differences()).isEmpty();
    assertThat(report.fromBase()).isTrue();
    assertThat(report.equalResults()).isPositive().isEqualTo(report.results());
    fiveHoursAreOpenAgain();
  }

  private void change(String sql) throws SQLException {
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("results.db"));
        Statement s = c.createStatement()) {
      assertThat(s.executeUpdate(sql)).isPositive();
    }
  }

  private void oldHoursGo() throws IOException {
    retention(Duration.ofHours(2), Long.MAX_VALUE, ALL_READ).run();
    assertThat(hours()).isEqualTo(3);
  }

  /** A session after the five hours; all of it committed. */
  private void goOn(int seconds) {
    fiveHoursAreOpenAgain();
    PlantJournal plant = new PlantJournal(journal, time, PLANT, 2);
    plant.begin();
    plant.run(seconds);
    engine.close();
    engine = new EngineThread(journal, store, TestPlant::read, e -> {});
    engine.recover();
  }

  @Test
  void anotherVersionTakesOverAlsoWhereTheBeginningIsGone() throws Exception {
    oldHoursGo();
    close();
    change("UPDATE checkpoint SET format = 1");

    goOn(40);
    retention(Duration.ZERO, Long.MAX_VALUE, ALL_READ).run();

    try (StoreReader reader = store.reader()) {
      assertThat(reader.handovers()).hasSize(1);
      assertThat(reader.handovers().get(0).complete()).isFalse();
    }
    close();
    Replay.Report report = Replay.run(data, true, TestPlant::read);
    assertThat(report.differences()).isEmpty();
    assertThat(report.handedOver()).isTrue();
    assertThat(report.equalResults()).isPositive();
    fiveHoursAreOpenAgain();
  }

  @Test
  void exclusionsOfBeforeTheLostBeginningStayInForce() throws Exception {
    long untilNs = time.wallNs() + TimeUnit.HOURS.toNanos(2);
    close();
    try (Stream<Path> files = Files.walk(data)) {
      files.filter(Files::isRegularFile).forEach(f -> f.toFile().delete());
    }
    journal = Journal.open(Journal.in(data), time.clock());
    PlantJournal plant = new PlantJournal(journal, time, PLANT, 1);
    plant.begin();
    journal.appendExclusion("site", time.wallNs(), untilNs, "rebuilding", "planning");
    plant.run(20);
    time.pass(1, TimeUnit.HOURS);
    plant.run(20);
    journal.close();
    fiveHoursAreOpenAgain();
    retention(Duration.ZERO, 1, ALL_READ).run();
    assertThat(hours()).isEqualTo(1);
    close();
    change("UPDATE checkpoint SET format = 1");

    goOn(20);

    assertThat(engine.state().assets().get(2).slots(Outcome.EXCLUDED)).isPositive();
    assertThat(engine.state().assets().get(2).slots(Outcome.GOOD)).isZero();
  }

  @Test
  void aDamagedBaseIsReplacedByWhereTheEngineIs() throws Exception {
    retention(Duration.ofHours(3), Long.MAX_VALUE, ALL_READ).run();
    assertThat(hours()).isEqualTo(4);
    change("UPDATE checkpoint SET state = x'00' WHERE name = 'base'");

    oldHoursGo();

    close();
    Replay.Report report = Replay.run(data, true, TestPlant::read);
    assertThat(report.differences()).isEmpty();
    assertThat(report.handedOver()).isFalse();
    fiveHoursAreOpenAgain();
  }

  private void fiveHoursAreOpenAgain() {
    journal = Journal.open(Journal.in(data), time.clock());
    store = Store.open(data);
    cursors = store.cursors();
    engine = new EngineThread(journal, store, TestPlant::read, e -> {});
    engine.recover();
  }

  @Test
  void holesInFilesDoNotCountAsSize() throws IOException {
    JournalRetention retention = retention(Duration.ofDays(90), 50 << 20, ALL_READ);

    retention.run();

    assertThat(hours()).isEqualTo(6); // each is longer than that, and nearly empty
    assertThat(retention.counts().bytes()).isBetween(1000L, 10L << 20);
  }

  @Test
  void ageAloneTakesNothingFromASlowSink() throws IOException {
    long first = firstPosition();

    JournalRetention retention = retention(Duration.ofHours(2), Long.MAX_VALUE, first);
    retention.run();

    assertThat(hours()).isEqualTo(6);
  }

  @Test
  void sizeTakesWhatASinkHasNotReadAndCountsIt() throws IOException {
    long first = firstPosition();

    JournalRetention retention = retention(Duration.ofDays(90), 1, first);
    retention.run();

    assertThat(hours()).isEqualTo(1);
    assertThat(retention.counts().unforwardedFiles()).isEqualTo(5);
    try (JournalReader reader = journal.readerAfterOrOldest(first)) {
      assertThat(reader.poll((id, record, header, position) -> {}, 1000)).isPositive();
    }
  }

  @Test
  void nothingIsTakenThatTheEngineHasNotCommitted() throws IOException {
    JournalRetention retention =
        new JournalRetention(
            journal,
            Duration.ZERO,
            1,
            this::firstPosition,
            () -> ALL_READ,
            new BaseKeeper(journal, cursors, TestPlant::read));

    retention.run();

    assertThat(hours()).isEqualTo(6);
  }

  private long firstPosition() {
    try (JournalReader reader = journal.reader(0)) {
      reader.poll((id, record, header, position) -> {}, 1);
      return reader.position();
    }
  }
}
