package io.feedrate.collector.store;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads the results file over a read-only connection of its own. Every answer is bounded by a
 * limit, at most {@link #MAX_ROWS}.
 *
 * <p><b>Thread</b>: any; calls take turns. Open one for each thread that should not wait.
 */
public final class StoreReader implements ResultSource, Closeable {

  /** The most rows of one answer. */
  public static final int MAX_ROWS = 100_000;

  static final String RESULT_COLUMNS =
      """
      SELECT r.id, k.kpi, s.path, r.start_ns, r.end_ns, r.revision, r.register, r.state, r.value,
        r.lower, r.upper, r.counts, r.histogram, r.span
      """;

  // CROSS JOIN keeps the order of the tables: by key each subject is looked up in result_key, by
  // row id the small tables are looked up for each row.
  private static final String BY_KEY =
      RESULT_COLUMNS
          + """
          FROM kpi AS k CROSS JOIN subject AS s CROSS JOIN result AS r
            ON k.id = r.kpi_id AND s.id = r.subject_id
          """;
  private static final String BY_ID =
      RESULT_COLUMNS
          + """
          FROM result AS r CROSS JOIN kpi AS k ON k.id = r.kpi_id
            CROSS JOIN subject AS s ON s.id = r.subject_id
          """;
  private static final String IN_RANGE =
      " WHERE k.kpi = ? AND r.span = ? AND r.start_ns >= ? AND r.start_ns < ?";
  private static final String NEWEST =
      """
       AND NOT EXISTS (SELECT 1 FROM result AS n WHERE n.kpi_id = r.kpi_id
        AND n.subject_id = r.subject_id AND n.span = r.span AND n.start_ns = r.start_ns
        AND n.end_ns = r.end_ns AND n.id > r.id)
      """;
  static final String MODEL_UPDATE_COLUMNS =
      """
      SELECT id, node, model, version, digest, attempt, revision, approved_ns, approved_received_ns,
        end_not_before_ns, end_ns, end_received_ns, end_state, rolled_back_ns, other_digest, stages
      """;
  private static final String MODEL_UPDATE = MODEL_UPDATE_COLUMNS + " FROM model_update AS m ";

  static final String EPISODE_COLUMNS =
      """
      SELECT e.id, e.kind, s.path, e.key, e.start_ns, e.start_received_ns, e.end_ns,
        e.end_received_ns, e.end_state, e.revision
      """;
  private static final String EPISODE =
      EPISODE_COLUMNS + " FROM episode AS e JOIN subject AS s ON s.id = e.subject_id ";

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
      String kpi, String subjectPrefix, Span span, long fromNs, long toNs, int limit) {
    String sql =
        BY_KEY
            + IN_RANGE
            + (subjectPrefix.isEmpty()
                ? ""
                : " AND (s.path = ? OR (s.path >= ? || '/' AND s.path < ? || '0'))")
            + NEWEST
            + " ORDER BY r.start_ns, s.path LIMIT ?";
    return query(
        sql,
        s -> {
          bindRange(s, kpi, span, fromNs, toNs);
          int column = 5;
          if (!subjectPrefix.isEmpty()) {
            s.setString(column++, subjectPrefix);
            s.setString(column++, subjectPrefix);
            s.setString(column++, subjectPrefix);
          }
          s.setInt(column, bounded(limit));
        },
        Rows::result);
  }

  /** The same for one subject alone, without what is below it. */
  public List<ResultRow> resultsOf(
      String kpi, String subject, Span span, long fromNs, long toNs, int limit) {
    return query(
        BY_KEY + IN_RANGE + " AND s.path = ?" + NEWEST + " ORDER BY r.start_ns LIMIT ?",
        s -> {
          bindRange(s, kpi, span, fromNs, toNs);
          s.setString(5, subject);
          s.setInt(6, bounded(limit));
        },
        Rows::result);
  }

  /**
   * Hands over the same, however many there are, for those who add them up.
   *
   * @param each must not ask this reader
   */
  @Override
  public void forEachResultOf(
      String kpi, String subject, Span span, long fromNs, long toNs, Consumer<Result> each) {
    forEach(
        BY_KEY + IN_RANGE + " AND s.path = ?" + NEWEST + " ORDER BY r.start_ns",
        s -> {
          bindRange(s, kpi, span, fromNs, toNs);
          s.setString(5, subject);
        },
        row -> each.accept(Rows.result(row).result()));
  }

  @Override
  public boolean hasDays(long fromNs, long toNs) {
    return handovers().stream().noneMatch(h -> h.sinceNs() >= fromNs && h.sinceNs() < toNs);
  }

  private static void bindRange(PreparedStatement s, String kpi, Span span, long fromNs, long toNs)
      throws SQLException {
    s.setString(1, kpi);
    s.setString(2, span.name());
    s.setLong(3, fromNs);
    s.setLong(4, toNs);
  }

  /** All revisions in the order of computation after a row id, for sinks. */
  public List<ResultRow> resultsAfter(long id, int limit) {
    return query(
        BY_ID + " WHERE r.id > ? ORDER BY r.id LIMIT ?",
        s -> {
          s.setLong(1, id);
          s.setInt(2, bounded(limit));
        },
        Rows::result);
  }

  /** How many computed rows there are, which are the ids of the last ones as well. */
  public RowCounts rows() {
    String last =
        """
        SELECT (SELECT coalesce(max(id), 0) FROM result),
          (SELECT coalesce(max(id), 0) FROM model_update),
          (SELECT coalesce(max(id), 0) FROM episode)""";
    return query(
            last, s -> {}, row -> new RowCounts(row.getLong(1), row.getLong(2), row.getLong(3)))
        .get(0);
  }

  /** When the first window of all results starts; empty if there is none. */
  public OptionalLong firstStartNs() {
    return query("SELECT min(start_ns) FROM result HAVING count(*) > 0", s -> {}, r -> r.getLong(1))
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** From where to where a subject has windows; empty if it has none. */
  public Optional<Extent> extent(String subject) {
    String sql =
        """
        SELECT min(r.start_ns), max(r.end_ns)
        FROM subject AS s CROSS JOIN kpi AS k CROSS JOIN result AS r
          ON k.id = r.kpi_id AND s.id = r.subject_id
        WHERE s.path = ? AND r.span = ? HAVING count(*) > 0""";
    return query(
            sql,
            s -> {
              s.setString(1, subject);
              s.setString(2, Span.WINDOW.name());
            },
            row -> new Extent(row.getLong(1), row.getLong(2)))
        .stream()
        .findFirst();
  }

  /**
   * From the first window to the last.
   *
   * @param startNs start of the first
   * @param endNs end of the last
   */
  public record Extent(long startNs, long endNs) {}

  /** A revision of a window; the newest of that number where several versions computed it. */
  public Optional<ResultRow> result(
      String kpi, String subject, Span span, long startNs, long endNs, int revision) {
    String where =
        " WHERE k.kpi = ? AND s.path = ? AND r.span = ? AND r.start_ns = ? AND r.end_ns = ?"
            + " AND r.revision = ? ORDER BY r.id DESC LIMIT 1";
    return query(
            BY_KEY + where,
            s -> {
              s.setString(1, kpi);
              s.setString(2, subject);
              s.setString(3, span.name());
              s.setLong(4, startNs);
              s.setLong(5, endNs);
              s.setInt(6, revision);
            },
            Rows::result)
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
               AND n.id > m.id)
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
        Rows::modelUpdate);
  }

  /**
   * Where targets stand that were open at some time in {@code [fromNs, toNs)}, oldest first,
   * however many there are: an estimate over some of them would be wrong.
   */
  @Override
  public List<ModelUpdateRow> modelUpdatesOpenIn(long fromNs, long toNs) {
    return query(
        MODEL_UPDATE
            + """
             WHERE approved_ns < ? AND (end_state = 'PENDING' OR end_ns >= ?)
              AND NOT EXISTS (SELECT 1 FROM model_update AS n WHERE n.node = m.node
               AND n.model = m.model AND n.version = m.version AND n.attempt = m.attempt
               AND n.id > m.id)
             ORDER BY approved_ns, id""",
        s -> {
          s.setLong(1, toNs);
          s.setLong(2, fromNs);
        },
        Rows::modelUpdate);
  }

  /** All states in the order of computation after a row id, for sinks. */
  public List<ModelUpdateRow> modelUpdatesAfter(long id, int limit) {
    return query(
        MODEL_UPDATE + " WHERE id > ? ORDER BY id LIMIT ?",
        s -> {
          s.setLong(1, id);
          s.setInt(2, bounded(limit));
        },
        Rows::modelUpdate);
  }

  /**
   * Episodes that were open at some time in {@code [fromNs, toNs)}, by either clock, as they stand
   * now; oldest first, however many there are: an estimate over some of them would be wrong.
   */
  @Override
  public List<EpisodeRow> episodesOpenIn(Episode.Kind kind, long fromNs, long toNs) {
    return query(
        EPISODE
            + """
             WHERE e.id IN (
                SELECT id FROM open_episode
                UNION SELECT id FROM episode WHERE kind = ? AND end_ns >= ?
                UNION SELECT id FROM episode WHERE kind = ? AND end_received_ns >= ?)
              AND e.kind = ? AND (e.start_ns < ? OR e.start_received_ns < ?)
             ORDER BY e.start_received_ns, e.id""",
        s -> {
          s.setString(1, kind.name());
          s.setLong(2, fromNs);
          s.setString(3, kind.name());
          s.setLong(4, fromNs);
          s.setString(5, kind.name());
          s.setLong(6, toNs);
          s.setLong(7, toNs);
        },
        Rows::episode);
  }

  /** All states of episodes in the order of computation after a row id. */
  public List<EpisodeRow> episodesAfter(long id, int limit) {
    return query(
        EPISODE + " WHERE e.id > ? ORDER BY e.id LIMIT ?",
        s -> {
          s.setLong(1, id);
          s.setInt(2, bounded(limit));
        },
        Rows::episode);
  }

  /** When other versions of Feedrate took over, oldest first. */
  public List<Handover> handovers() {
    return query(
        "SELECT era, since_ns, format, complete, results, model_updates, episodes FROM handover"
            + " ORDER BY era LIMIT "
            + MAX_ROWS,
        s -> {},
        Rows::handover);
  }

  /** The register in force. */
  @Override
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
        ExclusionTable.SELECT + "ORDER BY id LIMIT ?",
        s -> s.setInt(1, bounded(limit)),
        Rows::exclusion);
  }

  /** Those that persons entered, and their withdrawals, in the order of entry. */
  public List<ExclusionRow> enteredExclusions() {
    return query(
        ExclusionTable.SELECT + "WHERE kind <> 'OBSERVED' ORDER BY id LIMIT " + MAX_ROWS,
        s -> {},
        Rows::exclusion);
  }

  /** Those of any kind whose interval touches {@code [fromNs, toNs)}, in the order of entry. */
  public List<ExclusionRow> exclusionsWithin(long fromNs, long toNs, int limit) {
    return query(
        ExclusionTable.SELECT + "WHERE to_ns > ? AND from_ns < ? ORDER BY id LIMIT ?",
        s -> {
          s.setLong(1, fromNs);
          s.setLong(2, toNs);
          s.setInt(3, bounded(limit));
        },
        Rows::exclusion);
  }

  /** The last rejects, newest first. */
  public List<RejectRow> rejects(int limit) {
    return query(
        "SELECT received_ns, link, cause, size, origin, detail, payload FROM reject"
            + " ORDER BY id DESC LIMIT ?",
        s -> s.setInt(1, bounded(limit)),
        Rows::reject);
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
    return checkpoint(Store.ENGINE);
  }

  /** The state that a replay begins with; empty while that is the first record. */
  public synchronized Optional<Checkpoint> base() {
    return checkpoint(Cursors.BASE);
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
        SELECT position, format, register_hash, register_json, state, results, model_updates,
          episodes, written_ns FROM checkpoint WHERE name = ?""";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      s.setString(1, name);
      try (ResultSet row = s.executeQuery()) {
        return row.next() ? Optional.of(Rows.checkpoint(row)) : Optional.empty();
      }
    }
  }

  private static int bounded(int limit) {
    return Math.max(0, Math.min(limit, MAX_ROWS));
  }

  private <T> List<T> query(String sql, Binder binder, Mapper<T> mapper) {
    List<T> found = new ArrayList<>();
    forEach(sql, binder, row -> found.add(mapper.map(row)));
    return found;
  }

  private synchronized void forEach(String sql, Binder binder, RowConsumer each) {
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      binder.bind(s);
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          each.accept(rows);
        }
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

  /** Takes a row. */
  @FunctionalInterface
  private interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }
}
