package io.feedrate.collector.store;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.Episode;
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
import java.util.List;
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

  static final String ENGINE = "engine";

  private final Path file;
  private final Connection connection;
  private final Map<String, Long> kpiIds = new HashMap<>();
  private final Map<String, Long> subjectIds = new HashMap<>();
  private final LogWriter log;
  private RowCounts rows;
  private int era;

  private Store(Path file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    connection.setAutoCommit(false);
    if (Sqlite.isEmpty(connection)) {
      Sqlite.createSchema(connection);
      connection.commit();
    }
    Sqlite.checkVersion(connection, file);
    rows = new RowCounts(lastId("result"), lastId("model_update"), lastId("episode"));
    era = (int) Sqlite.number(connection, "SELECT coalesce(max(era), 0) FROM handover");
    log = new LogWriter(connection);
    connection.commit();
  }

  private long lastId(String table) throws SQLException {
    return Sqlite.number(connection, "SELECT coalesce(max(id), 0) FROM " + table);
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

  /** The signed heads of the log, with their own connection. */
  public LogHeads heads() {
    return LogHeads.open(file);
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** How many computed rows are stored or staged. */
  public RowCounts rows() {
    return rows;
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
    insertEpisodes(batch.episodes);
    insertRegisters(batch.registers);
    ExclusionTable.insert(connection, batch.exclusions, log.lastRow(LeafKind.EXCLUSION));
    GapTable.insert(connection, batch.gaps, log.lastRow(LeafKind.GAP));
    insertEntries(batch.entries);
    insertRejects(batch);
    log.append(batch.order, era);
    rows = rows.plus(batch.rows());
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

  /**
   * From here on another version of Feedrate computes: later rows do not clash with those of the
   * versions before, and a replay begins here.
   *
   * @param here the engine's state now, with the rows that are stored
   * @param complete whether that state knows all that the journal ever told
   */
  public void handOver(Checkpoint here, boolean complete) {
    String sql =
        """
        INSERT INTO handover (era, since_ns, format, complete, results, model_updates, episodes)
        VALUES (?, ?, ?, ?, ?, ?, ?)""";
    transaction(
        () -> {
          try (PreparedStatement s = connection.prepareStatement(sql)) {
            s.setInt(1, era + 1);
            s.setLong(2, here.timeNs());
            s.setInt(3, here.format());
            s.setBoolean(4, complete);
            s.setLong(5, here.rows().results());
            s.setLong(6, here.rows().modelUpdates());
            s.setLong(7, here.rows().episodes());
            s.executeUpdate();
          }
          Handover row = new Handover(era + 1, here.timeNs(), here.format(), complete, here.rows());
          log.append(List.of(row), era + 1);
          writeCheckpoint(connection, ENGINE, here);
          writeCheckpoint(connection, Cursors.BASE, here);
        });
    era++;
  }

  /** Adds a key that signs heads from now on, as a leaf of the log. */
  public void addKey(KeyRow key) {
    transaction(() -> log.add(key));
  }

  private void insertResults(Collection<Result> results) throws SQLException {
    String sql =
        """
        INSERT INTO result (id, kpi_id, subject_id, start_ns, end_ns, revision, register, state,
          value, lower, upper, counts, histogram, span, era)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    long id = rows.results();
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
        s.setInt(15, era);
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
          approved_received_ns, end_not_before_ns, end_ns, end_received_ns, end_state,
          rolled_back_ns, other_digest, stages, era)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    long id = rows.modelUpdates();
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
        Sqlite.setTime(s, 10, u.endNotBeforeNs());
        Sqlite.setTime(s, 11, u.endNs());
        Sqlite.setTime(s, 12, u.endReceivedNs());
        s.setString(13, u.end().name());
        Sqlite.setTime(s, 14, u.rolledBackNs());
        s.setString(15, u.otherDigest());
        s.setString(16, Json.stages(u.stagesNs()));
        s.setInt(17, era);
        s.executeUpdate();
      }
    }
  }

  private void insertEpisodes(Collection<Episode> episodes) throws SQLException {
    String insert =
        """
        INSERT INTO episode (id, kind, subject_id, key, start_ns, start_received_ns, end_ns,
          end_received_ns, end_state, revision, era)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    String open = "INSERT INTO open_episode (id) VALUES (?)";
    String close =
        """
        DELETE FROM open_episode WHERE id IN (SELECT id FROM episode WHERE subject_id = ?
          AND key = ? AND kind = ? AND start_ns = ? AND start_received_ns = ?)""";
    long id = rows.episodes();
    try (PreparedStatement i = connection.prepareStatement(insert);
        PreparedStatement o = connection.prepareStatement(open);
        PreparedStatement c = connection.prepareStatement(close)) {
      for (Episode e : episodes) {
        long subject = id("subject", "path", subjectIds, e.subject());
        i.setLong(1, ++id);
        i.setString(2, e.kind().name());
        i.setLong(3, subject);
        i.setLong(4, e.key());
        i.setLong(5, e.startNs());
        i.setLong(6, e.startReceivedNs());
        Sqlite.setTime(i, 7, e.endNs());
        Sqlite.setTime(i, 8, e.endReceivedNs());
        i.setString(9, e.end().name());
        i.setInt(10, e.revision());
        i.setInt(11, era);
        i.executeUpdate();
        if (e.end() == Episode.End.OPEN) {
          o.setLong(1, id);
          o.executeUpdate();
        } else {
          c.setLong(1, subject);
          c.setLong(2, e.key());
          c.setString(3, e.kind().name());
          c.setLong(4, e.startNs());
          c.setLong(5, e.startReceivedNs());
          c.executeUpdate();
        }
      }
    }
  }

  private void insertRegisters(Collection<RegisterRow> registers) throws SQLException {
    try (PreparedStatement s =
        connection.prepareStatement(
            "INSERT INTO register (id, hash, json, since_ns) VALUES (?, ?, ?, ?)")) {
      long id = log.lastRow(LeafKind.REGISTER);
      for (RegisterRow r : registers) {
        s.setLong(1, ++id);
        s.setString(2, r.hash());
        s.setString(3, r.json());
        s.setLong(4, r.sinceNs());
        s.executeUpdate();
      }
    }
  }

  private void insertEntries(Collection<EntryRow> entries) throws SQLException {
    String sql = "INSERT INTO entry (id, kind, line, journaled_ns) VALUES (?, ?, ?, ?)";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      long id = log.lastRow(LeafKind.ENTRY);
      for (EntryRow e : entries) {
        s.setLong(1, ++id);
        s.setString(2, e.kind().name());
        s.setString(3, e.line());
        s.setLong(4, e.journaledNs());
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
        INSERT OR REPLACE INTO checkpoint (name, position, format, register_hash, register_json,
          state, results, model_updates, episodes, written_ns)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      s.setString(1, name);
      s.setLong(2, c.position());
      s.setInt(3, c.format());
      s.setString(4, c.registerHash());
      s.setString(5, c.registerJson());
      s.setBytes(6, c.state());
      s.setLong(7, c.rows().results());
      s.setLong(8, c.rows().modelUpdates());
      s.setLong(9, c.rows().episodes());
      s.setLong(10, c.timeNs());
      s.executeUpdate();
    }
  }

  private void transaction(Work work) {
    try {
      try {
        work.run();
        log.save();
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        kpiIds.clear(); // what was rolled back has no id
        subjectIds.clear();
        connection.rollback();
        log.load();
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
