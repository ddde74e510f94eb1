package io.feedrate.collector.report;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A table as RFC 4180 has it: comma, CRLF, quotes doubled, a head line; UTF-8. Numbers have a point
 * and no grouping, times are ISO 8601 in UTC, what is unknown is empty. A text that a spreadsheet
 * would take for a formula begins with an apostrophe instead.
 */
final class CsvFile implements Closeable {

  /**
   * A column.
   *
   * @param unit UCUM code, "ISO 8601", or "" for texts and numbers without one
   */
  record Column(String name, String unit, String meaning) {}

  /** What a table has: its file name and its columns. */
  record Head(String file, List<Column> columns) {
    Head {
      columns = List.copyOf(columns);
    }

    /** From names, units and meanings by turns. */
    static Head of(String file, String... parts) {
      Column[] columns = new Column[parts.length / 3];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = new Column(parts[3 * i], parts[3 * i + 1], parts[3 * i + 2]);
      }
      return new Head(file, List.of(columns));
    }
  }

  private final BufferedWriter out;
  private final int columns;

  CsvFile(Path directory, Head head) throws IOException {
    out = Files.newBufferedWriter(directory.resolve(head.file()), StandardCharsets.UTF_8);
    columns = head.columns().size();
    row(head.columns().stream().map(Column::name).toArray());
  }

  /** Texts, numbers; null, NaN and infinite numbers are empty. */
  void row(Object... cells) throws IOException {
    if (cells.length != columns) {
      throw new IllegalStateException(cells.length + " cells for " + columns + " columns");
    }
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(cell(cells[i]));
    }
    out.write("\r\n");
  }

  private static String cell(Object value) {
    if (value instanceof Double number) {
      return Double.isFinite(number)
          ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
          : "";
    } else if (value instanceof Number) {
      return value.toString();
    }
    String text = value.toString();
    String safe = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  /** A time in UTC; empty for the ends of time, which stand for none. */
  static String time(long epochNs) {
    if (epochNs == Long.MIN_VALUE || epochNs == Long.MAX_VALUE) {
      return "";
    }
    long second = TimeUnit.SECONDS.toNanos(1);
    return Instant.ofEpochSecond(Math.floorDiv(epochNs, second), Math.floorMod(epochNs, second))
        .toString();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
