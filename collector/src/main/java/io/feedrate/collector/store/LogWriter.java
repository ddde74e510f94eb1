package io.feedrate.collector.store;

import io.feedrate.collector.evidence.log.Frontier;
import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.evidence.log.Proofs;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds leaves to the log, in the transaction of the rows that they are of. Their order is that of
 * computation, whatever the commits were: the same journal gives the same tree.
 *
 * <p><b>Thread</b>: the store's.
 */
final class LogWriter {
  private final Connection connection;
  private final MerkleHash hash = new MerkleHash();
  private final LeafText text = new LeafText();
  private final long[] lastRows = new long[LeafKind.values().length];
  private Frontier tree = new Frontier(hash);
  private long savedSize;

  LogWriter(Connection connection) throws SQLException {
    this.connection = connection;
    load();
  }

  /** Goes back to what is stored, as after a rollback. */
  void load() throws SQLException {
    tree = tree(connection, hash);
    savedSize = tree.size();
    for (LeafKind kind : LeafKind.values()) {
      lastRows[kind.ordinal()] =
          Sqlite.number(
              connection,
              "SELECT coalesce(max(%s), 0) FROM %s".formatted(kind.idColumn(), kind.table()));
    }
  }

  static Frontier tree(Connection connection, MerkleHash hash) throws SQLException {
    try (Statement s = connection.createStatement();
        ResultSet row = s.executeQuery("SELECT size, frontier FROM log_tree")) {
      return row.next() ? Frontier.of(hash, row.getLong(1), row.getBytes(2)) : new Frontier(hash);
    } catch (IllegalArgumentException e) {
      throw new StoreException("the log is damaged: " + e.getMessage(), e);
    }
  }

  /** The id of the last row of a kind that has a leaf. */
  long lastRow(LeafKind kind) {
    return lastRows[kind.ordinal()];
  }

  /** Adds a leaf for each of these rows, which are inserted already with the ids that follow. */
  void append(List<?> rows, int era) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Map<Node, byte[]> nodes = new LinkedHashMap<>();
    try (PreparedStatement s =
        connection.prepareStatement(
            "INSERT INTO log_leaf (id, kind, row_id, hash) VALUES (?, ?, ?, ?)")) {
      for (Object row : rows) {
        LeafValue value = new LeafValue(row, era);
        LeafKind kind = value.kind();
        byte[] leaf = text.of(value).hash(hash);
        s.setLong(1, tree.size());
        s.setInt(2, kind.code());
        s.setLong(3, ++lastRows[kind.ordinal()]);
        s.setBytes(4, leaf);
        s.executeUpdate();
        tree.append(
            leaf,
            (height, index, root) -> {
              if (height % Proofs.STEP == 0) {
                nodes.put(new Node(height, index), root);
              }
            });
      }
    }
    insert(nodes);
  }

  private record Node(int height, long index) {}

  private void insert(Map<Node, byte[]> nodes) throws SQLException {
    try (PreparedStatement s =
        connection.prepareStatement("INSERT INTO log_node (height, id, hash) VALUES (?, ?, ?)")) {
      for (Map.Entry<Node, byte[]> node : nodes.entrySet()) {
        s.setInt(1, node.getKey().height());
        s.setLong(2, node.getKey().index());
        s.setBytes(3, node.getValue());
        s.executeUpdate();
      }
    }
  }

  /** Inserts a key with its leaf. */
  void add(KeyRow key) throws SQLException {
    String sql =
        """
        INSERT INTO log_key (id, key_id, algorithm, public_key, previous_signature, since_ns)
        VALUES (?, ?, ?, ?, ?, ?)""";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      s.setLong(1, lastRow(LeafKind.KEY) + 1);
      s.setString(2, key.keyId());
      s.setString(3, key.algorithm());
      s.setBytes(4, key.publicKey());
      s.setBytes(5, key.previousSignature());
      s.setLong(6, key.sinceNs());
      s.executeUpdate();
    }
    append(List.of(key), 0);
  }

  /** Writes the tree as it stands, before a commit. */
  void save() throws SQLException {
    if (tree.size() == savedSize) {
      return;
    }
    try (PreparedStatement s =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO log_tree (id, size, frontier) VALUES (1, ?, ?)")) {
      s.setLong(1, tree.size());
      s.setBytes(2, tree.bytes());
      s.executeUpdate();
    }
    savedSize = tree.size();
  }
}
