package io.feedrate.collector.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which leaves tell of a period: all from the first result of it to the last, in the order of the
 * log; and of what came before and after, that which is about it as well.
 */
final class LeafSelection {
  private final Connection connection;
  private final LogReader log;
  private final long fromNs;
  private final long toNs;
  private final long size;

  /** Of the leaves below {@code size}, those about {@code [fromNs, toNs)}. */
  LeafSelection(Connection connection, LogReader log, long fromNs, long toNs, long size) {
    this.connection = connection;
    this.log = log;
    this.fromNs = fromNs;
    this.toNs = toNs;
    this.size = size;
  }

  LogReader.Selection select() throws SQLException {
    long[] results = resultRows();
    long from = size;
    long to = size;
    if (results[0] > 0) {
      from = Math.min(size, log.index(LeafKind.RESULT, results[0]).orElse(size));
      to = Math.min(size, log.index(LeafKind.RESULT, results[1]).orElse(size - 1) + 1);
    }
    TreeSet<Long> others = new TreeSet<>();
    others(from, to, others);
    others.subSet(from, to).clear();
    return new LogReader.Selection(from, to, List.copyOf(others), unsigned());
  }

  /** The first and the last row; 0 where there is none. By key, not by reading all there are. */
  private long[] resultRows() throws SQLException {
    String sql =
        """
        SELECT coalesce(min(r.id), 0), coalesce(max(r.id), 0) FROM kpi AS k CROSS JOIN subject AS s
          CROSS JOIN (SELECT 'WINDOW' AS span UNION SELECT 'SHIFT' UNION SELECT 'DAY') AS p
          CROSS JOIN result AS r ON r.kpi_id = k.id AND r.subject_id = s.id AND r.span = p.span
        WHERE r.start_ns >= ? AND r.start_ns < ?""";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      s.setLong(1, fromNs);
      s.setLong(2, toNs);
      try (ResultSet row = s.executeQuery()) {
        row.next();
        return new long[] {row.getLong(1), row.getLong(2)};
      }
    }
  }

  /** How many results of the period are not signed yet. */
  private long unsigned() throws SQLException {
    return Sqlite.number(
        connection,
        "SELECT count(*) FROM result WHERE id > %d AND start_ns >= %d AND start_ns < %d"
            .formatted(lastRow(LeafKind.RESULT, size), fromNs, toNs));
  }

  private void others(long from, long to, Set<Long> into) throws SQLException {
    add(LeafKind.KEY, "SELECT id FROM log_key", into);
    add(LeafKind.HANDOVER, "SELECT era FROM handover", into);
    add(
        LeafKind.REGISTER,
        """
        SELECT id FROM register WHERE since_ns < %2$d
          AND id >= (SELECT coalesce(max(id), 0) FROM register WHERE since_ns <= %1$d)""",
        into);
    add(LeafKind.EXCLUSION, "SELECT id FROM exclusion WHERE from_ns < %2$d AND to_ns > %1$d", into);
    add(
        LeafKind.GAP,
        """
        SELECT id FROM gap WHERE coalesce(from_ns, to_ns) < %2$d
          AND id >= (SELECT coalesce(max(id), 0) FROM gap WHERE to_ns <= %1$d)""",
        into);
    add(LeafKind.ENTRY, "SELECT id FROM entry WHERE kind = 'STATEMENT'", into);
    newest(LeafKind.MODEL_UPDATE, MODEL_UPDATES, from, to, into);
    newest(LeafKind.EPISODE, EPISODES, from, to, into);
  }

  private static final String MODEL_UPDATES =
      """
      SELECT m.id FROM model_update AS m WHERE m.id <= %3$d
        AND (m.approved_ns < %2$d AND (m.end_state = 'PENDING' OR m.end_ns >= %1$d)
          OR EXISTS (SELECT 1 FROM model_update AS o WHERE o.node = m.node AND o.model = m.model
            AND o.version = m.version AND o.attempt = m.attempt AND o.id BETWEEN %4$d AND %5$d))
        AND NOT EXISTS (SELECT 1 FROM model_update AS n WHERE n.node = m.node AND n.model = m.model
          AND n.version = m.version AND n.attempt = m.attempt AND n.id > m.id AND n.id <= %3$d)""";

  private static final String EPISODES =
      """
      SELECT e.id FROM episode AS e WHERE e.id <= %3$d
        AND ((e.start_ns < %2$d OR e.start_received_ns < %2$d)
            AND (e.end_state = 'OPEN' OR e.end_ns >= %1$d OR e.end_received_ns >= %1$d)
          OR EXISTS (SELECT 1 FROM episode AS o WHERE o.subject_id = e.subject_id AND o.key = e.key
            AND o.kind = e.kind AND o.start_ns = e.start_ns
            AND o.start_received_ns = e.start_received_ns AND o.id BETWEEN %4$d AND %5$d))
        AND NOT EXISTS (SELECT 1 FROM episode AS n WHERE n.subject_id = e.subject_id
          AND n.key = e.key AND n.kind = e.kind AND n.start_ns = e.start_ns
          AND n.start_received_ns = e.start_received_ns AND n.id > e.id AND n.id <= %3$d)""";

  /** Where each of what the period or the disclosed leaves are about stood in the end. */
  private void newest(LeafKind kind, String sql, long from, long to, Set<Long> into)
      throws SQLException {
    long signed = lastRow(kind, size);
    long first = lastRow(kind, from) + 1;
    long last = lastRow(kind, to);
    add(kind, sql.formatted(fromNs, toNs, signed, first, last), into);
  }

  /** The last row of a kind with a leaf below an index. */
  private long lastRow(LeafKind kind, long index) throws SQLException {
    String rare = kind == LeafKind.RESULT ? "" : " AND kind <> 1";
    String order = kind == LeafKind.RESULT ? "id" : "row_id";
    return Sqlite.number(
        connection,
        "SELECT row_id FROM log_leaf WHERE kind = %d%s AND id < %d ORDER BY %s DESC LIMIT 1"
            .formatted(kind.code(), rare, index, order));
  }

  private void add(LeafKind kind, String sql, Set<Long> into) throws SQLException {
    List<Long> rows = new ArrayList<>();
    try (PreparedStatement s = connection.prepareStatement(sql.formatted(fromNs, toNs));
        ResultSet found = s.executeQuery()) {
      while (found.next()) {
        rows.add(found.getLong(1));
      }
    }
    for (long row : rows) {
      OptionalLong index = log.index(kind, row);
      if (index.isPresent() && index.getAsLong() < size) {
        into.add(index.getAsLong());
      }
    }
  }
}
