package io.feedrate.kpi.capability;

import static io.feedrate.kpi.ModelStage.ANNOUNCED;
import static io.feedrate.kpi.ModelStage.DOWNLOADED;
import static io.feedrate.kpi.ModelStage.DOWNLOADING;
import static io.feedrate.kpi.ModelStage.LOADED;
import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import io.feedrate.kpi.capability.StageTimes.Span;
import io.feedrate.kpi.capability.StageTimes.Stage;
import io.feedrate.kpi.capability.StageTimes.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageTimesTest {
  private static final long S = 1_000_000_000L;
  private final List<ModelUpdate> targets = new ArrayList<>();

  private void target(long approvedS, long endS, End end, Map<ModelStage, Long> stagesS) {
    Map<ModelStage, Long> stagesNs = new LinkedHashMap<>();
    stagesS.forEach((stage, atS) -> stagesNs.put(stage, atS * S));
    long endNs = end == End.PENDING ? ModelUpdate.PENDING : endS * S;
    targets.add(
        new ModelUpdate(
            "n",
            "m",
            "v" + targets.size(),
            "",
            1,
            0,
            approvedS * S,
            approvedS * S,
            endNs,
            endNs,
            end,
            ModelUpdate.PENDING,
            stagesNs));
  }

  private StageTimes over(long fromS, long toS) {
    return UpdateLatency.over(targets, fromS * S, toS * S).stages();
  }

  private static Span span(Stage from, Stage to, int n, long medianS, long maxS) {
    return new Span(from, to, n, medianS * S, maxS * S);
  }

  @Test
  void aServedUpdateIsCutAtTheStagesThatWereReported() {
    target(0, 50, End.SERVED, Map.of(ANNOUNCED, 1L, DOWNLOADING, 2L, DOWNLOADED, 21L, LOADED, 40L));
    target(0, 30, End.SERVED, Map.of(ANNOUNCED, 3L, DOWNLOADED, 13L, LOADED, 25L));
    target(0, 60, End.SERVED, Map.of(ANNOUNCED, 2L, DOWNLOADED, 50L, LOADED, 55L));
    StageTimes times = over(0, 100);
    assertThat(times.spans())
        .containsExactly(
            span(Stage.APPROVED, Stage.ANNOUNCED, 3, 2, 3),
            span(Stage.ANNOUNCED, Stage.DOWNLOADED, 3, 20, 48),
            span(Stage.DOWNLOADED, Stage.LOADED, 3, 12, 19),
            span(Stage.LOADED, Stage.SERVED, 3, 5, 10));
    assertThat(times.unreported()).isEmpty();
    assertThat(times.waiting()).isEmpty();
  }

  @Test
  void aStageThatWasNotReportedIsSkippedAndTheSpanSaysSo() {
    target(0, 50, End.SERVED, Map.of(ANNOUNCED, 1L, LOADED, 40L));
    target(0, 30, End.SERVED, Map.of());
    StageTimes times = over(0, 100);
    assertThat(times.spans())
        .containsExactly(
            span(Stage.APPROVED, Stage.ANNOUNCED, 1, 1, 1),
            span(Stage.APPROVED, Stage.SERVED, 1, 30, 30),
            span(Stage.ANNOUNCED, Stage.LOADED, 1, 39, 39),
            span(Stage.LOADED, Stage.SERVED, 1, 10, 10));
    assertThat(times.spans().get(1).skipped())
        .containsExactly(Stage.ANNOUNCED, Stage.DOWNLOADED, Stage.LOADED);
    assertThat(times.spans().get(2).skipped()).containsExactly(Stage.DOWNLOADED);
    assertThat(times.spans().get(3).skipped()).isEmpty();
    assertThat(times.unreported())
        .containsExactly(
            Map.entry(Stage.ANNOUNCED, 1),
            Map.entry(Stage.DOWNLOADED, 2),
            Map.entry(Stage.LOADED, 1));
  }

  @Test
  void openUpdatesAreCountedWhereTheyStand() {
    target(0, 0, End.PENDING, Map.of(ANNOUNCED, 10L));
    target(0, 0, End.PENDING, Map.of(ANNOUNCED, 30L, DOWNLOADED, 150L)); // after the period
    target(5, 120, End.SERVED, Map.of()); // served after the period
    target(0, 40, End.FAILED, Map.of(ANNOUNCED, 1L));
    StageTimes times = over(0, 100);
    assertThat(times.spans()).isEmpty();
    assertThat(times.waiting())
        .containsExactly(
            new Waiting(Stage.APPROVED, 1, 95 * S), new Waiting(Stage.ANNOUNCED, 2, 90 * S));
  }

  @Test
  void aNegativeSpanStaysAndTheSpansStillAddUp() {
    target(10, 50, End.SERVED, Map.of(ANNOUNCED, 5L, DOWNLOADED, 60L));
    List<Span> spans = over(0, 100).spans();
    assertThat(spans.stream().map(Span::maxNs)).containsExactly(-5 * S, 55 * S, -10 * S);
    assertThat(spans.stream().mapToLong(Span::maxNs).sum()).isEqualTo(targets.get(0).latencyNs());
  }
}
