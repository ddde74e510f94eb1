package io.feedrate.collector.web;

import io.feedrate.collector.web.AssessmentView.Dimension;
import io.feedrate.collector.web.AssessmentView.Indicator;
import io.feedrate.kpi.maturity.IndicatorState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** An assessment with every kind of evidence, and one dimension without any. */
final class DemoAssessment {

  private static final double NAN = Double.NaN;

  private DemoAssessment() {}

  static AssessmentView at(Instant now) {
    Instant to = now.truncatedTo(ChronoUnit.HOURS);
    return new AssessmentView(
        "AIMM", "provisional 1", true, to, to.minus(1, ChronoUnit.DAYS), to, dimensions());
  }

  private static List<Dimension> dimensions() {
    return List.of(
        new Dimension(
            "data_foundation",
            "Data Foundation",
            0.74,
            0.86,
            0.88,
            3,
            3,
            "Integrated",
            "Integrated",
            List.of(
                measured("Sensor data completeness", "completeness_ev", "1", 0.9631, 0.96, 0.9702),
                measured("Link availability", "link_availability", "1", 0.991, 0.991, 0.991),
                other("Data catalogue is kept", IndicatorState.DECLARED, "needs a document"))),
        new Dimension(
            "model_capability",
            "Model Capability",
            0.42,
            0.77,
            0.65,
            2,
            3,
            "Normalised",
            "Integrated",
            List.of(
                measured("Model update latency, 90 %", "update_latency", "s", 1_900, 1_900, NAN),
                measured("Inference availability", "inference_availability", "1", .9811, .98, .982),
                other(
                    "Drift is watched",
                    IndicatorState.NOT_IMPLEMENTED,
                    "no drift events have been configured"))),
        new Dimension(
            "line_integration",
            "Production Line Integration",
            0.21,
            0.91,
            0.3,
            1,
            4,
            "Planned",
            "Optimised",
            List.of(
                measured("Machines connected", "machines_connected", "1", 0.714, 0.714, 0.714),
                other(
                    "Overall equipment effectiveness",
                    IndicatorState.INSUFFICIENT_EVIDENCE,
                    "no machine reports its state"))),
        new Dimension(
            "human_machine",
            "Human-Machine Collaboration",
            0,
            1,
            0,
            0,
            5,
            "",
            "Leading",
            List.of(
                other(
                    "Advice accepted",
                    IndicatorState.INSUFFICIENT_EVIDENCE,
                    "no advice was shown in this time"),
                other("Shift calendar", IndicatorState.NOT_APPLICABLE, "one shift only"))));
  }

  private static Indicator measured(
      String name, String kpi, String unit, double value, double lower, double upper) {
    return new Indicator(
        kpi, name, kpi, unit, IndicatorState.MEASURED, value, lower, upper, 0.8, 1, "");
  }

  private static Indicator other(String name, IndicatorState state, String detail) {
    return new Indicator(name, name, "", "1", state, NAN, NAN, NAN, NAN, 1, detail);
  }
}
