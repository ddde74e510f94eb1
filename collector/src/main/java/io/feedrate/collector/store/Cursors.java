package io.feedrate.collector.store;

import java.io.Closeable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Positions of those who take data elsewhere, and the base that retention leaves behind.
 *
 * <p><b>Thread</b>: any; calls take turns, and wait for the engine's commits.
 */
public final class Cursors implements Closeable {
  static final String BASE = "base";

  private final Path file;
  private final Connection connection;

  private Cursors(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static Cursors open(Path file) {
    try {
      return new Cursors(file, Sqlite.connect(file, false));
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be opened", e);
    }
  }

  /** The position of this name; 0 if it was never saved. */
  public synchronized long position(String name) {
    return positions().getOrDefault(name, 0L);
  }

  /** All positions by name. */
  public synchronized Map<String, Long> positions() {
    try (Statement s = connection.createStatement();
        ResultSet rows = s.executeQuery("SELECT name, position FROM cursor LIMIT 1000")) {
      Map<String, Long> found = new HashMap<>();
      while (rows.next()) {
        found.put(rows.getString(1), rows.getLong(2));
      }
      return found;
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  /** Keeps the position of this name. */
  public synchronized void save(String name, long position) {
    try (PreparedStatement s =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO cursor (name, position) VALUES (?, ?)")) {
      s.setString(1, name);
      s.setLong(2, position);
      s.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be written", e);
    }
  }

  /** The state that a replay begins with; empty while that is the first record. */
  public synchronized Optional<Checkpoint> base() {
    return checkpoint(BASE);
  }

  /** The newest state that the engine committed. */
  public synchronized Optional<Checkpoint> engine() {
    return checkpoint(Store.ENGINE);
  }

  private Optional<Checkpoint> checkpoint(String name) {
    try {
      return StoreReader.checkpoint(connection, name);
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  /** Keeps the state before the first record that will be left, safe against a power loss. */
  public synchronized void saveBase(Checkpoint base) {
    try (Statement s = connection.createStatement()) {
      Store.writeCheckpoint(connection, BASE, base);
      s.execute("PRAGMA wal_checkpoint(FULL)");
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be written", e);
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
}
