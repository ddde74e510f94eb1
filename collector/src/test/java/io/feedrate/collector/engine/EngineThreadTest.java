package io.feedrate.collector.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.ManualTime;
import io.feedrate.collector.store.RowCounts;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.InferenceMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineThreadTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TestPlant PLANT = new TestPlant(2, 8, SECOND, 10 * SECOND, 3 * SECOND);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-22T10:00:00Z"));
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  @BeforeEach
  void directory() throws Exception {
    Files.createDirectories(data);
  }

  private EngineThread engine(Journal journal, Store store) {
    return new EngineThread(journal, store, TestPlant::read, failure::set);
  }

  private Replay.Report verify() {
    return Replay.run(data, true, TestPlant::read);
  }

  /** One session: some seconds of data, all of it read and committed. */
  private void session(long seed, int seconds) {
    try (Journal journal = Journal.open(Journal.in(data), time.clock());
        Store store = Store.open(data);
        EngineThread engine = engine(journal, store)) {
      engine.recover();
      PlantJournal plant = new PlantJournal(journal, time, PLANT, seed);
      plant.begin();
      plant.run(seconds);
      engine.start();
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("results.db"));
        Statement s = c.createStatement()) {
      assertThat(s.executeUpdate(sql)).isPositive();
    }
  }

  @Test
  void restartsAtAnyPointGiveTheResultsOfOneRun() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 8; i++) {
      session(i, 1 + random.nextInt(60));
      time.pass(random.nextInt(30), TimeUnit.SECONDS);
    }

    Replay.Report report = verify();

    assertThat(report.differences()).isEmpty();
    assertThat(report.isEqual()).isTrue();
    assertThat(report.results()).isPositive().isEqualTo(report.equalResults());
    assertThat(report.modelUpdates()).isPositive().isEqualTo(report.equalModelUpdates());
    assertThat(report.episodes()).isPositive().isEqualTo(report.equalEpisodes());
    assertThat(report.misfits()).isZero();
  }

  @Test
  void theManyWindowsOfALongDowntimeAreStoredInPortions() {
    session(1, 15);
    time.pass(6, TimeUnit.HOURS); // 2,160 windows of 7 and more results each, at one tick
    session(2, 15);

    Replay.Report report = verify();

    assertThat(report.results()).isGreaterThan(15_000).isEqualTo(report.equalResults());
    assertThat(report.isEqual()).isTrue();
    try (StoreReader reader = StoreReader.open(data)) {
      assertThat(reader.rows().results()).isEqualTo(report.results());
    }
    assertThat(failure.get()).isNull();
  }

  /**
   * What a broker sends again if the collector died between the journal and the acknowledgement.
   */
  private void deliver(Journal journal, long eventNs) {
    for (int i = 0; i < 10; i++) {
      journal.appendInference(
          PLANT.machines(),
          new InferenceRecord(
              TestPlant.NODE,
              "model",
              "1",
              "",
              InferenceMode.PRODUCTION,
              i > 0,
              eventNs,
              eventNs,
              1_000_000,
              0.9,
              false,
              Integer.toString(i),
              "ok",
              ""));
      journal.appendAdvice(
          PLANT.machines(), AdviceEvent.ACCEPTED, eventNs, TestPlant.NODE, "a" + i, "", "");
    }
  }

  @Test
  void inferencesAndAdviceThatTheBrokerDeliversAgainCountOnce() {
    long eventNs = 0;
    for (int session = 0; session < 2; session++) {
      try (Journal journal = Journal.open(Journal.in(data), time.clock());
          Store store = Store.open(data);
          EngineThread engine = engine(journal, store)) {
        engine.recover();
        journal.appendStart("test");
        if (session == 0) {
          journal.appendRegister(PLANT.register().hash(), PLANT.json());
          eventNs = time.wallNs();
        }
        deliver(journal, eventNs);
        deliver(journal, eventNs + 1 + session); // the same ids, but later: others
        engine.start();
      }
    }
    try (Journal journal = Journal.open(Journal.in(data), time.clock());
        Store store = Store.open(data);
        EngineThread engine = engine(journal, store)) {
      engine.recover();
      int node = PLANT.register().assets().size() - 1;
      assertThat(engine.state().assets().get(node).inferencesOk()).isEqualTo(27);
      assertThat(engine.state().assets().get(node).inferencesFailed()).isEqualTo(3);
      assertThat(engine.state().engine().repeatedMessages()).isEqualTo(20);
    }
    assertThat(verify().differences()).isEmpty();
  }

  @Test
  void uncommittedWorkOfADeadProcessIsDoneAgain() {
    session(1, 30);
    try (Journal journal = Journal.open(Journal.in(data), time.clock())) {
      new PlantJournal(journal, time, PLANT, 2).run(95); // and nobody reads it
    }
    session(3, 5);

    assertThat(verify().differences()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x'444545467F000000'", "x'4445454602000000'", "x''"})
  void checkpointThatCannotBeUsedIsReplacedByReadingTheJournalAgain(String state)
      throws SQLException {
    session(1, 60);
    change("UPDATE checkpoint SET state = " + state);
    session(2, 30);

    Replay.Report report = verify();

    assertThat(report.differences()).isEmpty();
    assertThat(report.equalResults()).isPositive();
  }

  /** A disk that lies: one bit of the state, in its header, its body, its end; or all zeroes. */
  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.0005, 0.3, 0.7, 0.9999, 2.0})
  void aDamagedStateIsFoundAndTheJournalReadAgain(double where) throws SQLException {
    session(1, 60);
    byte[] state;
    try (Store store = Store.open(data)) {
      state = store.checkpoint().orElseThrow().state();
    }
    if (where > 1) {
      Arrays.fill(state, (byte) 0);
    } else {
      state[(int) (where * state.length)] ^= 4;
    }
    change("UPDATE checkpoint SET state = x'" + HexFormat.of().formatHex(state) + "'");
    session(2, 30);

    Replay.Report report = verify();

    assertThat(report.differences()).isEmpty();
    assertThat(report.handedOver()).isFalse();
    assertThat(report.equalResults()).isPositive();
  }

  @Test
  void aStoreOfAnotherVersionIsTakenOverAndWhatFollowsVerifies() throws SQLException {
    session(1, 60);
    long before = rows().results();
    change("UPDATE checkpoint SET format = 1");
    // Another version may have computed something else; nobody can say any more.
    change("UPDATE result SET value = 0.5 WHERE id = 10");
    session(2, 60);

    Replay.Report report = verify();

    assertThat(report.differences()).isEmpty();
    assertThat(report.fromBase()).isTrue();
    assertThat(report.handedOver()).isTrue();
    assertThat(report.equalResults()).isPositive().isEqualTo(rows().results() - before);
    try (StoreReader reader = StoreReader.open(data)) {
      assertThat(reader.handovers()).hasSize(1);
      assertThat(reader.handovers().get(0).complete()).isTrue();
      assertThat(reader.handovers().get(0).rows().results()).isEqualTo(before);
      assertThat(reader.resultsAfter(9, 1).get(0).result().figure().value()).isEqualTo(0.5);
    }
    session(3, 10);
    assertThat(verify().differences()).isEmpty();
  }

  @Test
  void rowsOfAnotherVersionAreNotCalledWrong() throws SQLException {
    session(1, 60);
    change("UPDATE checkpoint SET format = 1");

    assertThatThrownBy(this::verify)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another version of Feedrate computed these results")
        .hasMessageContaining("run this one on the directory first");
  }

  private RowCounts rows() {
    try (StoreReader reader = StoreReader.open(data)) {
      return reader.rows();
    }
  }

  @Test
  void changedFigureIsFoundAndNamed() throws SQLException {
    session(1, 60);
    change("UPDATE result SET value = 0.999 WHERE id = 10");

    Replay.Report report = verify();

    assertThat(report.isEqual()).isFalse();
    assertThat(report.differenceCount()).isEqualTo(1);
    assertThat(report.differences().get(0))
        .contains("computed and stored rows differ", "stored   value=0.999", "subject=");
  }

  @Test
  void removedAndAddedRowsAreFoundAndNamed() throws SQLException {
    session(1, 60);
    change("DELETE FROM result WHERE id = 5");
    change("UPDATE model_update SET revision = 99 WHERE id = 1");

    Replay.Report report = verify();

    assertThat(report.differences()).anyMatch(d -> d.startsWith("computed, but not in the store"));
    assertThat(report.differenceCount()).isEqualTo(2);
    assertThat(report.equalResults()).isEqualTo(report.results() - 1);
  }

  @Test
  void liveStateShowsWhatIsJournaledWithinSeconds() {
    try (Journal journal = Journal.open(Journal.in(data), time.clock());
        Store store = Store.open(data);
        EngineThread engine = engine(journal, store);
        StoreReader reader = store.reader()) {
      engine.recover();
      engine.start();
      PlantJournal plant = new PlantJournal(journal, time, PLANT, 1);
      plant.begin();
      plant.run(60);

      await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> engine.state().position() == journal.lastPosition());

      LiveState state = engine.state();
      assertThat(state.samples()).isGreaterThan(700);
      assertThat(state.latest()).isNotEmpty();
      assertThat(state.assets()).hasSize(5);
      SecondsPane seconds = state.seconds();
      assertThat(seconds.assets()).isEqualTo(5);
      assertThat(Arrays.stream(seconds.inScope(0)).sum()).isGreaterThan(500);
      assertThat(Arrays.stream(seconds.usable(0)).sum())
          .isPositive()
          .isLessThan(Arrays.stream(seconds.inScope(0)).sum());
      assertThat(state.register()).contains(PLANT.register());
      assertThat(engine.committedPosition()).isPositive();
      assertThat(reader.resultsAfter(0, 10)).hasSize(10);
      assertThat(reader.latestRegister().orElseThrow().hash()).isEqualTo(PLANT.register().hash());
      assertThat(failure.get()).isNull();
    }
  }

  @Test
  void failureIsToldAndLeavesTheStoreAsItWas() {
    session(1, 30);
    try (Journal journal = Journal.open(Journal.in(data), time.clock());
        Store store = Store.open(data);
        EngineThread engine = engine(journal, store)) {
      engine.recover();
      engine.start();
      journal.appendRegister("x", "not a register");

      await().atMost(20, TimeUnit.SECONDS).until(() -> failure.get() != null);

      assertThat(engine.failure()).containsInstanceOf(NumberFormatException.class);
    }
    assertThat(verify().differences()).isEmpty();
  }

  @Test
  void storeOfAnotherJournalIsRefusedWithAdvice() throws Exception {
    session(1, 30);
    try (var files = Files.list(Journal.in(data))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    try (Journal journal = Journal.open(Journal.in(data), time.clock());
        Store store = Store.open(data);
        EngineThread engine = engine(journal, store)) {
      assertThatThrownBy(engine::recover)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Move the file away");
    }
  }
}
