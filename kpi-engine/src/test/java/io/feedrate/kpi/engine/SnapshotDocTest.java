package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Names;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.episode.Episodes;
import io.feedrate.kpi.rollout.Rollouts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/snapshot.md says of the layout is so. */
class SnapshotDocTest {
  private static final Path DOC = Path.of("..", "docs", "snapshot.md");
  private static final Pattern MARKER = Pattern.compile("(?m)^\\| [^|]+ \\| `([0-9a-f]{8})` \\|");
  private static final String BEGIN = "The KPIs' sections, in order:";
  private static final String END = "\n<!-- end -->";
  private static final Register REGISTER = new Factory().machine("press").node("cam").register();

  private static String doc() throws IOException {
    return Files.readString(DOC);
  }

  private static byte[] snapshot() {
    KpiEngine engine = new KpiEngine(new Factory.Report());
    engine.onRegister(REGISTER, T0);
    return Log.snapshot(engine);
  }

  private static List<String> meters() {
    Factory.Report report = new Factory.Report();
    Names names = new Names();
    Plant plant =
        new Plant(
            REGISTER,
            Kpis.FAMILIES,
            report,
            names,
            new Rollouts(names, report),
            new Episodes(report),
            T0);
    return Arrays.stream(plant.meters()).map(meter -> meter.getClass().getSimpleName()).toList();
  }

  @Test
  void theHeaderIsAsDescribed() throws IOException {
    ByteBuffer header = ByteBuffer.wrap(snapshot()).order(ByteOrder.LITTLE_ENDIAN);
    String marker = HexFormat.ofDelimiter(" ").formatHex(snapshot(), 0, 4);
    assertThat(doc())
        .contains("| 0 | int | the marker, bytes `%s` |".formatted(marker))
        .contains("| 4 | int | the format: %d |".formatted(Snapshot.FORMAT))
        .contains("| %d | body |".formatted(Snapshot.HEADER));
    assertThat(header.getInt(4)).isEqualTo(Snapshot.FORMAT);
    assertThat(header.getInt(8)).isEqualTo(snapshot().length - Snapshot.HEADER);
  }

  @Test
  void sectionsHaveTheirMarkersAndFollowEachOtherAsDescribed() throws IOException {
    ByteBuffer body = ByteBuffer.wrap(snapshot()).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> markers =
        MARKER.matcher(doc()).results().map(m -> (int) Long.parseLong(m.group(1), 16)).toList();
    assertThat(markers).hasSize(9);
    int at = Snapshot.HEADER;
    for (int marker : markers) {
      while (body.getInt(at) != marker) {
        at++; // beyond the end is an exception, and a failure
      }
      at += Integer.BYTES;
    }
    String rest = new String(snapshot(), at, snapshot().length - at, StandardCharsets.ISO_8859_1);
    assertThat(rest).containsSubsequence(meters());
  }

  /** Written by {@code -Dwrite.docs}, so that no meter is forgotten. */
  @Test
  void theSectionsOfKpisAreThoseOfTheCatalogue() throws IOException {
    String doc = doc();
    int from = doc.indexOf(BEGIN) + BEGIN.length();
    String list =
        meters().stream().map("`%s`"::formatted).collect(Collectors.joining(", ", " ", "."));
    String renewed = doc.substring(0, from) + list + doc.substring(doc.indexOf(END, from));
    if (Boolean.getBoolean("write.docs")) {
      Files.writeString(DOC, renewed);
    } else {
      assertThat(doc).isEqualTo(renewed);
    }
  }

  @Test
  void classesThatItNamesExist() throws IOException {
    List<String> named =
        Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)`")
            .matcher(doc().substring(doc().indexOf("## Sections"), doc().indexOf("A **pane**")))
            .results()
            .map(m -> m.group(1))
            .distinct()
            .toList();
    assertThat(named).hasSizeGreaterThan(10);
    try (var files = Files.walk(Path.of("src/main/java"))) {
      assertThat(files.map(f -> f.getFileName().toString().replace(".java", "")).toList())
          .containsAll(named);
    }
  }
}
