package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.store.ResultRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.foundation.Completeness;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What others see of a plant: Prometheus by scraping, VictoriaMetrics by what it is sent. */
@ExtendWith(RunningPlant.Extension.class)
class MonitoringIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String RATIO =
      """
      sum by (asset) (rate(feedrate_slots_total{outcome=~"good|good_late"}[10m]))
       / sum by (asset) (rate(feedrate_slots_total{outcome!="excluded"}[10m]))""";

  @Test
  void prometheusScrapesTheCollector(RunningPlant plant) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode targets = plant.prometheus("/api/v1/targets").path("activeTargets");
              assertThat(targets).hasSize(1);
              assertThat(targets.path(0).path("health").asText()).isEqualTo("up");
              assertThat(targets.path(0).path("lastError").asText()).isEmpty();
            });
    assertThat(value(plant.query("up{job=\"feedrate\"}").path(0))).isEqualTo(1);
  }

  /**
   * A slot is counted when the lateness has passed after its end: Prometheus is asked as of then.
   * What comes later revises results and no counter.
   */
  @Test
  void completenessByPromQlIsWhatTheApiSays(RunningPlant plant) {
    await()
        .atMost(PATIENCE)
        .until(() -> completeness(plant, closedNs()).path(0).path("windows").size() >= 4);
    long endNs = closedNs();
    long countedNs = endNs + plant.collector().register().latenessNs() + 1_500_000_000L;
    JsonNode subjects = completeness(plant, endNs);
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (JsonNode ratio : plant.query(RATIO, TimeUnit.NANOSECONDS.toMillis(countedNs) / 1e3)) {
      ratios.put(ratio.at("/metric/asset").asText(), value(ratio));
    }
    System.out.println("completeness by PromQL: " + ratios);

    assertThat(ratios).hasSize(7);
    assertThat(ratios.values()).as("trouble shows").anyMatch(value -> value < 0.99);
    assertThat(subjects).hasSize(7);
    for (JsonNode subject : subjects) {
      String asset = subject.path("subject").asText();
      double said = subject.at("/whole/figures/ev/value").asDouble(Double.NaN);
      // A counter is as slots were settled. What came after that made GOOD_LATE of some at best.
      double late = shareOf(subject.at("/whole/outcomes"), Outcome.GOOD_LATE);
      assertThat(ratios.get(asset)).as(asset).isBetween(said - late - 0.02, said + 0.02);
    }
  }

  private static double shareOf(JsonNode outcomes, Outcome outcome) {
    assertThat(outcomes.has(outcome.name())).as("%s in %s", outcome, outcomes).isTrue();
    double all = 0;
    for (JsonNode slots : outcomes) {
      all += slots.asLong();
    }
    return outcomes.get(outcome.name()).asLong() / all;
  }

  private static JsonNode completeness(RunningPlant plant, long endNs) {
    return plant.api("/api/v1/completeness?to=" + endNs).path("subjects");
  }

  @Test
  void everyQueryOfTheDashboardReturnsData(RunningPlant plant) throws IOException {
    Map<String, String> queries = dashboardQueries();
    assertThat(queries).hasSizeGreaterThanOrEqualTo(20);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () ->
                assertThat(queries)
                    .allSatisfy(
                        (title, promQl) ->
                            assertThat(plant.query(promQl))
                                .as(promQl)
                                .anyMatch(series -> Double.isFinite(value(series)))));
  }

  /** By their panel; without variables: all assets and nodes, windows of a minute. */
  private static Map<String, String> dashboardQueries() throws IOException {
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(RunningPlant.root().resolve("grafana/dashboards/feedrate.json").toFile());
    Map<String, String> queries = new LinkedHashMap<>();
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String promQl =
            target
                .path("expr")
                .asText()
                .replaceAll("\\[\\$\\{?\\w+}?]", "[1m]")
                .replaceAll("\\$\\{?\\w+(:\\w+)?}?", ".*");
        String title = panel.path("title").asText() + " " + target.path("refId").asText();
        assertThat(queries.put(title, promQl)).as(title).isNull();
      }
    }
    return queries;
  }

  @Test
  void resultsReachAServerOfTheInfluxApiCompletely(RunningPlant plant) {
    try (StoreReader store = plant.collector().reader()) {
      await()
          .atMost(PATIENCE)
          .until(() -> !rows(store, Completeness.EVENTUAL, closedNs()).isEmpty());
      long endNs = closedNs();
      assertThat(unrevised(store, Completeness.EVENTUAL, endNs)).isNotEmpty();
      for (Kpi kpi : Kpis.ALL) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(pointsOfUnrevised(plant, store, kpi, kpi.id() + "_state", endNs))
                        .as(kpi.id())
                        .hasSameSizeAs(unrevised(store, kpi, endNs)));
      }
      for (Outcome outcome : Outcome.values()) {
        String name = Completeness.OUTCOMES.get(outcome.ordinal());
        String field = Completeness.EVENTUAL.id() + "_" + name;
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(
                            sum(
                                pointsOfUnrevised(
                                    plant, store, Completeness.EVENTUAL, field, endNs)))
                        .as(name)
                        .isEqualTo(
                            (double)
                                unrevised(store, Completeness.EVENTUAL, endNs).stream()
                                    .mapToLong(row -> row.result().counts()[outcome.ordinal()])
                                    .sum()));
      }
    }
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Newest revisions of a KPI's basis that end by then. */
  private static List<ResultRow> rows(StoreReader store, Kpi kpi, long endNs) {
    return store.results(kpi.basis(), "", Span.WINDOW, 0, endNs, StoreReader.MAX_ROWS).stream()
        .filter(row -> row.result().endNs() <= endNs)
        .toList();
  }

  /**
   * When windows ended of which any result was revised: where InfluxDB overwrites a point, this
   * server may keep both, and nothing tells which is meant.
   */
  private static Set<Long> revisedMs(StoreReader store, Kpi kpi, long endNs) {
    return rows(store, kpi, endNs).stream()
        .filter(row -> row.result().revision() > 0)
        .map(row -> TimeUnit.NANOSECONDS.toMillis(row.result().endNs()))
        .collect(Collectors.toSet());
  }

  private static List<ResultRow> unrevised(StoreReader store, Kpi kpi, long endNs) {
    Set<Long> revised = revisedMs(store, kpi, endNs);
    return rows(store, kpi, endNs).stream()
        .filter(row -> !revised.contains(TimeUnit.NANOSECONDS.toMillis(row.result().endNs())))
        .toList();
  }

  private static List<Double> pointsOfUnrevised(
      RunningPlant plant, StoreReader store, Kpi kpi, String name, long endNs) {
    return points(plant, name, endNs, revisedMs(store, kpi, endNs));
  }

  private static List<Double> points(
      RunningPlant plant, String name, long endNs, Set<Long> without) {
    List<Double> values = new ArrayList<>();
    for (JsonNode series : plant.export(name)) {
      for (int i = 0; i < series.path("values").size(); i++) {
        long atMs = series.path("timestamps").path(i).asLong();
        if (TimeUnit.MILLISECONDS.toNanos(atMs) <= endNs && !without.contains(atMs)) {
          values.add(series.path("values").path(i).asDouble());
        }
      }
    }
    return values;
  }

  /** The end of a window that is closed, as are all before it. */
  private static long closedNs() {
    return TimeUnit.SECONDS.toNanos(Math.floorDiv(Instant.now().getEpochSecond() - 12, 10L) * 10);
  }

  private static double value(JsonNode series) {
    return Double.parseDouble(series.path("value").path(1).asText("NaN"));
  }
}
