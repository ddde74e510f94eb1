package io.feedrate.collector.assess;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.State;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Declaration;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Document;
import io.feedrate.kpi.maturity.Evidence;
import io.feedrate.kpi.maturity.Measurement;
import io.feedrate.kpi.maturity.Profile;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Golden texts; to renew one after a wanted change, copy what the failure shows. */
final class AssessmentTableTest {

  private static final long START_NS = ns("2026-11-22T10:00:00Z");
  private static final long END_NS = ns("2026-11-22T10:01:00Z");

  private static final Kpi UNMAPPED =
      new Kpi(
          "acquisition_latency_p95",
          "acquisition_latency_p95",
          "Acquisition latency (95th percentile)",
          "s",
          false,
          "",
          "",
          List.of(),
          (counts, histogram) -> Figure.INSUFFICIENT);

  private static long ns(String instant) {
    return Instant.parse(instant).getEpochSecond() * 1_000_000_000L;
  }

  private static Figure between(double lower, double value, double upper) {
    return new Figure(State.MEASURED, value, lower, upper);
  }

  private static void put(
      Map<String, Measurement> measured, String id, Figure figure, long... counts) {
    Measurement measurement =
        counts.length == 0 ? Measurement.of(figure) : Measurement.of(Kpis.byId(id), figure, counts);
    measured.put(id, measurement);
  }

  private static void putTheRestOfADemo(Map<String, Measurement> measured) {
    put(measured, "update_frequency_conformity", Figure.exact(0.993));
    put(measured, "good_quality_ratio", Figure.exact(0.992));
    put(measured, "clock_conformity", between(0.996, 0.996, 1));
    put(measured, "metadata_completeness", Figure.exact(0.118));
    put(measured, "model_traceability", Figure.exact(0.936));
    put(measured, "model_version_conformity", between(0.643, 0.65, 0.653));
    put(measured, "model_rollback_readiness", Figure.exact(0.95));
    put(measured, "inspection_agreement", between(0.685, 0.929, 0.987), 13, 0, 1, 0, 40);
    put(measured, "interface_conformance", Figure.exact(1));
    put(measured, "closed_loop_ratio", between(0.905, 1, 1));
    put(measured, "decision_to_actuation_latency_p95", Figure.exact(0.233), 40, 0, 0);
    put(measured, "sensing_to_decision_latency_p95", Figure.exact(0.0161), 1111, 0, 0);
    put(measured, "ai_in_loop_coverage", Figure.NOT_APPLICABLE);
    put(measured, "link_mttr", Figure.exact(3.81));
    put(measured, "alarm_rate", Figure.exact(14.5));
    put(measured, "alarm_flood_share", Figure.exact(1));
    put(measured, "alarm_acknowledge_time_median", between(5.96, 10.4, Double.POSITIVE_INFINITY));
    put(measured, "takeover_time_median", Figure.INSUFFICIENT);
    put(measured, "qualified_operation", Figure.exact(0.364), 4, 6, 1);
  }

  private static String golden(String name) throws Exception {
    try (InputStream in = AssessmentTableTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aDemoOfAMinuteReadsHonestly() throws Exception {
    TreeMap<String, Measurement> measured = new TreeMap<>();
    put(measured, "sensor_data_completeness", between(0.981, 0.987, 0.989));
    put(measured, "timely_completeness", between(0.942, 0.951, 0.953));
    put(measured, "source_availability", Figure.exact(0.9967));
    put(measured, "range_validity", Figure.exact(1));
    put(measured, "model_update_latency", between(31, Double.NaN, Double.POSITIVE_INFINITY));
    put(measured, "model_update_on_time", Figure.NOT_APPLICABLE);
    put(measured, "inference_availability", Figure.exact(0.9991));
    put(measured, "inference_latency_p95", between(0.0181, 0.0184, 0.0187), 1110, 1);
    put(measured, "connected_asset_coverage", Figure.exact(0.8));
    put(measured, "advice_decided", Figure.exact(0.75), 9, 5, 1, 2);
    put(measured, "advice_accepted", Figure.exact(5 / 6.0), 9, 5, 1, 2);
    putTheRestOfADemo(measured);
    measured.put("acquisition_latency_p95", Measurement.of(between(0.3, 0.31, 0.32)));
    Profile aimm = ProfileLoader.shipped("aimm-provisional");

    String table =
        AssessmentTable.render(
            Assessment.of(
                aimm,
                new Evidence("acme/augsburg", START_NS, END_NS, measured, List.of(), List.of())),
            List.of(UNMAPPED));

    // The digest changes with every word of the profile; what it stands for is tested elsewhere.
    assertThat(table.replace(aimm.digest().substring(0, 16), "0123456789abcdef"))
        .isEqualTo(golden("demo-table.txt"));
    assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(96));
  }

  @Test
  void levelsOfRequirementsDocumentsAndDeclarationsAreShown() throws Exception {
    Profile profile =
        ProfileLoader.read(
            Path.of(AssessmentTableTest.class.getResource("five-levels.yaml").toURI()));
    Document duties =
        new Document(
            "people-1",
            "Duties, 3rd edition",
            "ab".repeat(32),
            "QA",
            0,
            Long.MAX_VALUE,
            Optional.of(new Document.Review(Degree.FULLY, "A. Reader", START_NS)));
    Document training =
        new Document(
            "people-2",
            "Training 2026",
            "cd".repeat(32),
            "HR",
            0,
            Long.MAX_VALUE,
            Optional.empty());
    Map<String, Measurement> measurements =
        Map.of(
            "source_availability",
            Measurement.of(Figure.exact(0.95)),
            "sensor_data_completeness",
            new Measurement(Figure.exact(0.999), Map.of("good", 58L, "bad", 2L)));
    Evidence evidence =
        new Evidence(
            "acme/augsburg",
            START_NS,
            END_NS,
            measurements,
            List.of(duties, training),
            List.of(
                new Declaration.NotImplemented(
                    "integration-3", "planned for 2027", "J. Doe", START_NS)));

    String table = AssessmentTable.render(Assessment.of(profile, evidence), List.of());

    assertThat(table.replace(profile.digest().substring(0, 16), "0123456789abcdef"))
        .isEqualTo(golden("five-levels-table.txt"));
  }
}
