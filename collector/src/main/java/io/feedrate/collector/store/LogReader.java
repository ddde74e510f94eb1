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
          LeafKind.EXCLUSION, ExclusionTable.SELECT + "WHERE id = ?",
          LeafKind.HANDOVER,
              """
              SELECT era, since_ns, format, complete, results, model_updates, episodes
              FROM handover WHERE era = ?""",
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
