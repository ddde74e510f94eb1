package io.feedrate.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code feedrate assess} over a real results file, held open by another connection. */
class AssessCommandTest {
  private static final String FROM = "2026-11-22T10:00:00Z";
  private static final String TO = "2026-11-22T10:02:00Z";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  @SuppressWarnings("NullAway.Init") // set before each
  private StoredPlant plant;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void store() {
    plant = StoredPlant.in(data);
  }

  @AfterEach
  void close() {
    plant.close();
  }

  private int run(String... options) {
    return runOn(data, options);
  }

  private int runOn(Path directory, String... options) {
    List<String> args = new ArrayList<>(List.of("assess", "--data", directory.toString()));
    args.addAll(List.of(options));
    return Feedrate.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args.toArray(String[]::new));
  }

  private void assess(String... options) {
    assertThat(run(options)).as("%s", err).isEqualTo(ExitCodes.OK);
  }

  private String refused(String... options) {
    assertThat(run(options)).isEqualTo(ExitCodes.USAGE);
    assertThat(out.toString()).isEmpty();
    return err.toString();
  }

  private static JsonNode byId(JsonNode list, String id) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(node -> node.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theSiteIsAssessedWhileACollectorHoldsTheResultsOpen() {
    assess("--from", FROM, "--to", TO);

    assertThat(out.toString())
        .startsWith("Windows with results: 2026-11-22T10:00:00Z to 2026-11-22T10:02:00Z\n")
        .contains("acme: self-assessment aid; provisional AIMM mapping\n")
        .containsPattern("Sensor data completeness +80 % +partly met: 80 %")
        .containsPattern("Weakest dimension +0\\.00 to 0\\.90 +1 to 4")
        .contains("gives no level");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 96);
  }

  @Test
  void onlyWindowsThatStartInThePeriodCount() throws Exception {
    assess("--from", "-PT1M", "--to", TO, "--subject", "acme/l1/m2", "--json");

    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("subject").asText()).isEqualTo("acme/l1/m2");
    assertThat(json.path("from").asText()).isEqualTo("2026-11-22T10:01:00Z");
    JsonNode foundation = byId(json.path("dimensions"), "data-foundation");
    JsonNode complete = byId(foundation.path("indicators"), "df-completeness");
    assertThat(complete.path("value").asDouble()).isEqualTo(0.5);
    assertThat(complete.path("state").asText()).isEqualTo("MEASURED");
    assertThat(complete.path("degree").path("upper").asDouble()).isZero();
    assertThat(complete.path("missing").asText()).startsWith("at least 98 % for fully met");
    assertThat(complete.path("next").asText()).contains("which cause");
    JsonNode policy = byId(foundation.path("indicators"), "df-governance-policy");
    assertThat(policy.path("reason").asText()).isEqualTo("NO_DOCUMENT");
    assertThat(foundation.path("score").path("lower").asDouble()).isZero();
    assertThat(foundation.path("coverage").path("measured").asDouble()).isEqualTo(0.2);
    assertThat(foundation.path("level").path("lowest").asInt()).isEqualTo(1);
    assertThat(foundation.path("level").path("highest").asInt()).isGreaterThan(1);
  }

  @Test
  void gapSaysWhatThereIsWhatIsMissingAndWhatToDo() {
    assess("--from", FROM, "--to", TO, "--gap");

    assertThat(out.toString())
        .contains(
            """

            Sensor data completeness
              have      80 %
              missing   at least 98 % for fully met (now partly met)
              next      See on the page which machine and which cause""")
        .contains(
            """

            Operator training records
              have      no document
              missing   a record that shows: Who was trained on which system, when, by whom, and until when
                        it is valid.
              next      Find or write it""")
        .containsPattern("Closed loop\n +have +nothing: no inference asked a controller to act");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 96);
  }

  @Test
  void whatIsFullyMetIsNoWork() {
    assess("--from", FROM, "--to", TO, "--gap", "--subject", "acme/l1/m1");

    assertThat(out.toString())
        .containsPattern("In order +Sensor data completeness 100 %")
        .doesNotContain("\nSensor data completeness\n");
  }

  @Test
  void suppliersStandSideBySideAndAnAssetWithoutOneIsSaidToHaveNone() {
    assess("--from", FROM, "--to", TO, "--by", "supplier");

    assertThat(out.toString())
        .startsWith("acme by supplier: self-assessment aid")
        .containsPattern("Indicator +Mill AG +Turn GmbH +\\(no supplier told\\)")
        .containsPattern("Sensor data completeness +100 % fully +50 % not met +90 % partly");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 96);
  }

  @Test
  void assetsOfOneSupplierAreAddedUpAndNotAveraged() throws Exception {
    assess("--from", FROM, "--to", TO, "--by", "line", "--json");

    JsonNode groups = new ObjectMapper().readTree(out.toString()).path("groups");
    assertThat(groups)
        .extracting(g -> g.path("name").asText())
        .containsExactly("acme/l1", "acme/l2");
    assertThat(completeness(groups.get(0))).isEqualTo(0.75);
    assertThat(completeness(groups.get(1))).isEqualTo(0.9);
  }

  private static double completeness(JsonNode group) {
    JsonNode dimensions = group.path("assessment").path("dimensions");
    return byId(byId(dimensions, "data-foundation").path("indicators"), "df-completeness")
        .path("value")
        .asDouble();
  }

  @Test
  void bySubjectOnlyWhatIsBelowItIsShown() {
    assess("--from", FROM, "--to", TO, "--by", "ASSET", "--subject", "acme/l1");

    assertThat(out.toString()).containsPattern("Indicator +m1 +m2\n").doesNotContain("m3");
  }

  @Test
  void anotherModelsLevelsAreHeldAgainstTheSameResults() {
    assess("--from", FROM, "--to", TO, "--profile", "gbt-39116-style");

    assertThat(out.toString())
        .contains("provisional GB/T 39116 style mapping", "Score (0 to 5)")
        .containsPattern("Logistics, level 1 and 4 more")
        .containsPattern("Technology +0\\.00 to 1\\.92 +0 to 1");
  }

  @Test
  void timesThatCannotBeReadSayWhatWouldBeRight() {
    assertThat(refused("--from", "yesterday"))
        .startsWith("--from yesterday is not a time: write 2026-11-22T10:00:00Z (with Z");
    err.getBuffer().setLength(0);
    assertThat(refused("--from", "2026-11-22T10:00:00", "--to", TO)).contains("is not a time");
    err.getBuffer().setLength(0);
    assertThat(refused("--from", TO, "--to", FROM)).contains("is not before --to");
    err.getBuffer().setLength(0);
    assertThat(refused("--from", "-P999Y")).contains("times go from 1970 to 2262");
  }

  @Test
  void aPeriodWithoutResultsSaysWhereThereAreSome() {
    assertThat(refused("--from", "-PT1H", "--to", "2026-11-22T09:00:00Z"))
        .startsWith(
            "no result of acme in this period; there are some from 2026-11-22T10:00:00Z to"
                + " 2026-11-22T10:02:00Z");
  }

  @Test
  void anUnknownSubjectIsToldWhichThereAre() {
    assertThat(refused("--from", FROM, "--to", TO, "--subject", "acme/l3"))
        .startsWith(
            "--subject acme/l3 is no site, line, machine or node of this gateway; there are"
                + " acme, acme/l1, acme/l1/m1, acme/l1/m2, acme/l2, acme/l2/m3\n")
        .endsWith("\nfeedrate assess --help tells all about it.\n");
  }

  @Test
  void aDirectoryWithoutResultsAndAWrongProfileAreUsageErrors() throws Exception {
    Path empty = Files.createDirectories(data.resolve("empty"));
    assertThat(runOn(empty, "--from", FROM)).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .startsWith(empty + " is not the data directory of a gateway: no results.db in it");
    err.getBuffer().setLength(0);
    assertThat(refused("--from", FROM, "--to", TO, "--profile", "aimm"))
        .isEqualTo(
            "aimm: no profile of this name ships with Feedrate; a file of your own is named with its"
                + " ending .yaml\n1 error\n");
  }
}
