package io.feedrate.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code feedrate report} over a real results file, held open by another connection. */
class ReportCommandTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each
  private StoredPlant plant;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void store() throws IOException {
    plant = StoredPlant.in(Files.createDirectory(folder.resolve("data")));
  }

  @AfterEach
  void close() {
    plant.close();
  }

  private int run(String... options) {
    List<String> args = new ArrayList<>(List.of("report"));
    args.addAll(List.of(options));
    args.addAll(
        List.of("--data", folder.resolve("data").toString(), "--to", "2026-11-22T10:02:00Z"));
    return Feedrate.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args.toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aPageIsWrittenInTheLanguageAskedFor() throws IOException {
    assertThat(run("--from", "-PT2M", "--lang", "zh", "--out", file("r.html")))
        .as("%s", err)
        .isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).startsWith("Written: " + file("r.html"));
    assertThat(Files.readString(folder.resolve("r.html"))).contains("传感器数据完整率", "80%");
  }

  @Test
  void tablesGoIntoANewDirectoryAndOverwriteNothing() throws IOException {
    assertThat(run("csv", "--from", "-PT2M", "--out", file("t"))).isEqualTo(ExitCodes.OK);
    assertThat(Files.readString(folder.resolve("t/assets.csv")))
        .contains("acme/l1/m2,MACHINE,Turn GmbH,sensor_data_completeness,MEASURED,0.5,");

    assertThat(run("csv", "--from", "-PT2M", "--out", file("t"))).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("is not empty: name a new directory");
  }

  @Test
  void oscalDocumentsTellTheFiguresAndOverwriteNothing() throws IOException {
    assertThat(run("oscal", "--from", "-PT2M", "--out", file("o"))).as("%s", err).isZero();
    assertThat(out.toString())
        .startsWith("Written: assessment-plan.json, assessment-results.json, catalog.json in ");
    JsonNode results =
        new ObjectMapper()
            .readTree(folder.resolve("o/assessment-results.json").toFile())
            .path("assessment-results");
    assertThat(results.at("/import-ap/href").asText()).isEqualTo("assessment-plan.json");
    assertThat(results.at("/results/0/start").asText()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(results.at("/results/0/observations").findValuesAsText("description"))
        .anyMatch(text -> text.startsWith("sensor\\_data\\_completeness: 80 %"));

    assertThat(run("oscal", "--from", "-PT2M", "--out", file("o"))).isEqualTo(ExitCodes.USAGE);
    assertThat(run("oscal", "--from", "-PT1S", "--out", file("p"))).isEqualTo(ExitCodes.USAGE);
    assertThat(folder.resolve("p")).doesNotExist();
  }

  @Test
  void whatIsMissingIsSaidBeforeAnythingIsWritten() {
    assertThat(run("--from", "-PT2M", "--out", file("r.doc"))).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("end it with .pdf or .html");
    assertThat(run("pipeline", "--from", "-PT2M", "--out", file("p.pdf")))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("report pipeline needs --config FILE");
    assertThat(folder.resolve("p.pdf")).doesNotExist();
  }

  @Test
  void aPeriodWithoutResultsSaysWhereThereAreSome() {
    assertThat(run("--from", "-PT1S", "--out", file("r.pdf"))).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("there are some from 2026-11-22T10:00:00Z");
  }
}
