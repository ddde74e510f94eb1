package io.feedrate.collector.oscal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Coverage;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.IndicatorState;
import io.feedrate.kpi.maturity.LevelRange;
import io.feedrate.kpi.maturity.Reason;
import io.feedrate.kpi.maturity.Verdict;
import java.util.List;

/** The results: scores as properties, an observation for each indicator, findings where decided. */
final class ResultsView {
  private final Head head;
  private final OscalSource source;
  private final Observations observations;
  private final ArrayNode findings = JsonNodeFactory.instance.arrayNode();

  private ResultsView(Head head, OscalSource source) {
    this.head = head;
    this.source = source;
    observations = new Observations(head, source);
  }

  static ObjectNode of(Head head, OscalSource source) {
    return new ResultsView(head, source).document();
  }

  static String title(Assessment assessment) {
    return assessment.profile().title().english() + ", " + assessment.subject();
  }

  private ObjectNode document() {
    Assessment assessment = source.assessment();
    ObjectNode document = head.document("results", title(assessment));
    document.putObject("import-ap").put("href", OscalViews.PLAN);
    ObjectNode result = document.putArray("results").addObject();
    result.put("uuid", head.uuid("result", ""));
    result.put("title", OscalText.markup(title(assessment)));
    result.put(
        "description",
        OscalText.markup(
            "What was measured and stated of "
                + assessment.subject()
                + " in the period; "
                + assessment.notice()
                + ". Where the evidence does not decide there is an observation and no finding."));
    result.put("start", OscalText.instant(assessment.startNs()).toString());
    result.put("end", OscalText.instant(assessment.endNs()).toString());
    scores(Props.of(result));
    ObjectNode controls =
        PlanView.everything(
            result.putObject("reviewed-controls"),
            "Every indicator of the profile but those approved as not applicable.");
    for (IndicatorScore score : indicators()) {
      observations.add(score);
      if (score.verdict().state() == IndicatorState.NOT_APPLICABLE) {
        controls
            .withArray("exclude-controls")
            .addObject()
            .put("control-id", OscalText.token(score.indicator().id()));
      } else if (isDecided(score.verdict())) {
        findings.add(finding(score));
      }
    }
    put(result, "observations", observations.nodes());
    put(result, "findings", findings);
    put((ObjectNode) document.get("metadata"), "parties", observations.parties());
    return document;
  }

  // OSCAL wants no empty list.
  private static void put(ObjectNode node, String name, ArrayNode list) {
    if (!list.isEmpty()) {
      node.set(name, list);
    }
  }

  private List<IndicatorScore> indicators() {
    return source.assessment().dimensions().stream().flatMap(d -> d.indicators().stream()).toList();
  }

  private void scores(Props props) {
    Assessment assessment = source.assessment();
    props.number("max-score", assessment.profile().maxScore());
    props.interval("minimum", assessment.overall().minimum());
    props.interval("weighted-mean", assessment.overall().weightedMean());
    level(props, assessment.overall().level());
    coverage(props, assessment.overall().coverage());
    assessment.dimensions().forEach(dimension -> dimension(props, dimension));
  }

  private static void dimension(Props props, DimensionScore score) {
    Props its = props.group(OscalText.token(score.dimension().id()));
    its.interval("score", score.score());
    level(its, score.level());
    coverage(its, score.coverage());
    score.parts().forEach(part -> dimension(props, part));
  }

  private static void level(Props props, LevelRange level) {
    if (level.isDefined()) {
      props.number("level-lowest", level.lowest()).number("level-highest", level.highest());
    }
  }

  private static void coverage(Props props, Coverage coverage) {
    props.number("coverage-measured", coverage.measured());
    props.number("coverage-reviewed", coverage.reviewed());
    props.number("coverage-declared", coverage.declared());
    props.number("coverage-not-implemented", coverage.notImplemented());
    props.number("coverage-missing", coverage.missing());
  }

  /** Whether the evidence says one degree; a document that nobody reviewed says none. */
  static boolean isDecided(Verdict verdict) {
    return switch (verdict.state()) {
      case MEASURED, NOT_IMPLEMENTED -> true;
      case DECLARED -> verdict.reason() == Reason.DOCUMENT_REVIEWED;
      case INSUFFICIENT_EVIDENCE, NOT_APPLICABLE -> false;
    };
  }

  private ObjectNode finding(IndicatorScore score) {
    String id = score.indicator().id();
    Verdict verdict = score.verdict();
    boolean isMet = verdict.degree().lower() >= Degree.FULLY.value();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("uuid", head.uuid("finding", id));
    node.put("title", OscalText.markup(score.indicator().name().english()));
    node.put("description", OscalText.markup(verdict.explanation()));
    Props.of(node)
        .number("degree", verdict.degree().lower())
        .number("share", score.share())
        .text("state", verdict.state().name())
        .text("reason", verdict.reason().name());
    ObjectNode target = node.putObject("target").put("type", "objective-id");
    target.put("target-id", CatalogueView.objective(score.indicator()));
    // Declared as not there: nothing was tested that could fail.
    boolean isStated = verdict.state() == IndicatorState.NOT_IMPLEMENTED;
    target
        .putObject("status")
        .put("state", isMet ? "satisfied" : "not-satisfied")
        .put("reason", isMet ? "pass" : isStated ? "other" : "fail");
    ArrayNode related = node.putArray("related-observations");
    observations.of(id).forEach(uuid -> related.addObject().put("observation-uuid", uuid));
    return node;
  }
}
