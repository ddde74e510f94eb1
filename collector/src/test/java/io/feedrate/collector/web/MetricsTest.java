package io.feedrate.collector.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.sink.prometheus.PlantMetrics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Prometheus scrapes. */
class MetricsTest {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                                                           | text/plain
          text/html                                                                     | text/plain
          application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5 | openmetrics
          application/openmetrics-text;q=0,text/plain                                   | text/plain
          text/plain;q=0.9, application/openmetrics-text;q=0.3                          | text/plain
          """)
  void the_scraper_gets_the_format_that_it_likes_best(String accept, String expected)
      throws IOException {
    try (TestServer server = new TestServer()) {
      HttpResponse<String> answer = server.get("/metrics", "Accept", accept);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains(expected);
      boolean open = expected.equals("openmetrics");
      assertThat(answer.body().endsWith("# EOF\n")).isEqualTo(open);
    }
  }

  @Test
  void every_family_of_the_plant_is_there_with_help_and_type() {
    Map<String, String> types = new TreeMap<>();
    Set<String> helped = new TreeSet<>();
    scrape()
        .lines()
        .forEach(
            line -> {
              String[] words = line.split(" ", 4);
              if (line.startsWith("# TYPE feedrate_")) {
                types.put(words[2], words[3]);
              } else if (line.startsWith("# HELP feedrate_") && words[3].endsWith(".")) {
                helped.add(words[2]);
              }
            });
    assertThat(types)
        .containsEntry("feedrate_slots_total", "counter")
        .containsEntry("feedrate_link_up", "gauge")
        .containsEntry("feedrate_link_received_total", "counter")
        .containsEntry("feedrate_link_journaled_total", "counter")
        .containsEntry("feedrate_link_rejected_total", "counter")
        .containsEntry("feedrate_link_clock_offset_seconds", "gauge")
        .containsEntry("feedrate_rejected_total", "counter")
        .containsEntry("feedrate_messages_repeated_total", "counter")
        .containsEntry("feedrate_beyond_revision_total", "counter")
        .containsEntry("feedrate_episodes_dropped_total", "counter")
        .containsEntry("feedrate_model_updates_untracked_total", "counter")
        .containsEntry("feedrate_results_revised_total", "counter")
        .containsEntry("feedrate_model_updates_total", "counter")
        .containsEntry("feedrate_model_updates_pending", "gauge")
        .containsEntry("feedrate_model_update_oldest_pending_age_seconds", "gauge")
        .containsEntry("feedrate_model_update_latency_seconds", "histogram")
        .containsEntry("feedrate_inferences_total", "counter")
        .containsEntry("feedrate_inference_latency_seconds", "histogram")
        .containsEntry("feedrate_dimension_score_lower", "gauge")
        .containsEntry("feedrate_dimension_score_upper", "gauge")
        .containsEntry("feedrate_dimension_evidence_coverage", "gauge")
        .containsEntry("feedrate_journal_records_total", "counter")
        .containsEntry("feedrate_journal_lag_seconds", "gauge")
        .containsEntry("feedrate_engine_last_tick_age_seconds", "gauge")
        .containsEntry("feedrate_store_bytes", "gauge");
    assertThat(helped).containsExactlyInAnyOrderElementsOf(types.keySet());
  }

  @Test
  void figures_are_those_of_the_plant() {
    String line1 = DemoPlant.LINE;
    assertThat(scrape())
        .contains("feedrate_link_up{link=\"cnc-01\",protocol=\"opcua\"} 1.0\n")
        .contains("feedrate_link_up{link=\"cnc-04\",protocol=\"opcua\"} 0.0\n")
        .contains("feedrate_rejected_total{cause=\"malformed\"} 14.0\n")
        .contains("\nfeedrate_messages_repeated_total 7.0\n")
        .contains("\nfeedrate_beyond_revision_total 9.0\n")
        .contains("\nfeedrate_episodes_dropped_total 10.0\n")
        .contains("\nfeedrate_model_updates_untracked_total 11.0\n")
        .contains("feedrate_model_updates_pending{node=\"" + line1 + "/vision-02\"} 1.0\n")
        .contains(
            "feedrate_model_updates_total{end=\"served\",node=\"" + line1 + "/vision-01\"} 3.0")
        .contains("feedrate_inferences_total{node=\"" + line1 + "/vision-02\",ok=\"false\"} 3411.0")
        .contains(
            "feedrate_model_update_latency_seconds_bucket{node=\""
                + line1
                + "/vision-01\",le=\"60.0\"} 1\n")
        .contains(
            "feedrate_model_update_latency_seconds_count{node=\"" + line1 + "/vision-01\"} 3\n")
        .contains("feedrate_dimension_evidence_coverage{dimension=\"human_machine\"} 0.0\n")
        .contains("feedrate_slots_total{asset=\"" + line1 + "/cnc-05\",outcome=\"excluded\"}")
        .doesNotContain("asset=\"" + line1 + "\"")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void what_is_not_known_has_no_series() {
    assertThat(scrape())
        .contains("feedrate_link_clock_offset_seconds{link=\"cnc-01\"}")
        .doesNotContain("feedrate_link_clock_offset_seconds{link=\"vision-01\"}")
        .doesNotContain("feedrate_link_clock_offset_seconds NaN");
  }

  @Test
  void the_age_of_the_oldest_pending_update_grows_with_time() {
    assertThat(scrape())
        .containsPattern(
            "feedrate_model_update_oldest_pending_age_seconds\\{node=\"[^\"]*vision-02\"} 1519\\.9")
        .containsPattern(
            "feedrate_model_update_oldest_pending_age_seconds\\{node=\"[^\"]*vision-01\"} 0\\.0");
  }

  private static String scrape() {
    Clock clock = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
    return new PlantMetrics(new DemoPlant(clock)).scrape(TEXT);
  }
}
