package io.feedrate.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Document;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StatementCommandsTest {
  private static final String INDICATOR = "df-governance-policy";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private Path policy = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void dataDirectoryOfAGateway() throws IOException {
    Files.createDirectories(Journal.in(data));
    policy = Files.writeString(data.resolve("policy.txt"), "Who owns which data.");
  }

  private int run(String... arguments) {
    CommandLine commandLine = Feedrate.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data");
    all.add(data.toString());
    return commandLine.execute(all.toArray(String[]::new));
  }

  private int attach(String... more) {
    List<String> all = new ArrayList<>(List.of("document", "attach", INDICATOR, policy.toString()));
    all.addAll(List.of("--issuer", "Works council", "--by", "Ms Li"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private List<Document> documents() {
    return Stated.of(new StatementFile(data).read()).documents();
  }

  @Test
  void aDocumentIsAttachedReviewedListedAndWithdrawn() throws IOException {
    assertThat(attach("--valid-from", "2026-01-01", "--valid-until", "2026-12-31")).isZero();
    String digest = StatementFile.digest(policy);
    assertThat(data.resolve(StatementFile.DOCUMENTS).resolve(digest)).exists();
    assertThat(out.toString()).contains("policy.txt attached", digest);

    assertThat(run("document", "list")).isZero();
    assertThat(out.toString())
        .contains(digest.substring(0, 12) + "  policy.txt")
        .contains("valid from 2026-01-01 until 2026-12-31; not reviewed");

    String which = digest.substring(0, 8);
    int reviewed =
        run("document", "review", INDICATOR, which, "--degree", "fully", "--reviewer", "Mr Wang");
    assertThat(reviewed).isZero();
    String name = INDICATOR + ": policy.txt (SHA-256 " + digest.substring(0, 12) + "...)";
    assertThat(out.toString()).contains(name + " reviewed by Mr Wang: fully met");
    assertThat(documents().get(0).review().orElseThrow().degree()).isEqualTo(Degree.FULLY);

    int withdrawn =
        run("document", "withdraw", INDICATOR, which, "--reason", "outdated", "--by", "Ms Li");
    assertThat(withdrawn).isZero();
    assertThat(out.toString()).contains(name + " withdrawn by Ms Li: outdated");
    assertThat(documents()).isEmpty();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aFileThatIsOnlyReferencedIsNotCopied() {
    assertThat(attach("--reference-only", "--title", "Policy 2026")).isZero();
    assertThat(data.resolve(StatementFile.DOCUMENTS)).doesNotExist();
    assertThat(documents()).extracting(Document::title).containsExactly("Policy 2026");
  }

  @Test
  void whatCannotBeIsRefusedAndSaysWhy() {
    assertThat(
            run("document", "attach", "no-such", policy.toString(), "--issuer", "i", "--by", "b"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("has no indicator no-such; it has: df-completeness");

    assertThat(
            run("document", "attach", "df-timely", policy.toString(), "--issuer", "i", "--by", "b"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("df-timely is measured");

    assertThat(attach("--valid-from", "2026-02-01", "--valid-until", "2026-01-01"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("which is before");

    assertThat(
            run("document", "review", INDICATOR, "ab", "--degree", "fully", "--reviewer", "Wang"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("no documents of " + INDICATOR);

    assertThat(attach("--title", "t".repeat(1001))).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .contains("nothing was written: a title of 1,001 characters is too long");
    assertThat(data.resolve(StatementFile.DOCUMENTS)).doesNotExist();
    assertThat(run("document")).isEqualTo(ExitCodes.USAGE);
    assertThat(documents()).isEmpty();
  }

  @Test
  void aReviewSaysHowFarAndWhoAndIsAboutOneDocument() throws IOException {
    assertThat(attach()).isZero();
    String digest = StatementFile.digest(policy);
    assertThat(review(digest, "perfectly", "Mr Wang")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--degree").contains("but was 'perfectly'");
    assertThat(review(digest, "fully", " ")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("nothing was written: it needs a reviewer");

    Files.writeString(policy, "Nobody owns any data.");
    assertThat(attach()).isZero();
    assertThat(review("", "fully", "Mr Wang")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("several documents of " + INDICATOR);
    assertThat(documents()).hasSize(2).allMatch(d -> d.review().isEmpty());
    assertThat(review(digest.toUpperCase(Locale.ROOT), "FULLY", "Mr Wang")).isZero();
    assertThat(documents()).filteredOn(d -> d.review().isPresent()).hasSize(1);
  }

  private int review(String which, String degree, String reviewer) {
    return run("document", "review", INDICATOR, which, "--degree", degree, "--reviewer", reviewer);
  }

  @Test
  void onlyADataDirectoryCanBeStatedIn() throws IOException {
    Files.delete(Journal.in(data));
    assertThat(attach()).isEqualTo(ExitCodes.USAGE);
    assertThat(run("document", "list")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString().lines().filter(line -> line.endsWith("no journal in it"))).hasSize(2);
    assertThat(data.resolve(StatementFile.FILE_NAME)).doesNotExist();
  }

  @Test
  void anIndicatorIsDeclaredNotApplicable() {
    assertThat(
            run(
                "declare",
                "df-timely",
                "not-applicable",
                "--reason",
                "no deadlines",
                "--approver",
                "Ms Li"))
        .isZero();
    assertThat(Stated.of(new StatementFile(data).read()).declarations())
        .singleElement()
        .satisfies(d -> assertThat(d.reason()).isEqualTo("no deadlines"));
    assertThat(out.toString())
        .isEqualTo("df-timely: declared not-applicable by Ms Li: no deadlines\n");
    assertThat(run("declare", "df-timely", "perfect", "--reason", "r", "--approver", "a"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("what can be is applies, not-applicable, not-implemented");
  }

  @Test
  void indicatorsOfTheInnermostDimensionsOfAProfileAreKnown() {
    assertThat(
            run(
                "declare",
                "product-design-4",
                "not-applicable",
                "--reason",
                "nothing is designed here",
                "--approver",
                "Ms Li",
                "--profile",
                "gbt-39116-style"))
        .as("%s", err)
        .isZero();
    assertThat(Stated.of(new StatementFile(data).read()).declarations())
        .singleElement()
        .satisfies(d -> assertThat(d.indicator()).isEqualTo("product-design-4"));
  }

  @Test
  void whatIsStatedCountsInTheAssessment() throws IOException {
    try (StoredPlant plant = StoredPlant.in(data)) {
      assertThat(plant).isNotNull();
      assertThat(assessed(INDICATOR)).contains("no document attached");
      assertThat(attach()).isZero();
      assertThat(assessed(INDICATOR)).contains("nobody reviewed it");
      String digest = StatementFile.digest(policy);
      run("document", "review", INDICATOR, digest, "--degree", "mostly", "--reviewer", "Mr Wang");
      assertThat(assessed(INDICATOR)).contains("mostly met, says Mr Wang");
      run("declare", INDICATOR, "not-implemented", "--reason", "draft", "--approver", "Ms Li");
      assertThat(assessed(INDICATOR)).contains("not implemented", "Ms Li", "draft");
    }
  }

  @Test
  void whatIsStatedOfThePlantCountsForNoPartOfItSideBySide() throws IOException {
    try (StoredPlant plant = StoredPlant.in(data)) {
      assertThat(plant).isNotNull();
      List<JsonNode> before = sideBySide();
      assertThat(attach()).isZero();
      String digest = StatementFile.digest(policy);
      run("document", "review", INDICATOR, digest, "--degree", "fully", "--reviewer", "Mr Wang");
      run("declare", "df-timely", "not-applicable", "--reason", "r", "--approver", "Ms Li");
      assertThat(assessed(INDICATOR)).contains("fully met, says Mr Wang");
      assertThat(sideBySide()).hasSize(3).isEqualTo(before);
    }
  }

  private List<JsonNode> sideBySide() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (String by : List.of("supplier", "line", "asset")) {
      all.add(new ObjectMapper().readTree(assess("--by", by)));
    }
    return all;
  }

  /** What the assessment says of an indicator. */
  private String assessed(String indicator) throws IOException {
    for (JsonNode dimension : new ObjectMapper().readTree(assess()).path("dimensions")) {
      for (JsonNode each : dimension.path("indicators")) {
        if (each.path("id").asText().equals(indicator)) {
          return each.toString();
        }
      }
    }
    throw new AssertionError("no " + indicator);
  }

  private String assess(String... more) {
    StringWriter said = new StringWriter();
    List<String> all = new ArrayList<>(List.of("assess", "--data", data.toString(), "--json"));
    all.addAll(List.of("--from", "2026-11-22T10:00:00Z", "--to", "2026-11-22T10:02:00Z"));
    all.addAll(List.of(more));
    int code =
        Feedrate.commandLine()
            .setOut(new PrintWriter(said))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    assertThat(code).as("%s", err).isZero();
    return said.toString();
  }

  @Test
  void aBrokenFileOfStatementsStopsTheAssessmentAndSaysWhere() throws IOException {
    try (StoredPlant plant = StoredPlant.in(data)) {
      assertThat(plant).isNotNull();
      Files.writeString(data.resolve(StatementFile.FILE_NAME), "nothing\n");
      int code =
          Feedrate.commandLine()
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(err))
              .execute("assess", "--data", data.toString(), "--from", "2026-11-22T10:00:00Z");
      assertThat(code).isEqualTo(ExitCodes.FAILED);
      assertThat(err.toString()).contains("statements.jsonl, line 1 is not a statement");
    }
  }
}
