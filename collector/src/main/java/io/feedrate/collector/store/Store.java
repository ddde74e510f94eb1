package io.feedrate.collector.store;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import java.io.Closeable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The writer of the results file.
 *
 * <p><b>Thread</b>: one at a time, the engine's once it runs. <b>Errors</b>: {@link
 * StoreException}; a commit that failed left nothing behind.
 */
public final class Store implements Closeable {

  /** Name of the file in the data directory. */
  public static final String FILE_NAME = "results.db";

  /** How many rejects are kept for people to look at. */
  public static final int REJECTS_KEPT = 1000;

  private static final String ENGINE = "engine";

  private final Path file;
  private final Connection connection;
  private final Map<String, Long> kpiIds = new HashMap<>();
  private final Map<String, Long> subjectIds = new HashMap<>();
  private long resultCount;
  private long modelUpdateCount;

  private Store(Path file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    connection.setAutoCommit(false);
    if (Sqlite.isEmpty(connection)) {
      Sqlite.createSchema(connection);
      connection.commit();
    }
    Sqlite.checkVersion(connection, file);
    resultCount = Sqlite.number(connection, "SELECT coalesce(max(id), 0) FROM result");
    modelUpdateCount = Sqlite.number(connection, "SELECT coalesce(max(id), 0) FROM model_update");
    connection.commit();
  }

  /** Opens the results file of a data directory, creating it if there is none. */
  public static Store open(Path dataDirectory) {
    Path file = dataDirectory.resolve(FILE_NAME);
    Connection connection = null;
    try {
      connection = Sqlite.connect(file, false);
      return new Store(file, connection);
    } catch (SQLException e) {
      close(connection);
      throw new StoreException(file + " cannot be opened", e);
    } catch (StoreException e) {
      close(connection);
      throw e;
    }
  }

  private static void close(@org.jspecify.annotations.Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new StoreException("the store cannot be closed", e);
      }
    }
  }

  /** A reader with its own connection. */
  public StoreReader reader() {
    return StoreReader.openFile(file);
  }

  /** The positions of sinks, with their own connection. */
  public Cursors cursors() {
    return Cursors.open(file);
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Number of results stored, which is the id of the last one. */
  public long resultCount() {
    return resultCount;
  }

  /** Number of model update rows stored, which is the id of the last one. */
  public long modelUpdateCount() {
    return modelUpdateCount;
  }

  /** Writes what the measures mean beside the results, so that the file explains itself. */
  public void describe(Collection<Kpi> kpis) {
    String sql =
        """
        INSERT INTO kpi (kpi, name, unit, formula, source, counts) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (kpi) DO UPDATE SET name = excluded.name, unit = excluded.unit,
          formula = excluded.formula, source = excluded.source, counts = excluded.counts""";
    transaction(
        () -> {
          try (PreparedStatement s = connection.prepareStatement(sql)) {
            for (Kpi kpi : kpis) {
              s.setString(1, kpi.id());
              s.setString(2, kpi.name());
              s.setString(3, kpi.unit());
              s.setString(4, kpi.formula());
              s.setString(5, kpi.source());
              s.setString(6, Json.names(kpi.counts()));
              s.executeUpdate();
            }
          }
        });
  }

  /** The state to go on from; empty in a new store. */
  public Optional<Checkpoint> checkpoint() {
    try {
      Optional<Checkpoint> found = StoreReader.checkpoint(connection, ENGINE);
      connection.commit();
      return found;
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be read", e);
    }
  }

  /**
   * Writes the batch into the transaction that the next {@link #commit} ends, and empties it: so
   * memory stays bounded when much comes out at once, as after a long downtime. Until then nobody
   * sees it, and a crash takes it back.
   */
  public void stage(StoreBatch batch) {
    try {
      insert(batch);
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be written", e);
    }
  }

  private void insert(StoreBatch batch) throws SQLException {
    insertResults(batch.results);
    insertModelUpdates(batch.modelUpdates);
    insertRegisters(batch.registers);
    insertExclusions(batch.exclusions);
    insertRejects(batch);
    resultCount += batch.results.size();
    modelUpdateCount += batch.modelUpdates.size();
    batch.clear();
  }

  /** Writes the batch and the checkpoint in one transaction and empties the batch. */
  public void commit(StoreBatch batch, Checkpoint checkpoint) {
    transaction(
        () -> {
          insert(batch);
          writeCheckpoint(connection, ENGINE, checkpoint);
        });
  }

  private void insertResults(Collection<Result> results) throws SQLException {
    String sql =
        """
        INSERT INTO result (id, kpi_id, subject_id, start_ns, end_ns, revision, register, state,
          value, lower, upper, counts, histogram, span)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    long id = resultCount;
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      for (Result r : results) {
        s.setLong(1, ++id);
        s.setLong(2, id("kpi", "kpi", kpiIds, r.kpi()));
        s.setLong(3, id("subject", "path", subjectIds, r.subject()));
        s.setLong(4, r.startNs());
        s.setLong(5, r.endNs());
        s.setInt(6, r.revision());
        s.setString(7, r.registerHash());
        s.setString(8, r.figure().state().name());
        Sqlite.setDouble(s, 9, r.figure().value());
        Sqlite.setDouble(s, 10, r.figure().lower());
        Sqlite.setDouble(s, 11, r.figure().upper());
        s.setString(12, Json.array(r.counts()));
        s.setBytes(13, r.histogram().length == 0 ? null : r.histogram());
        s.setString(14, r.span().name());
        s.executeUpdate();
      }
    }
  }

  /** The id of a name in its table, new if it was never seen. */
  private long id(String table, String column, Map<String, Long> known, String name)
      throws SQLException {
    Long id = known.get(name);
    if (id == null) {
      String insert = "INSERT INTO %s (%s) VALUES (?) ON CONFLICT DO NOTHING";
      String select = "SELECT id FROM %s WHERE %s = ?";
      try (PreparedStatement i = connection.prepareStatement(insert.formatted(table, column));
          PreparedStatement s = connection.prepareStatement(select.formatted(table, column))) {
        i.setString(1, name);
        i.executeUpdate();
        s.setString(1, name);
        try (ResultSet row = s.executeQuery()) {
          row.next();
          id = row.getLong(1);
        }
      }
      known.put(name, id);
    }
    return id;
  }

  private void insertModelUpdates(Collection<ModelUpdate> updates) throws SQLException {
    String sql =
        """
        INSERT INTO model_update (id, node, model, version, digest, attempt, revision, approved_ns,
          approved_received_ns, end_ns, end_received_ns, end_state, rolled_back_ns, stages)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    long id = modelUpdateCount;
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      for (ModelUpdate u : updates) {
        s.setLong(1, ++id);
        s.setString(2, u.node());
        s.setString(3, u.model());
        s.setString(4, u.version());
        s.setString(5, u.digest());
        s.setInt(6, u.attempt());
        s.setInt(7, u.revision());
        Sqlite.setTime(s, 8, u.approvedNs());
        Sqlite.setTime(s, 9, u.approvedReceivedNs());
        Sqlite.setTime(s, 10, u.endNs());
        Sqlite.setTime(s, 11, u.endReceivedNs());
        s.setString(12, u.end().name());
        Sqlite.setTime(s, 13, u.rolledBackNs());
        s.setString(14, Json.stages(u.stagesNs()));
        s.executeUpdate();
      }
    }
  }

  private void insertRegisters(Collection<RegisterRow> registers) throws SQLException {
    try (PreparedStatement s =
        connection.prepareStatement(
            "INSERT INTO register (hash, json, since_ns) VALUES (?, ?, ?)")) {
      for (RegisterRow r : registers) {
        s.setString(1, r.hash());
        s.setString(2, r.json());
        s.setLong(3, r.sinceNs());
        s.executeUpdate();
      }
    }
  }

  private void insertExclusions(Collection<ExclusionRow> exclusions) throws SQLException {
    String sql =
        """
        INSERT INTO exclusion (subject, from_ns, to_ns, reason, approver, entered_ns)
        VALUES (?, ?, ?, ?, ?, ?)""";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      for (ExclusionRow e : exclusions) {
        s.setString(1, e.subject());
        s.setLong(2, e.fromNs());
        s.setLong(3, e.toNs());
        s.setString(4, e.reason());
        s.setString(5, e.approver());
        s.setLong(6, e.enteredNs());
        s.executeUpdate();
      }
    }
  }

  private void insertRejects(StoreBatch batch) throws SQLException {
    if (batch.rejects.isEmpty()) {
      return;
    }
    String insert =
        """
        INSERT INTO reject (received_ns, link, cause, size, origin, detail, payload)
        VALUES (?, ?, ?, ?, ?, ?, ?)""";
    String count =
        """
        INSERT INTO reject_count (cause, count) VALUES (?, ?)
        ON CONFLICT (cause) DO UPDATE SET count = count + excluded.count""";
    String bound = "DELETE FROM reject WHERE id <= (SELECT max(id) FROM reject) - ?";
    try (PreparedStatement i = connection.prepareStatement(insert);
        PreparedStatement c = connection.prepareStatement(count);
        PreparedStatement b = connection.prepareStatement(bound)) {
      for (RejectRow r : batch.rejects) {
        i.setLong(1, r.receivedNs());
        i.setInt(2, r.link());
        i.setString(3, r.cause().name());
        i.setLong(4, r.size());
        i.setString(5, r.origin());
        i.setString(6, r.detail());
        i.setBytes(7, r.payload());
        i.executeUpdate();
      }
      for (RejectCause cause : RejectCause.values()) {
        if (batch.rejectCounts[cause.ordinal()] > 0) {
          c.setString(1, cause.name());
          c.setLong(2, batch.rejectCounts[cause.ordinal()]);
          c.executeUpdate();
        }
      }
      b.setLong(1, REJECTS_KEPT);
      b.executeUpdate();
    }
  }

  static void writeCheckpoint(Connection connection, String name, Checkpoint c)
      throws SQLException {
    String sql =
        """
        INSERT OR REPLACE INTO checkpoint (name, position, register_hash, register_json, state,
          results, model_updates, written_ns) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      s.setString(1, name);
      s.setLong(2, c.position());
      s.setString(3, c.registerHash());
      s.setString(4, c.registerJson());
      s.setBytes(5, c.state());
      s.setLong(6, c.results());
      s.setLong(7, c.modelUpdates());
      s.setLong(8, c.timeNs());
      s.executeUpdate();
    }
  }

  private void transaction(Work work) {
    try {
      try {
        work.run();
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        kpiIds.clear(); // what was rolled back has no id
        subjectIds.clear();
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new StoreException(file + " cannot be written", e);
    }
  }

  @Override
  public void close() {
    close(connection);
  }

  /** Statements of one transaction. */
  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }
}
