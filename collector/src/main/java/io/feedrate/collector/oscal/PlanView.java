package io.feedrate.collector.oscal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.kpi.maturity.Assessment;

/**
 * The plan that results must name. A stub: it says what is assessed, with what, and against which
 * catalogue. There is no system security plan of a shop floor, so what it imports is a resource
 * that says so.
 */
final class PlanView {

  private PlanView() {}

  static ObjectNode of(Head head, OscalSource source) {
    Assessment assessment = source.assessment();
    ObjectNode plan = head.document("plan", "Plan: " + ResultsView.title(assessment));
    String none = head.uuid("resource", "no system security plan");
    plan.putObject("import-ssp")
        .put("href", "#" + none)
        .put("remarks", "There is none; the resource says why.");
    component(
        plan.putObject("local-definitions").putArray("components").addObject(),
        head.subjectUuid(),
        "this-system",
        assessment.subject(),
        "What was assessed: this part of the plant, with all that is below it.");
    everything(plan.putObject("reviewed-controls"), "Every indicator of the profile.");
    ObjectNode subjects = plan.putArray("assessment-subjects").addObject().put("type", "component");
    subjects
        .putArray("include-subjects")
        .addObject()
        .put("subject-uuid", head.subjectUuid())
        .put("type", "component");
    tool(plan.putObject("assessment-assets"), head, source);
    ArrayNode resources = plan.putObject("back-matter").putArray("resources");
    resources
        .addObject()
        .put("uuid", none)
        .put("title", "No system security plan")
        .put(
            "description",
            "A plant has no such document. The subject is a component of this plan.");
    resources
        .addObject()
        .put("uuid", head.uuid("resource", OscalViews.CATALOG))
        .put("title", "The profile as a catalogue")
        .putArray("rlinks")
        .addObject()
        .put("href", OscalViews.CATALOG)
        .put("media-type", "application/oscal+json");
    return plan;
  }

  /** All controls and their objectives; the selection of controls, to take some out. */
  static ObjectNode everything(ObjectNode reviewed, String description) {
    ObjectNode controls = reviewed.putArray("control-selections").addObject();
    controls.put("description", description).putObject("include-all");
    reviewed.putArray("control-objective-selections").addObject().putObject("include-all");
    return controls;
  }

  private static void tool(ObjectNode assets, Head head, OscalSource source) {
    component(
        assets.putArray("components").addObject(),
        head.toolUuid(),
        "software",
        source.software(),
        "Measures, and computes the figures.");
    assets
        .putArray("assessment-platforms")
        .addObject()
        .put("uuid", head.uuid("platform", "tool"))
        .put("title", OscalText.markup(source.software()))
        .putArray("uses-components")
        .addObject()
        .put("component-uuid", head.toolUuid());
  }

  private static void component(
      ObjectNode node, String uuid, String type, String title, String description) {
    node.put("uuid", uuid).put("type", type).put("title", OscalText.markup(title));
    node.put("description", description).putObject("status").put("state", "operational");
  }
}
