package io.feedrate.collector.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader may expect of every file of the source tree. */
final class TidyTest {
  private static final String MAIN_JAVA = "[^/]+/src/main/java/.*\\.java";
  private static final String WRITTEN =
      "(?!.*package-lock\\.json).*\\.(java|xml|ya?ml|json|md|js|mjs|css|html|sh|properties|conf)"
          + "|feedrate|check|bench|Dockerfile|\\.ci/run";

  /** Spelt apart, so that this file does not hold them. */
  private static final Pattern MARKER =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK|N" + "YI)\\b");

  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.}])/(work|home/\\w+|Users|ro" + "ot)/|\\b[A-Z]:\\\\\\\\?Users");

  private static final Pattern PACKAGE_COMMENT =
      Pattern.compile("^/\\*\\*(.*?)\\*/\\s*(@\\w+\\s*)*package ", Pattern.DOTALL);

  private static final Pattern NO_CODE = Pattern.compile("^\\s*(//|/?\\*|$|import )");

  /** Files that may be longer, and why. */
  private static final Map<String, Integer> LONGER =
      // One state machine over one set of primitive arrays: its parts would share all of them.
      Map.of("SlotTracker.java", 450);

  private static final Pattern SLEEP =
      Pattern.compile("\\bThread\\.sleep\\(|\\.SECONDS\\.sleep\\(");

  private static final Pattern PRINT =
      Pattern.compile("\\bSystem\\.(out|err)\\b|\\.printStackTrace\\(\\)");

  @Test
  void noLeftoverMarkers() {
    assertThat(linesWith(MARKER, SourceTree.files(WRITTEN))).isEmpty();
  }

  @Test
  void noPathsOfOneMachine() {
    assertThat(linesWith(MACHINE_PATH, SourceTree.files(WRITTEN))).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    List<Path> folders =
        SourceTree.files(MAIN_JAVA).stream().map(Path::getParent).distinct().toList();
    assertThat(folders).isNotEmpty();
    assertThat(broken(folders, TidyTest::packageFault)).isEmpty();
  }

  @Test
  void everyTestPackageIsNullMarked() {
    List<Path> folders =
        SourceTree.files("[^/]+/src/test/java/.*\\.java").stream()
            .map(Path::getParent)
            .distinct()
            .toList();
    assertThat(
            broken(
                folders,
                folder -> {
                  Path main = Path.of(folder.toString().replace("/src/test/", "/src/main/"));
                  return Stream.of(folder, main)
                          .anyMatch(one -> Files.exists(one.resolve("package-info.java")))
                      ? ""
                      : "no package-info.java";
                }))
        .isEmpty();
  }

  /** Lines of code: comments, imports and empty lines do not count. */
  @Test
  void filesStayReadable() {
    assertThat(
            broken(
                SourceTree.files(MAIN_JAVA),
                file -> {
                  long lines =
                      SourceTree.text(file)
                          .lines()
                          .filter(line -> !NO_CODE.matcher(line).find())
                          .count();
                  int most = LONGER.getOrDefault(String.valueOf(file.getFileName()), 400);
                  return lines <= most ? "" : lines + " lines of code, at most " + most;
                }))
        .isEmpty();
  }

  @Test
  void testsWaitForConditionsNotForTime() {
    assertThat(linesWith(SLEEP, SourceTree.files("[^/]+/src/test/.*\\.java"))).isEmpty();
  }

  @Test
  void onlyTheCommandLinePrints() {
    List<Path> files =
        SourceTree.files(MAIN_JAVA).stream()
            .filter(file -> !file.toString().matches(".*/(cli|simulator|benchmarks)/.*"))
            .toList();
    assertThat(linesWith(PRINT, files)).isEmpty();
  }

  @Test
  void warningsAreSuppressedOnlyWithAReason() {
    Pattern bare = Pattern.compile("@SuppressWarnings\\([^)]*\\)\\s*$");
    List<String> faults = new ArrayList<>();
    for (Path file : SourceTree.files(MAIN_JAVA)) {
      List<String> lines = SourceTree.text(file).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        boolean explained = i > 0 && lines.get(i - 1).strip().matches("//.*|\\*/|/\\*\\*.*\\*/");
        if (bare.matcher(lines.get(i)).find() && !explained) {
          faults.add(SourceTree.root().relativize(file) + ":" + (i + 1));
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static String packageFault(Path folder) {
    Path info = folder.resolve("package-info.java");
    if (!Files.exists(info)) {
      return "no package-info.java";
    }
    String text = SourceTree.text(info);
    Matcher comment = PACKAGE_COMMENT.matcher(text);
    String words = comment.find() ? comment.group(1).replaceAll("[\\s*]+", " ").strip() : "";
    if (words.length() < 25 || !words.matches(".*[.!].*")) {
      return "its package-info.java has no sentence: " + words;
    }
    return text.contains("@NullMarked") ? "" : "not @NullMarked";
  }

  private static List<String> broken(List<Path> files, Function<Path, String> fault) {
    return files.stream()
        .map(file -> SourceTree.root().relativize(file) + ": " + fault.apply(file))
        .filter(line -> !line.endsWith(": "))
        .sorted()
        .collect(Collectors.toList());
  }

  private static List<String> linesWith(Pattern pattern, List<Path> files) {
    assertThat(files).isNotEmpty();
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = SourceTree.text(file).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          found.add(
              SourceTree.root().relativize(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return found;
  }
}
