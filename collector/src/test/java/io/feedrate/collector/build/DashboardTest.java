package io.feedrate.collector.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedrate.kpi.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as a file; what its queries bring is tested end to end. */
final class DashboardTest {
  private final List<JsonNode> panels = panels();

  @Test
  void everyPanelSaysWhatItShowsAndInWhichUnit() {
    assertThat(panels).hasSizeGreaterThan(12);
    for (JsonNode panel : panels) {
      String title = panel.path("title").asText();
      assertThat(panel.path("description").asText()).as(title).hasSizeGreaterThan(40);
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotEmpty();
      assertThat(panel.path("targets")).as(title).isNotEmpty();
    }
  }

  @Test
  void panelsDoNotOverlapAndFitTheGrid() {
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : DashboardQueries.dashboard().path("panels")) {
      JsonNode at = panel.path("gridPos");
      for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
        assertThat(x).isBetween(0, 23);
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(cells.add(x + "," + y)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }

  @Test
  void queriesReadTheProvisionedDataSourceThroughVariablesThatExist() {
    Set<String> variables = new HashSet<>(Set.of("__rate_interval", "__range"));
    DashboardQueries.dashboard()
        .at("/templating/list")
        .forEach(variable -> variables.add(variable.path("name").asText()));
    for (JsonNode panel : panels) {
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.at("/datasource/uid").asText()).isEqualTo("feedrate-prometheus");
        Matcher used = Pattern.compile("\\$\\{?(\\w+)").matcher(target.path("expr").asText());
        while (used.find()) {
          assertThat(variables).contains(used.group(1));
        }
      }
    }
  }

  @Test
  void outcomesAreThoseOfTheEngine() {
    Set<String> known = new HashSet<>();
    for (Outcome outcome : Outcome.values()) {
      known.add(outcome.name().toLowerCase(Locale.ROOT));
    }
    for (DashboardQueries.Query query : DashboardQueries.all()) {
      Matcher used = Pattern.compile("outcome[=!~]+\"([^\"]+)\"").matcher(query.expression());
      while (used.find()) {
        assertThat(known).contains(used.group(1).split("\\|"));
      }
    }
  }

  @Test
  void queriesArePromQl(@TempDir Path folder) throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
    int i = 0;
    for (DashboardQueries.Query query : DashboardQueries.all()) {
      assertThat(query.expression()).doesNotContain("$");
      rules.append("  - record: q").append(i++).append("\n    expr: '");
      rules.append(query.expression()).append("'\n");
    }
    Path file = Files.writeString(folder.resolve("rules.yml"), rules);
    Process promtool =
        new ProcessBuilder("promtool", "check", "rules", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(promtool.exitValue()).as(Files.readString(folder.resolve("output"))).isZero();
  }

  @Test
  void variablesAreReplacedByWhatTheyStandFor() {
    assertThat(
            DashboardQueries.withoutVariables(
                "sum(increase(a{asset=~\"$asset\",b=\"${node}\"}[$__rate_interval]))"))
        .isEqualTo("sum(increase(a{asset=~\".*\",b=\".*\"}[1m]))");
  }

  private static List<JsonNode> panels() {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode panel : DashboardQueries.dashboard().path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        found.add(panel);
      }
    }
    return found;
  }
}
