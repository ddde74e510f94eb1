package io.feedrate.collector.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.config.ConfigException;
import io.feedrate.collector.config.ConfigLoader;
import io.feedrate.collector.config.GatewayConfig;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.engine.Kpis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents say of the code and of each other is so. */
final class DocsTest {
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

  /** A complete configuration: a YAML block under this comment. */
  private static final Pattern CONFIG =
      Pattern.compile("(?ms)^<!-- gateway config -->\\s*^```yaml\\n(.*?)^```");

  private static final Pattern OUTCOME_ROW = Pattern.compile("(?m)^\\| ([A-Z_]+) \\|");

  private final Path root = SourceTree.root();
  private final String readme = SourceTree.text(root.resolve("README.md"));

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path file : SourceTree.files(".*\\.md")) {
      String prose = FENCED.matcher(SourceTree.text(file)).replaceAll("");
      for (MatchResult link : LINK.matcher(prose).results().toList()) {
        if (!link.group(1).matches("(https?|mailto):.*") && !leadsSomewhere(file, link.group(1))) {
          broken.add(root.relativize(file) + ": " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path from, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1 || anchors(SourceTree.text(target)).contains(parts[1]));
  }

  /** As the usual viewers make them of headings. */
  private static List<String> anchors(String text) {
    return HEADING
        .matcher(text)
        .results()
        .map(m -> m.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", ""))
        .map(heading -> heading.strip().replace(' ', '-'))
        .toList();
  }

  @Test
  void configurationsPassTheCheck(@TempDir Path folder) throws IOException, ConfigException {
    int configs = 0;
    for (Path file : SourceTree.files("(README|docs/.*)\\.md")) {
      for (MatchResult block : CONFIG.matcher(SourceTree.text(file)).results().toList()) {
        Path yaml = Files.writeString(folder.resolve(configs++ + ".yaml"), block.group(1));
        GatewayConfig config = ConfigLoader.load(yaml);
        assertThat(config.assets()).as(file.toString()).isNotEmpty();
      }
    }
    assertThat(configs).isPositive();
  }

  /** The tables of docs/kpis are written by {@code -Dwrite.docs}, so that no row is forgotten. */
  @Test
  void theTablesOfKpisAreThoseOfTheCatalogue() throws IOException {
    Path file = root.resolve("docs/kpis/README.md");
    String page = Files.readString(file);
    String renewed = page;
    for (Kpis.Dimension dimension : Kpis.DIMENSIONS) {
      String heading = "## " + dimension.name() + "\n";
      assertThat(renewed).contains(heading);
      int from = renewed.indexOf(heading) + heading.length();
      int to = renewed.indexOf("\n## ", from);
      renewed = renewed.substring(0, from) + "\n" + table(dimension) + renewed.substring(to);
    }
    if (Boolean.getBoolean("write.docs")) {
      Files.writeString(file, renewed);
    } else {
      assertThat(page).isEqualTo(renewed);
    }
    assertThat(Kpis.ALL).hasSizeGreaterThan(50);
  }

  private static String table(Kpis.Dimension dimension) {
    StringBuilder table = new StringBuilder();
    table.append("| id | name | formula | unit | better | anchor, and how sure we are |\n");
    table.append("|---|---|---|---|---|---|\n");
    dimension.families().stream()
        .flatMap(f -> f.kpis().stream())
        .map(DocsTest::row)
        .forEach(table::append);
    return table.toString();
  }

  private static String row(Kpi kpi) {
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            kpi.id(),
            kpi.name(),
            kpi.formula().replace("|", "\\|"),
            kpi.unit(),
            kpi.higherIsBetter() ? "higher" : "lower",
            kpi.source());
  }

  @Test
  void theNumberOfKpisInTheReadmeIsRight() {
    assertThat(readme).contains("The %d KPIs".formatted(Kpis.ALL.size()));
  }

  @Test
  void outcomesAreThoseOfTheEngine() {
    assertThat(OUTCOME_ROW.matcher(readme).results().map(m -> m.group(1)).toList())
        .containsExactlyElementsOf(Arrays.stream(Outcome.values()).map(Enum::name).toList());
  }
}
