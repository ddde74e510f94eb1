package io.feedrate.collector.store;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the results file over a read-only connection of its own. Every answer is bounded by a
 * limit, at most {@link #MAX_ROWS}.
 *
 * <p><b>Thread</b>: any; calls take turns. Open one for each thread that should not wait.
 */
public final class StoreReader implements Closeable {

  /** The most rows of one answer. */
  public static final int MAX_ROWS = 100_000;

  private static final String COLUMNS =
      """
      SELECT r.id, k.kpi, s.path, r.start_ns, r.end_ns, r.revision, r.register, r.state, r.value,
        r.lower, r.upper, r.counts, r.histogram, r.span
      """;

  // CROSS JOIN keeps the order of the tables: by key each subject is looked up in result_key, by
  // row id the small tables are looked up for each row.
  private static final String BY_KEY =
      COLUMNS
          + """
          FROM kpi AS k CROSS JOIN subject AS s CROSS JOIN result AS r
            ON k.id = r.kpi_id AND s.id = r.subject_id
          """;
  private static final String BY_ID =
      COLUMNS
          + """
          FROM result AS r CROSS JOIN kpi AS k ON k.id = r.kpi_id
            CROSS JOIN subject AS s ON s.id = r.subject_id
          """;
  private static final String NEWEST =
      """
       AND NOT EXISTS (SELECT 1 FROM result AS n WHERE n.kpi_id = r.kpi_id
        AND n.subject_id = r.subject_id AND n.span = r.span AND n.start_ns = r.start_ns AND n.end_ns = r.end_ns
        AND n.revision > r.revision)
      """;
  private static final String MODEL_UPDATE =
      """
      SELECT id, node, model, version, digest, attempt, revision, approved_ns, approved_received_ns,
        end_ns, end_received_ns, end_state, rolled_back_ns, stages FROM model_update AS m
      """;

  private final Path file;
  private final Connection connection;

  private StoreReader(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Opens the results file of a data directory, of a running collector or at rest. */
  public static StoreReader open(Path dataDirectory) {
    return openFile(dataDirectory.resolve(Store.FILE_NAME));
  }

  static StoreReader openFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StoreException("there is no results file " + file);
    }
    try {
      Connection connection = Sqlite.connect(file, true);
      Sqlite.checkVersion(connection, file);
      return new StoreReader(file, connection);
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be opened", e);
    }
  }

  /**
   * Newest revisions of a KPI's windows that start in {@code [fromNs, toNs)}, oldest first, by path
   * within a window.
   *
   * @param subjectPrefix a path, for it and all below it; "" for all
   */
  public List<ResultRow> results(
      String kpi, String subjectPrefix, long fromNs, long toNs, int limit) {
    String sql =
        BY_KEY
            + " WHERE k.kpi = ? AND r.span = 'WINDOW' AND r.start_ns >= ? AND r.start_ns < ?"
            + (subjectPrefix.isEmpty()
                ? ""
                : " AND (s.path = ? OR (s.path >= ? || '/' AND s.path < ? || '0'))")
            + NEWEST
            + " ORDER BY r.start_ns, s.path LIMIT ?";
    return query(
        sql,
        s -> {
          s.setString(1, kpi);
          s.setLong(2, fromNs);
          s.setLong(3, toNs);
          int column = 4;
          if (!subjectPrefix.isEmpty()) {
            s.setString(column++, subjectPrefix);
            s.setString(column++, subjectPrefix);
            s.setString(column++, subjectPrefix);
          }
          s.setInt(column, bounded(limit));
        },
        StoreReader::result);
  }

  /** The same for one subject alone, without what is below it. */
  public List<ResultRow> resultsOf(String kpi, String subject, long fromNs, long toNs, int limit) {
    return query(
        BY_KEY
            + " WHERE k.kpi = ? AND s.path = ? AND r.span = 'WINDOW'"
            + " AND r.start_ns >= ? AND r.start_ns < ?"
            + NEWEST
            + " ORDER BY r.start_ns LIMIT ?",
        s -> {
          s.setString(1, kpi);
          s.setString(2, subject);
          s.setLong(3, fromNs);
          s.setLong(4, toNs);
          s.setInt(5, bounded(limit));
        },
        StoreReader::result);
  }

  /** All revisions in the order of computation after a row id, for sinks. */
  public List<ResultRow> resultsAfter(long id, int limit) {
    return query(
        BY_ID + " WHERE r.id > ? ORDER BY r.id LIMIT ?",
        s -> {
          s.setLong(1, id);
          s.setInt(2, bounded(limit));
        },
        StoreReader::result);
  }

  /** Id of the last result row; 0 if there is none. */
  public long lastResultId() {
    return query("SELECT coalesce(max(id), 0) FROM result", s -> {}, r -> r.getLong(1)).get(0);
  }

  /** Id of the last model update row; 0 if there is none. */
  public long lastModelUpdateId() {
    return query("SELECT coalesce(max(id), 0) FROM model_update", s -> {}, r -> r.getLong(1))
        .get(0);
  }

  /** When the first window of all results starts; empty if there is none. */
  public OptionalLong firstStartNs() {
    return query("SELECT min(start_ns) FROM result HAVING count(*) > 0", s -> {}, r -> r.getLong(1))
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** One row by its key, any revision. */
  public Optional<ResultRow> result(
      String kpi, String subject, long startNs, long endNs, int revision) {
    String where =
        " WHERE k.kpi = ? AND s.path = ? AND r.span = 'WINDOW' AND r.start_ns = ? AND r.end_ns = ?"
            + " AND r.revision = ?";
    return query(
            BY_KEY + where,
            s -> {
              s.setString(1, kpi);
              s.setString(2, subject);
              s.setLong(3, startNs);
              s.setLong(4, endNs);
              s.setInt(5, revision);
            },
            StoreReader::result)
        .stream()
        .findFirst();
  }

  /**
   * Where model update targets stand that were approved in {@code [fromNs, toNs)} (time of receipt)
   * or are pending, newest first.
   *
   * @param end only those that ended so, or empty for all
   */
  public List<ModelUpdateRow> modelUpdates(
      long fromNs, long toNs, Optional<ModelUpdate.End> end, int limit) {
    String sql =
        MODEL_UPDATE
            + """
             WHERE (approved_received_ns >= ? AND approved_received_ns < ? OR end_state = 'PENDING')
              AND (? = '' OR end_state = ?)
              AND NOT EXISTS (SELECT 1 FROM model_update AS n WHERE n.node = m.node
               AND n.model = m.model AND n.version = m.version AND n.attempt = m.attempt
               AND n.revision > m.revision)
             ORDER BY approved_received_ns DESC, id DESC LIMIT ?""";
    String state = end.map(Enum::name).orElse("");
    return query(
        sql,
        s -> {
          s.setLong(1, fromNs);
          s.setLong(2, toNs);
          s.setString(3, state);
          s.setString(4, state);
          s.setInt(5, bounded(limit));
        },
        StoreReader::modelUpdate);
  }

  /** Where targets stand that were open at some time in {@code [fromNs, toNs)}, oldest first. */
  public List<ModelUpdateRow> modelUpdatesOpenIn(long fromNs, long toNs, int limit) {
    return query(
        MODEL_UPDATE
            + """
             WHERE approved_ns < ? AND (end_state = 'PENDING' OR end_ns >= ?)
              AND NOT EXISTS (SELECT 1 FROM model_update AS n WHERE n.node = m.node
               AND n.model = m.model AND n.version = m.version AND n.attempt = m.attempt
               AND n.revision > m.revision)
             ORDER BY approved_ns, id LIMIT ?""",
        s -> {
          s.setLong(1, toNs);
          s.setLong(2, fromNs);
          s.setInt(3, bounded(limit));
        },
        StoreReader::modelUpdate);
  }

  /** All states in the order of computation after a row id, for sinks. */
  public List<ModelUpdateRow> modelUpdatesAfter(long id, int limit) {
    return query(
        MODEL_UPDATE + " WHERE id > ? ORDER BY id LIMIT ?",
        s -> {
          s.setLong(1, id);
          s.setInt(2, bounded(limit));
        },
        StoreReader::modelUpdate);
  }

  /** The register in force. */
  public Optional<RegisterRow> latestRegister() {
    return registers("ORDER BY id DESC LIMIT 1").stream().findFirst();
  }

  /** All registers in the order in which they came into force; the first {@link #MAX_ROWS}. */
  public List<RegisterRow> registers() {
    return registers("ORDER BY id LIMIT " + MAX_ROWS);
  }

  private List<RegisterRow> registers(String order) {
    return query(
        "SELECT hash, json, since_ns FROM register " + order,
        s -> {},
        row -> new RegisterRow(row.getString(1), row.getString(2), row.getLong(3)));
  }

  /** Intervals out of scope in the order of entry. */
  public List<ExclusionRow> exclusions(int limit) {
    return query(
        "SELECT subject, from_ns, to_ns, reason, approver, entered_ns FROM exclusion"
            + " ORDER BY id LIMIT ?",
        s -> s.setInt(1, bounded(limit)),
        row ->
            new ExclusionRow(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6)));
  }

  /** The last rejects, newest first. */
  public List<RejectRow> rejects(int limit) {
    return query(
        "SELECT received_ns, link, cause, size, origin, detail, payload FROM reject"
            + " ORDER BY id DESC LIMIT ?",
        s -> s.setInt(1, bounded(limit)),
        row ->
            new RejectRow(
                row.getLong(1),
                row.getInt(2),
                RejectCause.valueOf(row.getString(3)),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getBytes(7)));
  }

  /** How many rejects there ever were, by cause. */
  public Map<RejectCause, Long> rejectCounts() {
    Map<RejectCause, Long> counts = new EnumMap<>(RejectCause.class);
    query(
        "SELECT cause, count FROM reject_count",
        s -> {},
        row -> counts.put(RejectCause.valueOf(row.getString(1)), row.getLong(2)));
    return counts;
  }

  /** The newest state of the engine; everything stored is computed up to its position. */
  public synchronized Optional<Checkpoint> checkpoint() {
    return checkpoint("engine");
  }

  /** The state before the first record of the journal, where retention removed some. */
  public synchronized Optional<Checkpoint> base() {
    return checkpoint("base");
  }

  private Optional<Checkpoint> checkpoint(String name) {
    try {
      return checkpoint(connection, name);
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  static Optional<Checkpoint> checkpoint(Connection connection, String name) throws SQLException {
    String sql =
        """
        SELECT position, register_hash, register_json, state, results, model_updates, written_ns
        FROM checkpoint WHERE name = ?""";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      s.setString(1, name);
      try (ResultSet row = s.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Checkpoint(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getBytes(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7)))
            : Optional.empty();
      }
    }
  }

  private static ResultRow result(ResultSet row) throws SQLException {
    byte[] histogram = row.getBytes(13);
    return new ResultRow(
        row.getLong(1),
        new Result(
            row.getString(2),
            row.getString(3),
            Span.valueOf(row.getString(14)),
            row.getLong(4),
            row.getLong(5),
            row.getInt(6),
            row.getString(7),
            Json.array(row.getString(12)),
            Objects.requireNonNullElse(histogram, new byte[0]),
            new Figure(
                State.valueOf(row.getString(8)),
                Sqlite.getDouble(row, 9),
                Sqlite.getDouble(row, 10),
                Sqlite.getDouble(row, 11))));
  }

  private static ModelUpdateRow modelUpdate(ResultSet row) throws SQLException {
    return new ModelUpdateRow(
        row.getLong(1),
        new ModelUpdate(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getInt(6),
            row.getInt(7),
            Sqlite.getTime(row, 8),
            Sqlite.getTime(row, 9),
            Sqlite.getTime(row, 10),
            Sqlite.getTime(row, 11),
            ModelUpdate.End.valueOf(row.getString(12)),
            Sqlite.getTime(row, 13),
            Json.stages(row.getString(14))));
  }

  private static int bounded(int limit) {
    return Math.max(0, Math.min(limit, MAX_ROWS));
  }

  private synchronized <T> List<T> query(String sql, Binder binder, Mapper<T> mapper) {
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      binder.bind(s);
      try (ResultSet rows = s.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(mapper.map(rows));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be closed", e);
    }
  }

  /** Sets the parameters of a query. */
  @FunctionalInterface
  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  private interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }
}
