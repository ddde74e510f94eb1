package io.feedrate.collector.store;

import io.feedrate.collector.journal.EntryKind;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The log and the rows that it is of, as they were at one moment: all answers come from one read
 * transaction, which begins with the first question.
 *
 * <p><b>Thread</b>: one at a time. A collector may run meanwhile.
 */
public final class LogReader implements Closeable {
  private static final String RESULTS =
      StoreReader.RESULT_COLUMNS
          + """
          , r.era FROM result AS r CROSS JOIN kpi AS k ON k.id = r.kpi_id
            CROSS JOIN subject AS s ON s.id = r.subject_id""";

  private static final Map<LeafKind, String> ROW =
      Map.of(
          LeafKind.RESULT,
          RESULTS + " WHERE r.id = ?",
          LeafKind.MODEL_UPDATE,
          StoreReader.MODEL_UPDATE_COLUMNS + ", era FROM model_update WHERE id = ?",
          LeafKind.EPISODE,
          StoreReader.EPISODE_COLUMNS
              + """
                  , e.era FROM episode AS e JOIN subject AS s ON s.id = e.subject_id
                  WHERE e.id = ?""",
          LeafKind.REGISTER,
          "SELECT hash, json, since_ns FROM register WHERE id = ?",
          LeafKind.EXCLUSION,
          ExclusionTable.SELECT + "WHERE id = ?",
          LeafKind.ENTRY,
          "SELECT kind, line, journaled_ns FROM entry WHERE id = ?",
          LeafKind.HANDOVER,
          """
              SELECT era, since_ns, format, complete, results, model_updates, episodes
              FROM handover WHERE era = ?""",
          LeafKind.GAP,
          "SELECT cause, from_ns, to_ns, software FROM gap WHERE id = ?",
          LeafKind.KEY,
          """
              SELECT key_id, algorithm, public_key, previous_signature, since_ns FROM log_key
              WHERE id = ?""");

  private final Path file;
  private final Connection connection;
  private final Map<LeafKind, PreparedStatement> rows = new EnumMap<>(LeafKind.class);

  private LogReader(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Opens the results file of a data directory, of a running collector or at rest. */
  public static LogReader open(Path dataDirectory) {
    Path file = dataDirectory.resolve(Store.FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new StoreException("there is no results file " + file);
    }
    try {
      Connection connection = Sqlite.connect(file, true);
      Sqlite.checkVersion(connection, file);
      connection.setAutoCommit(false);
      return new LogReader(file, connection);
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be opened", e);
    }
  }

  /** How many leaves the tree has by what the store says of itself. */
  public long size() {
    return number("SELECT coalesce(max(size), 0) FROM log_tree");
  }

  /** How often the log tells that the machine's clock was set back. */
  public long clockSteps() {
    return number("SELECT count(*) FROM gap WHERE cause = 'CLOCK_SET_BACK'");
  }

  /** How many rows there are of a kind. */
  public long rowCount(LeafKind kind) {
    return number("SELECT count(*) FROM " + kind.table());
  }

  private long number(String sql) {
    try {
      return Sqlite.number(connection, sql);
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  /** Hands over the leaves from an index on, and before another one, by their index. */
  public void leaves(long from, long to, Consumer<LeafRow> each) {
    String sql =
        "SELECT id, kind, row_id, hash FROM log_leaf WHERE id >= %d AND id < %d ORDER BY id";
    forEach(
        sql.formatted(from, to),
        row ->
            each.accept(
                new LeafRow(
                    row.getLong(1), LeafKind.of(row.getInt(2)), row.getLong(3), row.getBytes(4))));
  }

  /** How many roots of perfect subtrees are stored. */
  public long subtreeCount() {
    return number("SELECT count(*) FROM log_node");
  }

  /** The root of a perfect subtree as it is stored; of a leaf its hash. */
  public Optional<byte[]> subtree(int height, long index) {
    String sql =
        height == 0
            ? "SELECT hash FROM log_leaf WHERE id = " + index
            : "SELECT hash FROM log_node WHERE height = " + height + " AND id = " + index;
    List<byte[]> found = new ArrayList<>();
    forEach(sql, row -> found.add(row.getBytes(1)));
    return found.stream().findFirst();
  }

  /** The index of the leaf of a row; empty if there is none. */
  public OptionalLong index(LeafKind kind, long rowId) {
    return kind == LeafKind.RESULT ? resultIndex(rowId) : rareIndex(kind, rowId);
  }

  private OptionalLong rareIndex(LeafKind kind, long rowId) {
    List<Long> found = new ArrayList<>();
    String sql = "SELECT id FROM log_leaf WHERE kind = %d AND kind <> 1 AND row_id = %d";
    forEach(sql.formatted(kind.code(), rowId), row -> found.add(row.getLong(1)));
    return found.stream().mapToLong(Long::longValue).findFirst();
  }

  /**
   * Results are most of the leaves, and their ids grow with the index: no index of them is kept.
   */
  private OptionalLong resultIndex(long rowId) {
    long low = 0;
    long high = size();
    while (low < high) {
      long middle = (low + high) >>> 1;
      String next =
          "SELECT row_id FROM log_leaf WHERE id >= %d AND kind = 1 ORDER BY id LIMIT 1"
              .formatted(middle);
      long found = number(next);
      if (found != 0 && found < rowId) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<Long> found = new ArrayList<>();
    String there =
        "SELECT id, row_id FROM log_leaf WHERE id >= %d AND kind = 1 ORDER BY id LIMIT 1";
    forEach(
        there.formatted(low),
        row -> {
          if (row.getLong(2) == rowId) {
            found.add(row.getLong(1));
          }
        });
    return found.stream().mapToLong(Long::longValue).findFirst();
  }

  /**
   * Which leaves tell of a period.
   *
   * @param from index of the first of those that stand together
   * @param to index after the last of them
   * @param others indexes of others, ascending
   * @param unsigned how many results of the period came after the size that was given
   */
  public record Selection(long from, long to, List<Long> others, long unsigned) {
    public Selection {
      others = List.copyOf(others);
    }
  }

  /**
   * Up to when windows that start in {@code [fromNs, toNs)} are among the first {@code size}
   * leaves: the start of the first that is not, or {@code toNs}.
   */
  public long signedUntil(long fromNs, long toNs, long size) {
    String sql =
        """
        SELECT coalesce(min(start_ns), %2$d) FROM result
         WHERE id > coalesce((SELECT row_id FROM log_leaf WHERE kind = 1 AND id < %3$d
             ORDER BY id DESC LIMIT 1), 0)
           AND span = 'WINDOW' AND revision = 0 AND start_ns >= %1$d AND start_ns < %2$d""";
    return number(sql.formatted(fromNs, toNs, size));
  }

  /** Of the first {@code size} leaves, those that tell of {@code [fromNs, toNs)}. */
  public Selection select(long fromNs, long toNs, long size) {
    try {
      return new LeafSelection(connection, this, fromNs, toNs, size).select();
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  /** Signed heads in the order of signing. */
  public List<HeadRow> heads() {
    return heads("ORDER BY id");
  }

  /** The head that was signed last. */
  public Optional<HeadRow> newestHead() {
    return heads("ORDER BY id DESC LIMIT 1").stream().findFirst();
  }

  /** Heads that were signed in {@code [fromNs, toNs)}, by the clock of then. */
  public List<HeadRow> headsBetween(long fromNs, long toNs) {
    return heads("WHERE signed_ns >= %d AND signed_ns < %d ORDER BY id".formatted(fromNs, toNs));
  }

  private List<HeadRow> heads(String which) {
    List<HeadRow> found = new ArrayList<>();
    forEach(
        "SELECT size, note, signed_ns FROM log_head " + which,
        row -> found.add(new HeadRow(row.getLong(1), row.getString(2), row.getLong(3))));
    return found;
  }

  /** All registers in the order in which they came into force. */
  public List<RegisterRow> registers() {
    List<RegisterRow> found = new ArrayList<>();
    forEach(
        "SELECT hash, json, since_ns FROM register ORDER BY id",
        row -> found.add(new RegisterRow(row.getString(1), row.getString(2), row.getLong(3))));
    return found;
  }

  /** The keys in the order in which they took over. */
  public List<KeyRow> keys() {
    List<KeyRow> found = new ArrayList<>();
    forEach(
        "SELECT key_id, algorithm, public_key, previous_signature, since_ns FROM log_key"
            + " ORDER BY id",
        row -> found.add(key(row)));
    return found;
  }

  /** Hands over the entries of a kind in their order. */
  public void entries(EntryKind kind, Consumer<EntryRow> each) {
    forEach(
        "SELECT kind, line, journaled_ns FROM entry WHERE kind = '%s' ORDER BY id"
            .formatted(kind.name()),
        row -> each.accept(Rows.entry(row)));
  }

  private static KeyRow key(ResultSet row) throws SQLException {
    return new KeyRow(
        row.getString(1), row.getString(2), row.getBytes(3), row.getBytes(4), row.getLong(5));
  }

  /** Takes leaves with the rows that they are of. */
  @FunctionalInterface
  public interface LeafConsumer {
    /** One leaf, and what its row is now. */
    void onLeaf(LeafRow leaf, StoredRow row);
  }

  /** Hands over the leaves {@code [from, to)} with their rows, by their index. */
  public void leavesWithRows(long from, long to, LeafConsumer each) {
    try (ResultCursor results = new ResultCursor(firstResult(from))) {
      leaves(
          from,
          to,
          leaf ->
              each.onLeaf(
                  leaf,
                  leaf.kind() == LeafKind.RESULT
                      ? results.row(leaf.rowId())
                      : row(leaf.kind(), leaf.rowId())));
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  private long firstResult(long index) {
    String sql = "SELECT row_id FROM log_leaf WHERE id >= %d AND kind = 1 ORDER BY id LIMIT 1";
    return number(sql.formatted(index));
  }

  /** Reads results in the order of their ids: much quicker than one by one. */
  private final class ResultCursor implements AutoCloseable {
    private final Statement statement;
    private final ResultSet rows;
    private long id;

    ResultCursor(long firstId) throws SQLException {
      statement = connection.createStatement();
      rows = statement.executeQuery(RESULTS + " WHERE r.id >= " + firstId + " ORDER BY r.id");
      id = rows.next() ? rows.getLong(1) : Long.MAX_VALUE;
    }

    StoredRow row(long wanted) {
      if (wanted < id) { // it is missing, or leaves were swapped
        return LogReader.this.row(LeafKind.RESULT, wanted);
      }
      try {
        while (id < wanted) {
          id = rows.next() ? rows.getLong(1) : Long.MAX_VALUE;
        }
        return id == wanted ? read(LeafKind.RESULT, rows) : StoredRow.MISSING;
      } catch (SQLException e) {
        throw new StoreException(file + " cannot be read", e);
      }
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }

  /** What the row of a leaf is now. */
  public StoredRow row(LeafKind kind, long id) {
    try {
      PreparedStatement s = rows.get(kind);
      if (s == null) {
        s = connection.prepareStatement(ROW.get(kind));
        rows.put(kind, s);
      }
      s.setLong(1, id);
      try (ResultSet row = s.executeQuery()) {
        return row.next() ? read(kind, row) : StoredRow.MISSING;
      }
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  /** A row with a state that does not exist, a broken array of counts or the like is damaged. */
  private static StoredRow read(LeafKind kind, ResultSet row) throws SQLException {
    try {
      return new StoredRow.Is(value(kind, row));
    } catch (IllegalArgumentException | NullPointerException | StoreException e) {
      return StoredRow.DAMAGED;
    }
  }

  private static LeafValue value(LeafKind kind, ResultSet row) throws SQLException {
    return switch (kind) {
      case RESULT -> new LeafValue(Rows.result(row).result(), row.getInt(15));
      case MODEL_UPDATE -> new LeafValue(Rows.modelUpdate(row).update(), row.getInt(17));
      case EPISODE -> new LeafValue(Rows.episode(row).episode(), row.getInt(11));
      case REGISTER ->
          new LeafValue(new RegisterRow(row.getString(1), row.getString(2), row.getLong(3)), 0);
      case EXCLUSION -> new LeafValue(Rows.exclusion(row), 0);
      case HANDOVER -> new LeafValue(Rows.handover(row), 0);
      case KEY -> new LeafValue(key(row), 0);
      case GAP -> new LeafValue(Rows.gap(row), 0);
      case ENTRY -> new LeafValue(Rows.entry(row), 0);
    };
  }

  private void forEach(String sql, RowConsumer each) {
    try (Statement s = connection.createStatement();
        ResultSet found = s.executeQuery(sql)) {
      while (found.next()) {
        each.accept(found);
      }
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be closed", e);
    }
  }

  /** Takes a row. */
  @FunctionalInterface
  private interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }
}
