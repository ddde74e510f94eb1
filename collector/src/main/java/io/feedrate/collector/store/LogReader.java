package io.feedrate.collector.store;

import io.feedrate.collector.evidence.log.MerkleHash;
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
  private static final byte[] DAMAGED = {};

  private static final Map<LeafKind, String> ROW =
      Map.of(
          LeafKind.RESULT,
              StoreReader.RESULT_COLUMNS
                  + """
                  , r.era FROM result AS r CROSS JOIN kpi AS k ON k.id = r.kpi_id
                    CROSS JOIN subject AS s ON s.id = r.subject_id WHERE r.id = ?""",
          LeafKind.MODEL_UPDATE,
              StoreReader.MODEL_UPDATE_COLUMNS + ", era FROM model_update WHERE id = ?",
          LeafKind.EPISODE,
              StoreReader.EPISODE_COLUMNS
                  + """
                  , e.era FROM episode AS e JOIN subject AS s ON s.id = e.subject_id
                  WHERE e.id = ?""",
          LeafKind.REGISTER, "SELECT hash, json, since_ns FROM register WHERE id = ?",
          LeafKind.EXCLUSION,
              """
              SELECT subject, from_ns, to_ns, reason, approver, entered_ns FROM exclusion
              WHERE id = ?""",
          LeafKind.HANDOVER,
              """
              SELECT era, since_ns, format, complete, results, model_updates, episodes
              FROM handover WHERE era = ?""",
          LeafKind.GAP, "SELECT cause, from_ns, to_ns, software FROM gap WHERE id = ?",
          LeafKind.KEY,
              """
              SELECT key_id, algorithm, public_key, previous_signature, since_ns FROM log_key
              WHERE id = ?""");

  private final Path file;
  private final Connection connection;
  private final MerkleHash hash = new MerkleHash();
  private final LeafText text = new LeafText();
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

  /** Hands over all leaves by their index. */
  public void leaves(Consumer<LeafRow> each) {
    forEach(
        "SELECT id, kind, row_id, hash FROM log_leaf ORDER BY id",
        row ->
            each.accept(
                new LeafRow(
                    row.getLong(1), LeafKind.of(row.getInt(2)), row.getLong(3), row.getBytes(4))));
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

  /** Signed heads in the order of signing. */
  public List<HeadRow> heads() {
    List<HeadRow> found = new ArrayList<>();
    forEach(
        "SELECT size, note, signed_ns FROM log_head ORDER BY id",
        row -> found.add(new HeadRow(row.getLong(1), row.getString(2), row.getLong(3))));
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

  private static KeyRow key(ResultSet row) throws SQLException {
    return new KeyRow(
        row.getString(1), row.getString(2), row.getBytes(3), row.getBytes(4), row.getLong(5));
  }

  /**
   * The hash of the leaf that a row makes now; empty if there is no such row. Of a row that makes
   * no sense any more it is the empty array.
   */
  public Optional<byte[]> rowHash(LeafKind kind, long id) {
    return switch (read(kind, id)) {
      case MISSING -> Optional.empty();
      case SENSELESS -> Optional.of(DAMAGED);
      case READ -> Optional.of(text.hash(hash));
    };
  }

  /** The text of the leaf that a row makes now; empty if it makes none. */
  public Optional<String> leafText(LeafKind kind, long id) {
    return read(kind, id) == Row.READ ? Optional.of(text.toString()) : Optional.empty();
  }

  /** What became of reading a row into the text. */
  private enum Row {
    READ,
    MISSING,
    /** It holds a state that does not exist, a broken array of counts or the like. */
    SENSELESS
  }

  private Row read(LeafKind kind, long id) {
    try {
      PreparedStatement s = rows.get(kind);
      if (s == null) {
        s = connection.prepareStatement(ROW.get(kind));
        rows.put(kind, s);
      }
      s.setLong(1, id);
      try (ResultSet row = s.executeQuery()) {
        if (!row.next()) {
          return Row.MISSING;
        }
        write(kind, row);
        return Row.READ;
      }
    } catch (IllegalArgumentException | NullPointerException | StoreException e) {
      return Row.SENSELESS;
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  private void write(LeafKind kind, ResultSet row) throws SQLException {
    switch (kind) {
      case RESULT -> text.of(Rows.result(row).result(), row.getInt(15));
      case MODEL_UPDATE -> text.of(Rows.modelUpdate(row).update(), row.getInt(17));
      case EPISODE -> text.of(Rows.episode(row).episode(), row.getInt(11));
      case REGISTER -> text.of(new RegisterRow(row.getString(1), row.getString(2), row.getLong(3)));
      case EXCLUSION -> text.of(Rows.exclusion(row));
      case HANDOVER -> text.of(Rows.handover(row));
      case KEY -> text.of(key(row));
      case GAP -> text.of(Rows.gap(row));
    }
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
