package io.feedrate.collector.store;

import io.feedrate.kpi.ModelUpdate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.sqlite.SQLiteConfig;

/** Connections to the file, and how Java values stand in its columns. */
final class Sqlite {

  /** Version of {@code schema.sql} that this program reads and writes. */
  static final int SCHEMA_VERSION = 4;

  /** "FEED" in ASCII: marks the file as ours for {@code file} and for us. */
  private static final int APPLICATION_ID = 0x46454544;

  private static final int BUSY_TIMEOUT_MS = 10_000;

  private Sqlite() {}

  static Connection connect(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.setReadOnly(readOnly);
    if (!readOnly) {
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
      config.enforceForeignKeys(true);
    }
    return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
  }

  /** Creates the tables in an empty file. */
  static void createSchema(Connection connection) throws SQLException {
    try (Statement s = connection.createStatement()) {
      for (String sql : schema()) {
        s.executeUpdate(sql);
      }
      s.executeUpdate(
          "INSERT INTO meta (key, value) VALUES ('schema_version', '" + SCHEMA_VERSION + "')");
      s.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
      s.executeUpdate("PRAGMA user_version = " + SCHEMA_VERSION);
    }
  }

  /** The schema's statements; comments stay inside, so that {@code .schema} shows them. */
  private static String[] schema() {
    try (InputStream in = Sqlite.class.getResourceAsStream("schema.sql")) {
      if (in == null) {
        throw new IllegalStateException("schema.sql is not in the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.strip().split(";\\s*\\n(?=\\s*(?:--|CREATE|$))");
    } catch (IOException e) {
      throw new IllegalStateException("schema.sql cannot be read", e);
    }
  }

  static boolean isEmpty(Connection connection) throws SQLException {
    return number(connection, "SELECT count(*) FROM sqlite_master") == 0;
  }

  /** Refuses files of other programs and of other versions. */
  static void checkVersion(Connection connection, Path file) throws SQLException {
    long application = number(connection, "PRAGMA application_id");
    long version = number(connection, "PRAGMA user_version");
    if (application != APPLICATION_ID) {
      throw new StoreException(file + " is not a Feedrate results file; choose another directory");
    }
    if (version != SCHEMA_VERSION) {
      throw new StoreException(
          file
              + " has schema version "
              + version
              + ", this Feedrate reads version "
              + SCHEMA_VERSION
              + ": use the Feedrate that wrote it, or move the file away, with heads.log, -wal and -shm if"
              + " there are such, and let it be computed again as far as the journal reaches");
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement s = connection.createStatement();
        ResultSet rows = s.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** NaN becomes NULL. */
  static void setDouble(PreparedStatement s, int column, double value) throws SQLException {
    if (Double.isNaN(value)) {
      s.setNull(column, Types.REAL);
    } else {
      s.setDouble(column, value);
    }
  }

  /** NULL becomes NaN. */
  static double getDouble(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }

  /** A time that was not told becomes NULL. */
  static void setTime(PreparedStatement s, int column, long timeNs) throws SQLException {
    if (timeNs == ModelUpdate.PENDING) {
      s.setNull(column, Types.INTEGER);
    } else {
      s.setLong(column, timeNs);
    }
  }

  /** NULL becomes a time that was not told. */
  static long getTime(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? ModelUpdate.PENDING : value;
  }
}
