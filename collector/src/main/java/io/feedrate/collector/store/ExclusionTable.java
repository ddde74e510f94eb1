package io.feedrate.collector.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/** The table of exclusions: how rows are written, and in which order their columns are read. */
final class ExclusionTable {

  /** What {@link Rows#exclusion} reads. */
  static final String SELECT =
      """
      SELECT kind, subject, from_ns, to_ns, reason, approver, source, reference, entered_by,
        entered_ns, entry, journaled_ns FROM exclusion
      """;

  private ExclusionTable() {}

  /** Writes rows with the ids that follow the last one's. */
  static void insert(Connection connection, Collection<ExclusionRow> rows, long lastId)
      throws SQLException {
    String sql =
        """
        INSERT INTO exclusion (id, kind, subject, from_ns, to_ns, reason, approver, source,
          reference, entered_by, entered_ns, entry, journaled_ns)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    long id = lastId;
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      for (ExclusionRow row : rows) {
        s.setLong(1, ++id);
        s.setString(2, row.said().kind().name());
        s.setString(3, row.said().subject());
        s.setLong(4, row.said().fromNs());
        s.setLong(5, row.said().toNs());
        s.setString(6, row.said().reason());
        s.setString(7, row.said().approver());
        s.setString(8, row.said().source().name());
        s.setString(9, row.said().reference());
        s.setString(10, row.said().enteredBy());
        s.setLong(11, row.said().enteredNs());
        s.setString(12, row.said().entry());
        s.setLong(13, row.journaledNs());
        s.executeUpdate();
      }
    }
  }
}
