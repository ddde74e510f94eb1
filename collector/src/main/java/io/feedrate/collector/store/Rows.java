package io.feedrate.collector.store;

import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.journal.ExclusionSource;
import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** Rows of queries as values; each expects the columns in the order of its query. */
final class Rows {
  private Rows() {}

  static ResultRow result(ResultSet row) throws SQLException {
    byte[] histogram = row.getBytes(13);
    return new ResultRow(
        row.getLong(1),
        new Result(
            row.getString(2),
            row.getString(3),
            Span.valueOf(row.getString(14)),
            row.getLong(4),
            row.getLong(5),
            row.getInt(6),
            row.getString(7),
            Json.array(row.getString(12)),
            Objects.requireNonNullElse(histogram, new byte[0]),
            new Figure(
                State.valueOf(row.getString(8)),
                Sqlite.getDouble(row, 9),
                Sqlite.getDouble(row, 10),
                Sqlite.getDouble(row, 11))));
  }

  static ModelUpdateRow modelUpdate(ResultSet row) throws SQLException {
    return new ModelUpdateRow(
        row.getLong(1),
        new ModelUpdate(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getInt(6),
            row.getInt(7),
            Sqlite.getTime(row, 8),
            Sqlite.getTime(row, 9),
            Sqlite.getTime(row, 10),
            Sqlite.getTime(row, 11),
            Sqlite.getTime(row, 12),
            ModelUpdate.End.valueOf(row.getString(13)),
            Sqlite.getTime(row, 14),
            row.getString(15),
            Json.stages(row.getString(16))));
  }

  static EpisodeRow episode(ResultSet row) throws SQLException {
    return new EpisodeRow(
        row.getLong(1),
        new Episode(
            Episode.Kind.valueOf(row.getString(2)),
            row.getString(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            Sqlite.getTime(row, 7),
            Sqlite.getTime(row, 8),
            Episode.End.valueOf(row.getString(9)),
            row.getInt(10)));
  }

  static RejectRow reject(ResultSet row) throws SQLException {
    return new RejectRow(
        row.getLong(1),
        row.getInt(2),
        RejectCause.valueOf(row.getString(3)),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        row.getBytes(7));
  }

  static ExclusionRow exclusion(ResultSet row) throws SQLException {
    return new ExclusionRow(
        new ExclusionRecord(
            ExclusionKind.valueOf(row.getString(1)),
            row.getString(2),
            row.getLong(3),
            row.getLong(4),
            row.getString(5),
            row.getString(6),
            ExclusionSource.valueOf(row.getString(7)),
            row.getString(8),
            row.getString(9),
            row.getLong(10),
            row.getString(11)),
        row.getLong(12));
  }

  static GapRow gap(ResultSet row) throws SQLException {
    return new GapRow(
        GapRow.Cause.valueOf(row.getString(1)),
        Sqlite.getTime(row, 2),
        row.getLong(3),
        row.getString(4));
  }

  static EntryRow entry(ResultSet row) throws SQLException {
    return new EntryRow(EntryKind.valueOf(row.getString(1)), row.getString(2), row.getLong(3));
  }

  static Handover handover(ResultSet row) throws SQLException {
    return new Handover(
        row.getInt(1),
        row.getLong(2),
        row.getInt(3),
        row.getBoolean(4),
        new RowCounts(row.getLong(5), row.getLong(6), row.getLong(7)));
  }

  static Checkpoint checkpoint(ResultSet row) throws SQLException {
    return new Checkpoint(
        row.getLong(1),
        row.getInt(2),
        row.getString(3),
        row.getString(4),
        row.getBytes(5),
        new RowCounts(row.getLong(6), row.getLong(7), row.getLong(8)),
        row.getLong(9));
  }
}
