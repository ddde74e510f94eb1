package io.feedrate.collector.assess;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Coverage;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.Interval;
import io.feedrate.kpi.maturity.LevelRange;
import io.feedrate.kpi.maturity.Profile;
import java.time.Instant;

/**
 * An assessment for programs. What is not defined, or has no bound on that side, is null; texts are
 * English.
 */
public final class AssessmentJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AssessmentJson() {}

  /** The whole assessment, with what is missing and what to do next at each indicator. */
  public static ObjectNode of(Assessment assessment) {
    Profile profile = assessment.profile();
    ObjectNode node = JSON.objectNode();
    node.put("notice", assessment.notice());
    ObjectNode model = node.putObject("profile");
    model.put("id", profile.id());
    model.put("version", profile.version());
    model.put("sha256", profile.digest());
    model.put("provisional", profile.isProvisional());
    model.put("maxScore", profile.maxScore());
    node.put("subject", assessment.subject());
    node.put("from", instant(assessment.startNs()));
    node.put("to", instant(assessment.endNs()));
    ArrayNode dimensions = node.putArray("dimensions");
    assessment.dimensions().forEach(d -> dimensions.add(dimension(d, profile, true)));
    ObjectNode overall = node.putObject("overall");
    overall.set("minimum", interval(assessment.overall().minimum()));
    overall.set("weightedMean", interval(assessment.overall().weightedMean()));
    overall.set("level", level(assessment.overall().level(), profile));
    overall.set("coverage", coverage(assessment.overall().coverage()));
    return node;
  }

  /** An instant in ISO 8601. */
  public static String instant(long epochNs) {
    return Instant.ofEpochSecond(0, epochNs).toString();
  }

  // A part's indicators are among those of its dimension.
  private static ObjectNode dimension(DimensionScore score, Profile profile, boolean top) {
    ObjectNode node = JSON.objectNode();
    node.put("id", score.dimension().id());
    node.put("name", score.dimension().name().english());
    node.put("weight", score.dimension().weight());
    node.set("score", interval(score.score()));
    node.set("level", level(score.level(), profile));
    node.set("coverage", coverage(score.coverage()));
    if (!score.parts().isEmpty()) {
      ArrayNode parts = node.putArray("parts");
      score.parts().forEach(part -> parts.add(dimension(part, profile, false)));
    }
    if (top) {
      ArrayNode indicators = node.putArray("indicators");
      score.indicators().forEach(indicator -> indicators.add(indicator(indicator)));
    }
    return node;
  }

  private static ObjectNode indicator(IndicatorScore score) {
    Indicator indicator = score.indicator();
    ObjectNode node = JSON.objectNode();
    node.put("id", indicator.id());
    node.put("name", indicator.name().english());
    if (indicator instanceof Indicator.Measured measured) {
      node.put("kpi", measured.kpi());
      node.put("unit", measured.unit());
      number(node, "value", score.figure().value());
      number(node, "lower", score.figure().lower());
      number(node, "upper", score.figure().upper());
    }
    node.put("state", score.verdict().state().name());
    node.put("reason", score.verdict().reason().name());
    node.set("degree", interval(score.verdict().degree()));
    number(node, "share", score.share());
    node.put("explanation", score.verdict().explanation());
    Gap gap = Gap.of(score);
    node.put("missing", gap.missing());
    node.put("next", gap.next());
    return node;
  }

  private static ObjectNode interval(Interval interval) {
    ObjectNode node = JSON.objectNode();
    number(node, "lower", interval.lower());
    number(node, "upper", interval.upper());
    return node;
  }

  private static ObjectNode level(LevelRange level, Profile profile) {
    ObjectNode node = JSON.objectNode();
    if (level.isDefined()) {
      node.put("lowest", level.lowest());
      node.put("highest", level.highest());
      node.put("text", AssessmentWords.level(profile, level));
    } else {
      node.putNull("lowest");
      node.putNull("highest");
      node.putNull("text");
    }
    return node;
  }

  private static ObjectNode coverage(Coverage coverage) {
    ObjectNode node = JSON.objectNode();
    number(node, "measured", coverage.measured());
    number(node, "reviewed", coverage.reviewed());
    number(node, "declared", coverage.declared());
    number(node, "notImplemented", coverage.notImplemented());
    number(node, "missing", coverage.missing());
    return node;
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
