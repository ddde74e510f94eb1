package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.example.ScrapRatio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A KPI that the catalogue does not have: one class and one line give it windows, roll-up, days,
 * revisions, snapshots and register changes.
 */
class AddingAKpiTest {
  private static final Path ROOT = Path.of("..");
  private static final Register REGISTER = new Factory().machine("press").register();

  private final Factory.Report report = new Factory.Report();
  private KpiEngine engine = engine();

  AddingAKpiTest() {
    engine.onRegister(REGISTER, T0);
  }

  private KpiEngine engine() {
    List<Family> families = new ArrayList<>(Kpis.FAMILIES);
    families.add(Family.of(ScrapRatio::new, ScrapRatio.KPI)); // the one line
    return new KpiEngine(report, families);
  }

  private void inspected(EventKind found, int part, double atSecond, double receivedSecond) {
    engine.onEvent(
        engine.names().id("site/line/press"),
        found,
        part,
        0,
        0,
        0,
        T0 + (long) (atSecond * SECOND),
        T0 + (long) (receivedSecond * SECOND));
  }

  private Result newest(String subject, Span span) {
    List<Result> windows = report.windows("scrap_ratio", subject, span);
    return windows.get(windows.size() - 1);
  }

  @Test
  void itIsReportedForItsMachineItsLineAndItsSite() {
    inspected(EventKind.PART_GOOD, 1, 1, 1);
    inspected(EventKind.PART_BAD, 2, 2, 2);
    engine.onTick(T0 + 20 * SECOND);
    for (String subject : List.of("site/line/press", "site/line", "site")) {
      assertThat(newest(subject, Span.WINDOW).counts()).containsExactly(1, 2);
      assertThat(newest(subject, Span.WINDOW).figure().value()).isEqualTo(0.5);
    }
  }

  @Test
  void whatComesLateRevisesItsWindowAndItsDay() {
    inspected(EventKind.PART_GOOD, 1, 1, 1);
    engine.onTick(T0 + 20 * SECOND);
    inspected(EventKind.PART_BAD, 2, 2, 21);
    engine.onTick(T0 + 40 * SECOND);
    assertThat(newest("site", Span.WINDOW).revision()).isEqualTo(1);
    assertThat(newest("site", Span.WINDOW).counts()).containsExactly(1, 2);
    engine.onTick(T0 + 86_400 * SECOND);
    assertThat(newest("site", Span.DAY).counts()).containsExactly(1, 2);
  }

  @Test
  void itSurvivesARestartFromASnapshotAndAChangeOfTheRegister() {
    inspected(EventKind.PART_GOOD, 1, 1, 1);
    KpiEngine restored = engine();
    restored.restore(REGISTER, engine.snapshot(), 0);
    engine = restored;
    engine.onRegister(new Factory().machine("press").machine("mill").register(), T0 + 3 * SECOND);
    inspected(EventKind.PART_BAD, 2, 4, 4);
    engine.onTick(T0 + 20 * SECOND);
    assertThat(newest("site/line/press", Span.WINDOW).counts()).containsExactly(1, 2);
  }

  @Test
  void theGuideShowsThisVeryClass() throws IOException {
    Path source =
        Path.of("src/test/java").resolve(ScrapRatio.class.getName().replace('.', '/') + ".java");
    String guide = Files.readString(ROOT.resolve("docs/extend.md"));
    String code = Files.readString(source);
    assertThat(guide).contains(code.substring(code.indexOf("/**")).strip());
  }
}
