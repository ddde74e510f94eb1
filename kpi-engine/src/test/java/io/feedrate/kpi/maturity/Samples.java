package io.feedrate.kpi.maturity;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small profiles and figures for tests. */
final class Samples {

  static final long START_NS = 1_000;
  static final long END_NS = 2_000;
  static final Scale RATIO = Scale.atLeast(0.80, 0.95, 0.98);

  private Samples() {}

  static Indicator.Measured measured(String kpi, double weight) {
    return measured(kpi, weight, 0, false, "1", RATIO, Indicator.Minimum.NONE);
  }

  static Indicator.Measured measured(
      String kpi,
      double weight,
      int level,
      boolean mandatory,
      String unit,
      Scale scale,
      Indicator.Minimum minimum) {
    return new Indicator.Measured(
        "i-" + kpi,
        Text.of(kpi),
        weight,
        level,
        mandatory,
        "a test",
        kpi,
        unit,
        scale,
        "a test",
        Text.of("no " + kpi + " ended in this period"),
        Text.of("too little is known of " + kpi),
        minimum);
  }

  static Indicator.Documented document(String id, double weight) {
    return new Indicator.Documented(
        id, Text.of(id), weight, 0, false, "a test", "policy", Text.of("all of it"));
  }

  static Dimension dimension(String id, Indicator... indicators) {
    return new Dimension(id, Text.of(id), 1, List.of(), List.of(indicators));
  }

  /** Levels 1 to 5 from 0, 0.25, 0.5, 0.8 and 0.95. */
  static Profile bands(Dimension... dimensions) {
    return new Profile(
        "test",
        "1",
        "00",
        Text.of("Test"),
        "",
        new Scoring(Scoring.Method.SCORE_BANDS, 0.8, Scoring.Overall.MINIMUM),
        List.of(
            level("A", 0), level("B", 0.25), level("C", 0.5), level("D", 0.8), level("E", 0.95)),
        List.of(dimensions));
  }

  /** Levels 1 to 3, each met by its own requirements from 0.8. */
  static Profile requirements(Scoring.Overall overall, Dimension... dimensions) {
    return new Profile(
        "test",
        "1",
        "00",
        Text.of("Test"),
        "",
        new Scoring(Scoring.Method.LEVEL_REQUIREMENTS, 0.8, overall),
        List.of(level("A", 0), level("B", 0), level("C", 0)),
        List.of(dimensions));
  }

  private static Level level(String name, double from) {
    return new Level(Text.of(name), from);
  }

  static Figure between(double lower, double value, double upper) {
    return new Figure(State.MEASURED, value, lower, upper);
  }

  static Evidence figures(Map<String, Figure> figures) {
    return Evidence.of("site", START_NS, END_NS, figures);
  }

  static Evidence evidence(
      Map<String, Figure> figures, List<Document> documents, List<Declaration> declarations) {
    return new Evidence(
        "site", START_NS, END_NS, figures(figures).measurements(), documents, declarations);
  }

  static Document attached(String indicator, Optional<Document.Review> review) {
    return new Document(indicator, "the paper", "ab", "QA", 0, Long.MAX_VALUE, review);
  }
}
