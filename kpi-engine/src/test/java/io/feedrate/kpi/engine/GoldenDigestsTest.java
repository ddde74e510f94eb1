package io.feedrate.kpi.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Kpi;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same calls give the same results to the bit: on any JDK, in any time zone and language, and
 * after a crash anywhere. The results of a fixed set of seeds are held against digests in the
 * repository; {@code ./check} runs this class on a second JDK as well, where it finds one.
 */
class GoldenDigestsTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/io/feedrate/kpi/engine/golden-digests.txt");

  private static final String ADVICE =
      """
      The engine's results differ from those in %s: lines with "reports" tell in which seeds, lines \
      with the id of a KPI in what; "states" is what snapshots hold.
      Under another JDK, time zone or language that is a bug, always.
      If a KPI, a rule or the layout of snapshots was changed on purpose, raise Snapshot.FORMAT (see \
      docs/adr/0013-another-version-takes-over.md) and write the file anew:
        ./mvnw -Dquick -pl kpi-engine test -Dtest=GoldenDigestsTest -Dwrite.golden=true"""
          .formatted(GOLDEN.getFileName());

  @Test
  void thisJvmComputesTheGoldenResultsAndHasAValueForEachKpi() throws IOException {
    GoldenDigests digests = GoldenDigests.compute();

    assertThat(digests.measured()).containsAll(Kpis.ALL.stream().map(Kpi::id).toList());
    if (Boolean.getBoolean("write.golden")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, digests.text());
    }
    isGolden(digests.text());
  }

  /** Each JVM also has its own order of Set.of and Map.of, and its own identity hash codes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.timezone=Asia/Shanghai -Duser.language=de -Duser.country=DE",
        "-Duser.timezone=America/St_Johns -Duser.language=ar -Duser.country=EG"
            + " -Dfile.encoding=ISO-8859-1"
      })
  void aJvmElsewhereComputesTheGoldenResults(String options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options.split(" ")));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(GoldenDigests.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isZero();
    isGolden(text);
  }

  private static void isGolden(String text) throws IOException {
    assertThat(text.lines().toList())
        .as(ADVICE)
        .containsExactlyElementsOf(Files.readAllLines(GOLDEN));
  }

  @Test
  void aCrashAnywhereChangesNothing() {
    Seeds.each(
        30,
        seed -> {
          Factory.Report steady = new Factory.Report();
          Factory.Report crashing = new Factory.Report();
          int each = 1 + (int) Math.floorMod(seed, 60L);
          Turmoil.run(seed, steady);
          Turmoil.runWithCrashes(seed, crashing, each, (register, snapshot) -> {});
          assertThat(crashing.results).isEqualTo(steady.results);
          assertThat(crashing.updates).isEqualTo(steady.updates);
          assertThat(crashing.episodes).isEqualTo(steady.episodes);
        });
  }
}
