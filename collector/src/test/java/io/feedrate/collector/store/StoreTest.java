package io.feedrate.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import io.feedrate.kpi.engine.Kpis;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final String KPI = Kpis.ALL.get(0).id();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private Store store;
  private final StoreBatch batch = new StoreBatch();

  @BeforeEach
  void open() {
    store = Store.open(data);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Result result(String subject, long start, int revision, Figure figure) {
    return new Result(
        KPI,
        subject,
        Span.WINDOW,
        start,
        start + 10,
        revision,
        "hash",
        new long[] {1, 2, 3},
        new byte[] {4, 5},
        figure);
  }

  private static ModelUpdate update(String version, int revision, ModelUpdate.End end) {
    Map<ModelStage, Long> stages = new LinkedHashMap<>();
    stages.put(ModelStage.LOADED, 7L);
    stages.put(ModelStage.APPROVED, 5L);
    long ended = end == ModelUpdate.End.PENDING ? ModelUpdate.PENDING : 9;
    long notBefore = end == ModelUpdate.End.PENDING ? ModelUpdate.PENDING : 8;
    return new ModelUpdate(
        "n",
        "m",
        version,
        "d",
        1,
        revision,
        5,
        6,
        notBefore,
        ended,
        ended,
        end,
        ModelUpdate.PENDING,
        "other",
        stages);
  }

  private void commit() {
    store.commit(
        batch,
        new Checkpoint(
            77, 4, "hash", "{}", new byte[] {1, 2}, store.rows().plus(batch.rows()), 88));
  }

  @Test
  void rowsComeBackAsTheyWentIn() {
    Result odd =
        result(
            "a/b",
            100,
            0,
            new Figure(State.MEASURED, 1.0 / 3, Double.MIN_VALUE, Double.POSITIVE_INFINITY));
    Result none = result("a/c", 100, 0, Figure.INSUFFICIENT);
    ModelUpdate pending = update("1", 0, ModelUpdate.End.PENDING);
    ModelUpdate served = update("1", 1, ModelUpdate.End.SERVED);
    batch.add(odd);
    batch.add(none);
    batch.add(pending);
    batch.add(served);
    batch.add(new RegisterRow("hash", "{}", 3));
    batch.add(new ExclusionRow("a", 1, 2, "why", "who", 3));
    commit();

    try (StoreReader reader = store.reader()) {
      assertThat(reader.resultsAfter(0, 10))
          .containsExactly(new ResultRow(1, odd), new ResultRow(2, none));
      assertThat(Canonical.text(reader.resultsAfter(0, 1).get(0).result()))
          .isEqualTo(Canonical.text(odd));
      assertThat(reader.modelUpdatesAfter(0, 10))
          .containsExactly(new ModelUpdateRow(1, pending), new ModelUpdateRow(2, served));
      assertThat(reader.modelUpdatesAfter(0, 1).get(0).update().stagesNs().keySet())
          .containsExactly(ModelStage.LOADED, ModelStage.APPROVED);
      assertThat(reader.latestRegister()).contains(new RegisterRow("hash", "{}", 3));
      assertThat(reader.exclusions(10))
          .containsExactly(new ExclusionRow("a", 1, 2, "why", "who", 3));
      Checkpoint checkpoint = reader.checkpoint().orElseThrow();
      assertThat(checkpoint.position()).isEqualTo(77);
      assertThat(checkpoint.rows()).isEqualTo(new RowCounts(2, 2, 0));
      assertThat(checkpoint.state()).containsExactly(1, 2);
    }
    assertThat(batch.isEmpty()).isTrue();
  }

  @Test
  void readersSeeTheNewestRevisionBelowAPathInATimeRange() {
    batch.add(result("a/b", 100, 0, Figure.exact(0.1)));
    batch.add(result("a/b/c", 100, 0, Figure.exact(0.2)));
    batch.add(result("a/bc", 100, 0, Figure.exact(0.3)));
    batch.add(result("a/b", 110, 0, Figure.exact(0.4)));
    commit();
    batch.add(result("a/b", 100, 1, Figure.exact(0.5)));
    commit();

    try (StoreReader reader = store.reader()) {
      assertThat(reader.results(KPI, "a/b", Span.WINDOW, 0, 1000, 10))
          .extracting(row -> row.result().figure().value())
          .containsExactly(0.5, 0.2, 0.4);
      assertThat(reader.results(KPI, "a/b", Span.WINDOW, 110, 111, 10)).hasSize(1);
      assertThat(reader.results(KPI, "a/b", Span.WINDOW, 0, 100, 10)).isEmpty();
      assertThat(reader.results(KPI, "", Span.WINDOW, 0, 1000, 2)).hasSize(2);
      assertThat(reader.results("other", "", Span.WINDOW, 0, 1000, 10)).isEmpty();
      assertThat(reader.resultsAfter(4, 10)).extracting(ResultRow::id).containsExactly(5L);
      assertThat(
              reader
                  .result(KPI, "a/b", Span.WINDOW, 100, 110, 0)
                  .orElseThrow()
                  .result()
                  .figure()
                  .value())
          .isEqualTo(0.1);
    }
  }

  @Test
  void modelUpdatesShowWhereTheyStandAndPendingOnesAlways() {
    batch.add(update("1", 0, ModelUpdate.End.PENDING));
    batch.add(update("1", 1, ModelUpdate.End.SERVED));
    batch.add(update("2", 0, ModelUpdate.End.PENDING));
    commit();

    try (StoreReader reader = store.reader()) {
      assertThat(reader.modelUpdates(0, 100, Optional.empty(), 10))
          .extracting(row -> row.update().version())
          .containsExactly("2", "1");
      assertThat(reader.modelUpdates(50, 100, Optional.empty(), 10))
          .extracting(row -> row.update().version())
          .containsExactly("2");
      assertThat(reader.modelUpdates(0, 100, Optional.of(ModelUpdate.End.SERVED), 10)).hasSize(1);
    }
  }

  private static Episode begun(long key, long startNs) {
    return new Episode(
        Episode.Kind.ALARM_ACKNOWLEDGE,
        "a/b",
        key,
        startNs,
        startNs + 1,
        Episode.OPEN,
        Episode.OPEN,
        Episode.End.OPEN,
        0);
  }

  private static Episode ended(Episode e, long endNs, Episode.End end) {
    return new Episode(
        e.kind(), e.subject(), e.key(), e.startNs(), e.startReceivedNs(), endNs, endNs + 1, end, 1);
  }

  @Test
  void episodesShowHowTheyStandWhereTheyWereOpen() throws SQLException {
    Episode done = begun(-1, 10);
    Episode open = begun(2, 20);
    Episode lapsed = begun(3, 30);
    List<Episode> states =
        List.of(
            done,
            open,
            lapsed,
            ended(done, 15, Episode.End.DONE),
            ended(lapsed, 40, Episode.End.LAPSED));
    states.forEach(batch::add);
    commit();

    assertThat(store.rows().episodes()).isEqualTo(5);
    try (StoreReader reader = store.reader()) {
      assertThat(reader.episodesAfter(0, 10)).extracting(EpisodeRow::episode).isEqualTo(states);
      assertThat(openIn(reader, 0, 100)).containsExactly(states.get(3), open, states.get(4));
      assertThat(openIn(reader, 0, 10)).isEmpty();
      assertThat(openIn(reader, 16, 30)).containsExactly(states.get(3), open); // by receipt: 16
      assertThat(openIn(reader, 17, 30)).containsExactly(open);
      assertThat(openIn(reader, 42, 100)).containsExactly(open);
      assertThat(reader.episodesOpenIn(Episode.Kind.TAKEOVER, 0, 100)).isEmpty();
    }
    batch.add(ended(open, 50, Episode.End.DONE));
    commit();
    try (StoreReader reader = store.reader()) {
      assertThat(openIn(reader, 52, 100)).isEmpty();
      assertThat(openIn(reader, 45, 48)).hasSize(1);
    }
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + store.file());
        Statement s = c.createStatement();
        ResultSet row = s.executeQuery("SELECT count(*), sum(duration_s) FROM episodes")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isEqualTo(3);
      assertThat(row.getDouble(2)).isEqualTo(45e-9);
    }
  }

  private static List<Episode> openIn(StoreReader reader, long fromNs, long toNs) {
    return reader.episodesOpenIn(Episode.Kind.ALARM_ACKNOWLEDGE, fromNs, toNs).stream()
        .map(EpisodeRow::episode)
        .toList();
  }

  @Test
  void spansAreAskedForByNameAndNeverMixed() {
    Result window = result("a", 100, 0, Figure.exact(0.1));
    batch.add(window);
    for (Span span : List.of(Span.SHIFT, Span.DAY)) {
      batch.add(
          new Result(
              KPI, "a", span, 100, 110, 0, "hash", new long[] {7}, new byte[0], Figure.exact(1)));
    }
    commit();

    try (StoreReader reader = store.reader()) {
      for (Span span : Span.values()) {
        assertThat(reader.resultsOf(KPI, "a", span, 0, 1000, 10))
            .extracting(row -> row.result().span())
            .containsExactly(span);
        assertThat(reader.results(KPI, "", span, 0, 1000, 10)).hasSize(1);
      }
      assertThat(reader.result(KPI, "a", Span.WINDOW, 100, 110, 0).orElseThrow().result())
          .isEqualTo(window);
    }
  }

  @Test
  void anotherVersionsRowsStandAboveThoseOfTheOneBefore() {
    batch.add(result("a", 100, 0, Figure.exact(0.1)));
    batch.add(result("a", 100, 1, Figure.exact(0.2)));
    batch.add(update("1", 0, ModelUpdate.End.PENDING));
    commit();
    Checkpoint here = new Checkpoint(77, 5, "hash", "{}", new byte[] {9}, store.rows(), 99);

    store.handOver(here, false);
    batch.add(result("a", 100, 1, Figure.exact(0.3)));
    batch.add(update("1", 0, ModelUpdate.End.FAILED));
    commit();

    try (StoreReader reader = store.reader()) {
      assertThat(reader.handovers())
          .containsExactly(new Handover(1, 99, 5, false, new RowCounts(2, 1, 0)));
      assertThat(reader.resultsOf(KPI, "a", Span.WINDOW, 0, 1000, 10))
          .extracting(row -> row.result().figure().value())
          .containsExactly(0.3);
      assertThat(reader.result(KPI, "a", Span.WINDOW, 100, 110, 1).orElseThrow().id()).isEqualTo(3);
      assertThat(reader.modelUpdatesOpenIn(0, 100))
          .extracting(ModelUpdateRow::id)
          .containsExactly(2L);
      assertThat(reader.base().orElseThrow().state()).containsExactly(9);
    }
    store.close();
    store = Store.open(data);
    batch.add(result("a", 100, 2, Figure.exact(0.4)));
    commit();
    assertThat(store.rows().results()).isEqualTo(4);
  }

  @Test
  void windowThatIsStoredTwiceIsRefusedAndLeavesNothing() {
    batch.add(result("a", 100, 0, Figure.exact(1)));
    commit();
    StoreBatch twice = new StoreBatch();
    twice.add(result("new", 100, 0, Figure.exact(1)));
    twice.add(result("a", 100, 0, Figure.exact(1)));

    Checkpoint later = new Checkpoint(99, 4, "hash", "{}", new byte[0], new RowCounts(3, 0, 0), 0);
    assertThatThrownBy(() -> store.commit(twice, later)).isInstanceOf(StoreException.class);

    assertThat(store.checkpoint().orElseThrow().position()).isEqualTo(77);
    batch.add(result("new", 100, 0, Figure.exact(1)));
    commit();
    assertThat(store.rows().results()).isEqualTo(2);
  }

  @Test
  void rejectsAreBoundedButAllCounted() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 1500; i++) {
        batch.add(
            new RejectRow(i, -1, RejectCause.MALFORMED, i, "t", "d" + i, new byte[] {(byte) i}));
      }
      commit();
    }

    try (StoreReader reader = store.reader()) {
      assertThat(reader.rejects(5000)).hasSize(1000);
      assertThat(reader.rejects(1).get(0).detail()).isEqualTo("d1499");
      assertThat(reader.rejectCounts()).isEqualTo(Map.of(RejectCause.MALFORMED, 4500L));
    }
  }

  @Test
  void sinksKeepTheirPositions() {
    try (Cursors cursors = store.cursors()) {
      assertThat(cursors.position("influx")).isZero();
      cursors.save("influx", 5);
      cursors.save("influx", 6);
      cursors.save("other", 1);
      assertThat(cursors.positions()).isEqualTo(Map.of("influx", 6L, "other", 1L));
    }
  }

  @Test
  void peopleReadNamesAndDates() throws SQLException {
    store.describe(Kpis.ALL);
    long[] counts = new long[Kpis.ALL.get(0).counts().size()];
    counts[0] = 42;
    long start = 1_795_342_200_000_000_000L;
    batch.add(
        new Result(
            KPI,
            "a",
            Span.WINDOW,
            start,
            start + 1,
            0,
            "h",
            counts,
            new byte[0],
            Figure.exact(0.5)));
    commit();

    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + store.file());
        Statement s = c.createStatement();
        ResultSet row = s.executeQuery("SELECT kpi, subject, start, value, counts FROM results")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo(KPI);
      assertThat(row.getString(3)).isEqualTo("2026-11-22T10:10:00Z");
      assertThat(row.getString(5)).startsWith("{\"" + Kpis.ALL.get(0).counts().get(0) + "\":42,");
    }
  }

  @Test
  void otherVersionsAndOtherFilesAreRefused() throws SQLException {
    store.close();
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + store.file());
        Statement s = c.createStatement()) {
      s.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> Store.open(data))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("schema version 99")
        .hasMessageContaining("results.db");
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + store.file());
        Statement s = c.createStatement()) {
      s.execute("PRAGMA application_id = 1");
    }
    assertThatThrownBy(() -> StoreReader.open(data)).hasMessageContaining("not a Feedrate");
    assertThatThrownBy(() -> StoreReader.open(data.resolve("none")))
        .hasMessageContaining("there is no results file");
    assertThat(List.of(data.toFile().list())).contains("results.db");
  }
}
