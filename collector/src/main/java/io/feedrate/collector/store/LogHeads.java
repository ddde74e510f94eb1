package io.feedrate.collector.store;

import io.feedrate.collector.evidence.log.Frontier;
import io.feedrate.collector.evidence.log.MerkleHash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The tree as it is committed, and its signed heads.
 *
 * <p><b>Thread</b>: any; calls take turns, and wait for the engine's commits.
 */
public final class LogHeads implements Closeable {
  private final Path file;
  private final Connection connection;

  private LogHeads(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static LogHeads open(Path file) {
    try {
      return new LogHeads(file, Sqlite.connect(file, false));
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be opened", e);
    }
  }

  /** The tree of the last commit. */
  public synchronized Frontier tree() {
    try {
      return LogWriter.tree(connection, new MerkleHash());
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  /** The root over the first {@code size} leaves as they are stored; reads them all. */
  public synchronized byte[] root(long size) {
    Frontier tree = new Frontier(new MerkleHash());
    try (PreparedStatement s =
        connection.prepareStatement("SELECT hash FROM log_leaf WHERE id < ? ORDER BY id")) {
      s.setLong(1, size);
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          tree.append(rows.getBytes(1));
        }
      }
      return tree.root();
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  /** The head that was signed last. */
  public synchronized Optional<HeadRow> newest() {
    try (Statement s = connection.createStatement();
        ResultSet row =
            s.executeQuery("SELECT size, note, signed_ns FROM log_head ORDER BY id DESC LIMIT 1")) {
      return row.next()
          ? Optional.of(new HeadRow(row.getLong(1), row.getString(2), row.getLong(3)))
          : Optional.empty();
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  /** Keeps a head. */
  public synchronized void add(HeadRow head) {
    try (PreparedStatement s =
        connection.prepareStatement(
            "INSERT INTO log_head (size, note, signed_ns) VALUES (?, ?, ?)")) {
      s.setLong(1, head.size());
      s.setString(2, head.note());
      s.setLong(3, head.signedNs());
      s.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be written", e);
    }
  }

  /**
   * Makes all commits of before safe against a power loss: they are in the write-ahead log, or in
   * the file itself, which SQLite flushed before it began the log anew.
   */
  public void flush() throws IOException {
    Path wal = file.resolveSibling(file.getFileName() + "-wal");
    if (Files.exists(wal)) {
      try (FileChannel channel = FileChannel.open(wal, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
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
