package io.feedrate.kpi.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs every scenario file; a test has the title of its file. */
class ScenarioTest {
  static final Path FOLDER = Path.of("src", "test", "scenarios");
  private static final int LONGEST = 40;

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> scenarios() throws IOException {
    return files().stream().map(ScenarioTest::test);
  }

  private static DynamicTest test(Path file) {
    String name = FOLDER.relativize(file).toString();
    Scenario scenario;
    try {
      scenario = Scenario.read(name, Files.readString(file));
    } catch (IOException | Fault e) {
      return DynamicTest.dynamicTest(
          name,
          file.toUri(),
          () -> {
            throw new AssertionError(e.getMessage(), e);
          });
    }
    return DynamicTest.dynamicTest(
        scenario.title(),
        file.toUri(),
        () -> {
          List<String> faults = Rehearsal.faults(scenario);
          if (!faults.isEmpty()) {
            throw new AssertionError(scenario.title() + "\n" + String.join("\n", faults));
          }
        });
  }

  @Test
  void aFileIsShortAndNoTwoHaveOneTitle() throws IOException {
    Map<String, Path> titles = new HashMap<>();
    for (Path file : files()) {
      List<String> lines = Files.readAllLines(file);
      assertThat(lines).as(file.toString()).hasSizeLessThan(LONGEST);
      Path other = titles.put(lines.get(0), file);
      assertThat(other).as("%s and %s: %s", file, other, lines.get(0)).isNull();
    }
    assertThat(titles.size()).isGreaterThan(35);
  }
}
