package io.feedrate.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code feedrate profile}, with results of a real file. */
class ProfileCommandTest {
  private static final String OLD =
      """
      id: own
      version: "1"
      title: Own
      provisional: false
      scoring: {method: score-bands}
      levels:
        - {name: Low, from: 0}
        - {name: Middle, from: 0.4}
        - {name: High, from: 0.8}
      dimensions:
        - id: own-data
          name: Data
          indicators:
            - id: complete
              name: Completeness
              source: a test
              kpi: sensor_data_completeness
              unit: "1"
              better: higher
              thresholds: {by: a test, fully: 0.95, mostly: 0.75, partly: 0.5}
            - id: policy
              name: Policy
              source: a test
              document: policy
              must-show: all of it
            - id: timely
              name: Timeliness
              source: a test
              kpi: timely_completeness
              unit: "1"
              better: higher
              thresholds: {by: a test, fully: 0.8}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each
  private String older;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    older = profile("old.yaml", OLD);
  }

  private String profile(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int run(String... args) {
    return Feedrate.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  private String diff(String newer) {
    assertThat(run("profile", "diff", older, newer)).as("%s", err).isEqualTo(ExitCodes.OK);
    return out.toString();
  }

  private String diffOnData(String newer) {
    try (StoredPlant plant = StoredPlant.in(folder)) {
      assertThat(plant).isNotNull();
      int code =
          run(
              "profile",
              "diff",
              older,
              newer,
              "--data",
              folder.toString(),
              "--from",
              "-PT2M",
              "--to",
              "2026-11-22T10:02:00Z");
      assertThat(code).as("%s", err).isEqualTo(ExitCodes.OK);
    }
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 96);
    return out.toString();
  }

  @Test
  void aRightProfileIsSummedUp() {
    assertThat(run("profile", "check", older)).isEqualTo(ExitCodes.OK);

    assertThat(out.toString())
        .startsWith(older + ": ok (own 1: 1 dimensions, 2 figures, 1 documents, 3 levels)\n");
  }

  @Test
  void everyErrorOfAProfileIsToldWithItsLine() throws Exception {
    String wrong =
        profile(
            "wrong.yaml", OLD.replace("from: 0.4", "from: 0.9").replace("id: policy", "id: x y"));
    String odd = profile("odd.yaml", OLD.replace("from: 0.4", "from: 0.9").replace("0.95", "0.7"));

    assertThat(run("profile", "check", wrong)).isEqualTo(ExitCodes.USAGE);
    assertThat(run("profile", "check", odd)).isEqualTo(ExitCodes.USAGE);

    assertThat(err.toString())
        .contains(wrong + ":21: dimensions[0].indicators[1].id: ")
        .contains(odd + ":9: levels[2].from: levels must begin at rising scores\n")
        .contains(odd + ":20: dimensions[0].indicators[0].thresholds: ")
        .endsWith("2 errors\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void changedThresholdsWeightsLevelsAndIndicatorsAreNamed() throws Exception {
    String newer =
        profile(
            "new.yaml",
            OLD.replace("from: 0.4", "from: 0.5")
                .replace("mostly: 0.75", "mostly: 0.85")
                .replace("id: timely", "id: timeliness")
                .replace("document: policy", "document: policy\n        weight: 2"));

    assertThat(diff(newer))
        .contains("\n5 changes\n")
        .contains("  level 2: was Middle from 0.4, now Middle from 0.5\n")
        .contains("  Completeness (complete): mostly met: was from 75 %, now from 85 %\n")
        .contains("  Policy (policy): weight: was 1, now 2\n")
        .contains("  Timeliness (timely): removed\n")
        .contains("  Timeliness (timeliness): added\n");
  }

  @Test
  void layoutIsNoChangeAndOtherWordsAreCalledSo() throws Exception {
    assertThat(diff(profile("same.yaml", "# a comment\n" + OLD))).contains("They are the same.");
    out.getBuffer().setLength(0);
    assertThat(diff(profile("words.yaml", OLD.replaceFirst("source: a test", "source: seen"))))
        .contains("\n1 change\n", "Completeness (complete): its words changed\n");
  }

  @Test
  void theSameResultsAreScoredUnderBothAndTheDifferenceIsExplained() throws Exception {
    String newer = profile("new.yaml", OLD.replace("mostly: 0.75", "mostly: 0.85"));

    // 80 % of the site's values came: mostly met before (0.8 of a third), partly after (0.5).
    assertThat(diffOnData(newer))
        .containsPattern("Data +0\\.60 to 0\\.94 +0\\.50 to 0\\.84\n")
        .containsPattern("level +2 to 3 +the same\n")
        .containsPattern("Completeness +mostly +partly +-0\\.100\n")
        .contains("    mostly met: was from 75 %, now from 85 %. Now partly met: 80 %");
  }

  @Test
  void whatOnlyTheWeightsOfOthersDidIsToldSeparately() throws Exception {
    String newer =
        profile("new.yaml", OLD.replace("document: policy", "document: policy\n        weight: 2"));

    // Before a third each, now a quarter, a half, a quarter: 0.6 to 0.45, and 0.9333 to 0.95.
    assertThat(diffOnData(newer))
        .containsPattern("Data +0\\.60 to 0\\.94 +0\\.45 to 0\\.95\n")
        .containsPattern("Policy +open +open +0 / \\+0\\.167\n")
        .containsPattern("2 others, not changed: their +-0\\.150\n");
  }

  @Test
  void movedLevelsExplainAnotherLevelWithTheSameScore() throws Exception {
    String newer = profile("new.yaml", OLD.replace("from: 0.4", "from: 0.7"));

    assertThat(diffOnData(newer))
        .containsPattern("Data +0\\.60 to 0\\.94 +0\\.60 to 0\\.94\n")
        .containsPattern("level +2 to 3 +1 to 3\n +because scoring or levels changed\n");
  }

  @Test
  void anotherModelIsComparedWithoutListingAllOfIt() {
    String text = diffOnData("gbt-39116-style");

    assertThat(text)
        .contains("  scoring method: was score bands, now level requirements\n")
        .contains("\nManufacturing: added, with 69 indicators\n")
        .contains("\nData: removed, with 3 indicators\n")
        .containsPattern("Technology +- +0\\.00 to 1\\.92\n");
  }

  @Test
  void aPeriodWithoutDataAndANamelessCommandAreUsageErrors() {
    assertThat(run("profile", "diff", older, older, "--from", "-PT1H")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("profile", "diff", older, older, "--data", folder.toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(run("profile")).isEqualTo(ExitCodes.USAGE);

    assertThat(err.toString()).contains("add --data DIR", "--from is missing", "Which command?");
  }
}
