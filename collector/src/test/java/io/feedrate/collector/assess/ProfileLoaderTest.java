package io.feedrate.collector.assess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.feedrate.kpi.maturity.Dimension;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Scale;
import io.feedrate.kpi.maturity.Scoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfileLoaderTest {

  private static final String SMALL =
      """
      id: small
      version: "1"
      title: Small
      provisional: false
      scoring: {method: score-bands}
      levels:
        - {name: Low, from: 0}
        - {name: High, from: 0.8}
      dimensions:
        - id: d
          name: D
          indicators:
            - id: a
              name: A
              source: a test
              kpi: source_availability
              unit: "1"
              better: higher
              thresholds: {by: a test, fully: 0.9, mostly: 0.8, partly: 0.5}
            - id: b
              name: B
              source: a test
              document: policy
              must-show: all of it
      """;

  private static List<String> problems(String text) {
    return catchThrowableOfType(ProfileException.class, () -> ProfileLoader.parse(text, "p.yaml"))
        .problems();
  }

  @Test
  void aimmShipsAsAProvisionalProfileInThreeLanguages() throws ProfileException {
    Profile aimm = ProfileLoader.resolve("aimm-provisional", Path.of("."));

    assertThat(aimm.isProvisional()).isTrue();
    assertThat(aimm.provisional()).contains("not published", "April 2026");
    assertThat(aimm.digest()).matches("[0-9a-f]{64}");
    assertThat(aimm.dimensions())
        .extracting(d -> d.name().in("zh"))
        .containsExactly("数据基础", "模型能力", "产线集成", "人机协同");
    assertThat(aimm.dimensions())
        .extracting(d -> d.name().in("en"))
        .containsExactly(
            "Data Foundation",
            "Model Capability",
            "Production Line Integration",
            "Human-Machine Collaboration");
    for (Dimension dimension : aimm.dimensions()) {
      assertThat(dimension.name().byLanguage()).containsKeys("de", "en", "zh");
      assertThat(dimension.allIndicators()).hasAtLeastOneElementOfType(Indicator.Measured.class);
      assertThat(dimension.allIndicators()).hasAtLeastOneElementOfType(Indicator.Documented.class);
      for (Indicator indicator : dimension.allIndicators()) {
        assertThat(indicator.name().byLanguage()).containsKeys("de", "en", "zh");
        assertThat(indicator.source()).isNotBlank();
      }
    }
    assertThat(aimm.kpis())
        .contains("sensor_data_completeness", "model_update_latency", "ai_in_loop_coverage");
  }

  @Test
  void aimmAsksForSixFiguresAndTwoDocumentsInEachDimension() throws ProfileException {
    Profile aimm = ProfileLoader.shipped("aimm-provisional");

    List<String> documents = new ArrayList<>();
    for (Dimension dimension : aimm.dimensions()) {
      List<Indicator> all = dimension.allIndicators();
      assertThat(all).filteredOn(Indicator.Measured.class::isInstance).hasSizeGreaterThan(5);
      assertThat(all).filteredOn(Indicator.Documented.class::isInstance).hasSizeGreaterThan(1);
      for (Indicator indicator : all) {
        if (indicator instanceof Indicator.Measured measured) {
          assertThat(measured.thresholdsBy()).isEqualTo("Feedrate");
          assertThat(measured.nothingDue().byLanguage()).containsKeys("de", "en", "zh");
        } else if (indicator instanceof Indicator.Documented documented) {
          documents.add(documented.id());
          assertThat(documented.mustShow().byLanguage()).containsKeys("de", "en", "zh");
        }
      }
    }
    assertThat(documents)
        .contains(
            "df-governance-policy",
            "df-pipeline-specification",
            "mc-versioning-log",
            "mc-traceability-records",
            "pi-interface-specification",
            "hm-training-records");
  }

  @Test
  void everyShippedProfileIsRightAndSaysWhatIsProvisional() throws ProfileException {
    for (String name : List.of("aimm-provisional", "gbt-39116-style")) {
      Profile profile = ProfileLoader.shipped(name);
      assertThat(profile.id()).isEqualTo(name);
      assertThat(profile.isProvisional()).isTrue();
    }
  }

  @Test
  void thePublishedModelsStructureIsCarriedWithItsWeightsAndLevels() throws ProfileException {
    Profile profile = ProfileLoader.shipped("gbt-39116-style");

    assertThat(profile.levels())
        .extracting(level -> level.name().in("zh"))
        .containsExactly("规划级", "规范级", "集成级", "优化级", "引领级");
    assertThat(profile.dimensions())
        .extracting(d -> d.name().in("zh"))
        .containsExactly("人员", "技术", "资源", "制造");
    assertThat(profile.dimensions())
        .extracting(Dimension::weight)
        .containsExactly(6.0, 11.0, 6.0, 77.0);
    assertThat(profile.dimensions().get(3).parts())
        .extracting(Dimension::weight)
        .containsExactly(13.0, 48.0, 13.0, 13.0, 13.0);
    assertThat(profile.dimensions().stream().mapToInt(ProfileLoaderTest::leaves).sum())
        .isEqualTo(20);
    assertThat(profile.scoring().metFrom()).isEqualTo(0.8);
  }

  private static int leaves(Dimension dimension) {
    return dimension.parts().isEmpty()
        ? 1
        : dimension.parts().stream().mapToInt(ProfileLoaderTest::leaves).sum();
  }

  @Test
  void theFormatCarriesFiveLevelsWithRequirementsOfTheirOwn() throws Exception {
    Profile profile =
        ProfileLoader.read(
            Path.of(ProfileLoaderTest.class.getResource("five-levels.yaml").toURI()));

    assertThat(profile.scoring())
        .isEqualTo(
            new Scoring(Scoring.Method.LEVEL_REQUIREMENTS, 0.8, Scoring.Overall.WEIGHTED_MEAN));
    assertThat(profile.levels())
        .extracting(level -> level.name().in("zh"))
        .containsExactly("规划级", "规范级", "集成级", "优化级", "引领级");
    assertThat(profile.maxScore()).isEqualTo(5);
    Dimension technology = profile.dimensions().get(1);
    assertThat(technology.weight()).isEqualTo(11);
    assertThat(technology.parts()).extracting(Dimension::id).containsExactly("data", "integration");
    Indicator.Measured complete = (Indicator.Measured) technology.allIndicators().get(1);
    assertThat(complete.level()).isEqualTo(2);
    assertThat(complete.mandatory()).isTrue();
    assertThat(complete.minimum()).isEqualTo(new Indicator.Minimum(List.of("good", "bad"), 100));
    Indicator.Measured connected = (Indicator.Measured) technology.allIndicators().get(2);
    assertThat(connected.scale()).isEqualTo(Scale.atLeast(0.9, 0.9, 0.9));
  }

  @Test
  void theDigestChangesWithTheContentAndNotWithTheLayout() throws ProfileException {
    String digest = ProfileLoader.parse(SMALL, "p.yaml").digest();

    String laidOut =
        "# a comment\n" + SMALL.replace("0.9,", "0.90,").replace("name: D", "name: 'D'");
    assertThat(ProfileLoader.parse(laidOut, "elsewhere.yaml").digest()).isEqualTo(digest);
    String tightened = SMALL.replace("fully: 0.9", "fully: 0.91");
    assertThat(ProfileLoader.parse(tightened, "p.yaml").digest()).isNotEqualTo(digest);
  }

  @Test
  void theCanonicalTextHasSortedKeysAndPlainNumbers() throws ProfileException {
    LocatedYaml yaml = LocatedYaml.parse("{b: [1, 2.50, 0.0], a: {d: \"1\", c: ü}}", "p.yaml");

    assertThat(CanonicalJson.text(yaml.root()))
        .isEqualTo("{\"a\":{\"c\":\"ü\",\"d\":\"1\"},\"b\":[1,2.5,0]}");
  }

  @Test
  void everyProblemIsToldAtOnceWithItsLineAndPath() {
    String broken =
        SMALL
            .replace("title: Small", "titel: Small")
            .replace("from: 0.8", "from: eight")
            .replace("better: higher", "better: bigger")
            .replace("        source: a test\n        document", "        document");

    assertThat(problems(broken))
        .containsExactly(
            "p.yaml:1: the key title is missing",
            "p.yaml:3: titel: there is no such key here",
            "p.yaml:8: levels[1].from: string found, number expected",
            "p.yaml:18: dimensions[0].indicators[0].better: does not have a value in the"
                + " enumeration [\"higher\", \"lower\", \"within\"]",
            "p.yaml:20: dimensions[0].indicators[1]: the key source is missing");
  }

  @Test
  void whatTheSchemaCannotSeeIsFoundAsWell() {
    String broken =
        SMALL
            .replace("from: 0.8", "from: 0")
            .replace("fully: 0.9", "fully: 0.7")
            .replace("id: b", "id: a");

    assertThat(problems(broken))
        .containsExactly(
            "p.yaml:8: levels[1].from: levels must begin at rising scores",
            "p.yaml:19: dimensions[0].indicators[0].thresholds: thresholds must tighten from partly"
                + " over mostly to fully",
            "p.yaml:20: dimensions[0].indicators[1].id: the id a is given twice");
  }

  @Test
  void aKpiThatDoesNotExistIsNoMissingEvidence() {
    String wrong =
        SMALL
            .replace("unit: \"1\"", "unit: s")
            .replace(
                "fully: 0.9, mostly: 0.8, partly: 0.5}",
                "fully: 1}\n        minimum: {counts: [awake], at-least: 1}")
            .replace("better: higher", "better: lower");

    assertThat(problems(wrong))
        .containsExactly(
            "p.yaml:17: dimensions[0].indicators[0].unit: the unit of source_availability is \"1\"",
            "p.yaml:18: dimensions[0].indicators[0].better: of source_availability higher is better",
            "p.yaml:20: dimensions[0].indicators[0].minimum.counts: source_availability has no count"
                + " awake; it has alive, required, excluded");
    assertThat(problems(SMALL.replace("source_availability", "source_availabilty")).get(0))
        .startsWith(
            "p.yaml:16: dimensions[0].indicators[0].kpi: no KPI has the id source_availabilty;"
                + " there are sensor_data_completeness, ");
  }

  @Test
  void eachSlipIsNamed() {
    Map<String, List<String>> slips =
        Map.of(
            SMALL.replace("provisional: false", "provisional: true"),
            List.of("p.yaml:1: the key provisional-reason is missing"),
            SMALL.replace("score-bands", "level-requirements"),
            List.of(
                "p.yaml:7: levels[0]: from belongs to score-bands; here a level is met by its"
                    + " requirements",
                "p.yaml:8: levels[1]: from belongs to score-bands; here a level is met by its"
                    + " requirements",
                "p.yaml:13: dimensions[0].indicators[0]: the key level is missing: which level asks"
                    + " for it",
                "p.yaml:20: dimensions[0].indicators[1]: the key level is missing: which level asks"
                    + " for it"),
            SMALL.replace("better: higher", "better: within"),
            List.of(
                "p.yaml:19: dimensions[0].indicators[0].thresholds: better: within needs [min,"
                    + " max]"),
            SMALL.replace("document: policy", "document: policy\n        level: 3"),
            List.of("p.yaml:24: dimensions[0].indicators[1].level: there are only 2 levels"),
            SMALL.replace("unit: \"1\"", "document: policy\n        unit: \"1\""),
            List.of(
                "p.yaml:17: dimensions[0].indicators[0].document: this key does not go with this"
                    + " kind of indicator"),
            SMALL + "id: again\n",
            List.of("p.yaml:25: id: the key is given twice"),
            "",
            List.of("p.yaml:1: the file is empty"));
    slips.forEach((text, expected) -> assertThat(problems(text)).isEqualTo(expected));
  }

  @Test
  void aFileOfOnesOwnIsFoundBesideTheConfig(@TempDir Path dir) throws Exception {
    Files.writeString(dir.resolve("own.yaml"), SMALL);

    assertThat(ProfileLoader.resolve("own.yaml", dir).id()).isEqualTo("small");
    assertThat(
            catchThrowableOfType(
                ProfileException.class, () -> ProfileLoader.resolve("missing.yaml", dir)))
        .hasMessageEndingWith("missing.yaml: the profile cannot be read: there is no such file");
    assertThat(
            catchThrowableOfType(
                ProfileException.class, () -> ProfileLoader.resolve("unheard-of", dir)))
        .hasMessageStartingWith("unheard-of: no profile of this name ships with Feedrate");
  }

  @Test
  void aFileThatIsNoProfileStopsNothingElse(@TempDir Path dir) throws IOException {
    Path latin = dir.resolve("latin.yaml");
    Files.write(latin, new byte[] {'i', 'd', ':', ' ', (byte) 0xfc});

    assertThat(catchThrowableOfType(ProfileException.class, () -> ProfileLoader.read(latin)))
        .hasMessageEndingWith("it is not UTF-8");
    // Aliases of aliases: 3 KB that would be 9^9 entries.
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]%n"
              .formatted(
                  i,
                  i,
                  String.join(
                      ", ",
                      List.of(
                          before, before, before, before, before, before, before, before,
                          before))));
    }
    assertThat(problems(bomb.toString()).get(0)).contains("aliases");
    assertThat(problems(SMALL + "  x: y\n").get(0)).startsWith("p.yaml:25: YAML syntax: ");
    assertThat(problems("a: &a [*a]").get(0)).contains("aliases");
  }
}
