package io.feedrate.collector.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/** Writes what the collector missed. */
final class GapTable {
  private GapTable() {}

  /** Inserts rows with the ids that follow the last one. */
  static void insert(Connection connection, Collection<GapRow> gaps, long lastId)
      throws SQLException {
    if (gaps.isEmpty()) {
      return;
    }
    String sql = "INSERT INTO gap (id, cause, from_ns, to_ns, software) VALUES (?, ?, ?, ?, ?)";
    try (PreparedStatement s = connection.prepareStatement(sql)) {
      long id = lastId;
      for (GapRow g : gaps) {
        s.setLong(1, ++id);
        s.setString(2, g.cause().name());
        Sqlite.setTime(s, 3, g.fromNs());
        s.setLong(4, g.toNs());
        s.setString(5, g.software());
        s.executeUpdate();
      }
    }
  }
}
