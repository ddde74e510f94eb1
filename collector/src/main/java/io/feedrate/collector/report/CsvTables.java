package io.feedrate.collector.report;

import io.feedrate.collector.report.CsvFile.Column;
import io.feedrate.collector.report.CsvFile.Head;
import io.feedrate.collector.store.StoreReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything of a period as tables, one file each, and a table that describes their columns. */
public final class CsvTables {

  private static final Head COLUMNS =
      Head.of(
          "columns.csv",
          "file",
          "",
          "the table",
          "column",
          "",
          "its column",
          "unit",
          "",
          "UCUM code, ISO 8601 for times, or empty",
          "meaning",
          "",
          "what stands in it");

  private CsvTables() {}

  /** Whether tables can be written there: no file is ever overwritten. */
  public static boolean isFree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return true;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  /** Writes the rows of a table. */
  @FunctionalInterface
  interface Rows {
    void write(CsvFile file) throws IOException;
  }

  /** A table before it is written. */
  record Table(Head head, Rows rows) {}

  /**
   * Writes all tables into a directory, which is made if it is not there.
   *
   * @throws FileAlreadyExistsException if something is in it
   */
  public static List<Path> write(Reports reports, StoreReader reader, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    if (!isFree(directory)) {
      throw new FileAlreadyExistsException(directory.toString());
    }
    List<Table> tables = new ArrayList<>(AssessmentTables.of(reports.data()));
    tables.addAll(StoreTables.of(reports.data(), reader));
    List<Path> written = new ArrayList<>();
    try {
      for (Table table : tables) {
        try (CsvFile file = new CsvFile(directory, table.head)) {
          table.rows.write(file);
        }
        written.add(directory.resolve(table.head.file()));
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    try (CsvFile file = new CsvFile(directory, COLUMNS)) {
      for (Table table : tables) {
        for (Column column : table.head.columns()) {
          file.row(table.head.file(), column.name(), column.unit(), column.meaning());
        }
      }
    }
    written.add(directory.resolve(COLUMNS.file()));
    return written;
  }
}
