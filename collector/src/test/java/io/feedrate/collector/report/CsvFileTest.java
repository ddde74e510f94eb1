package io.feedrate.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.report.CsvFile.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  private static final Head HEAD = Head.of("t.csv", "a", "", "first", "b", "s", "second");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  private String written(Object a, Object b) throws IOException {
    try (CsvFile file = new CsvFile(folder, HEAD)) {
      file.row(a, b);
    }
    return Files.readString(folder.resolve("t.csv"));
  }

  @Test
  void cellsAreQuotedWhereTheyMust() throws IOException {
    assertThat(written("x, \"y\"\nz", "plain")).isEqualTo("a,b\r\n\"x, \"\"y\"\"\nz\",plain\r\n");
  }

  @Test
  void numbersHaveAPointAndNoExponent() throws IOException {
    assertThat(written(1.0e-7, 1234567L)).isEqualTo("a,b\r\n0.0000001,1234567\r\n");
    assertThat(written(-2.5, Double.NaN)).isEqualTo("a,b\r\n-2.5,\r\n");
  }

  @Test
  void noTextBecomesAFormulaInASpreadsheet() throws IOException {
    assertThat(written("=1+1", "@x")).isEqualTo("a,b\r\n'=1+1,'@x\r\n");
  }
}
