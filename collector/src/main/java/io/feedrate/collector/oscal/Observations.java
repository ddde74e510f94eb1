package io.feedrate.collector.oscal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Declaration;
import io.feedrate.kpi.maturity.Document;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.Quantities;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was seen of each indicator, and by whom. */
final class Observations {
  private final Head head;
  private final OscalSource source;
  private final ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
  private final Map<String, List<String>> byIndicator = new HashMap<>();
  private final Map<String, Declaration> declarations = new HashMap<>();

  /** By name, in the order in which they are met. */
  private final Map<String, String> parties = new LinkedHashMap<>();

  Observations(Head head, OscalSource source) {
    this.head = head;
    this.source = source;
    source.declarations().forEach(each -> declarations.put(each.indicator(), each));
  }

  ArrayNode nodes() {
    return nodes;
  }

  /** Humans who reviewed or declared something. */
  ArrayNode parties() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    parties.forEach(
        (name, uuid) -> all.addObject().put("uuid", uuid).put("type", "person").put("name", name));
    return all;
  }

  /** UUIDs of those of an indicator. */
  List<String> of(String indicator) {
    return byIndicator.getOrDefault(indicator, List.of());
  }

  void add(IndicatorScore score) {
    Indicator indicator = score.indicator();
    ObjectNode seen =
        indicator instanceof Indicator.Measured measured
            ? test(measured, score)
            : examine((Indicator.Documented) indicator, score);
    Declaration declaration = declarations.get(indicator.id());
    if (declaration == null) {
      byIndicator.put(indicator.id(), List.of(seen.path("uuid").asText()));
    } else {
      ObjectNode said = interview(indicator, declaration);
      byIndicator.put(
          indicator.id(), List.of(seen.path("uuid").asText(), said.path("uuid").asText()));
    }
  }

  private ObjectNode observation(String method, Indicator indicator, String description) {
    ObjectNode node = nodes.addObject();
    node.put("uuid", head.uuid("observation " + method, indicator.id()));
    node.put("title", OscalText.markup(indicator.name().english()));
    node.put("description", OscalText.markup(description));
    Props.of(node).text("control-id", OscalText.token(indicator.id()));
    node.putArray("methods").add(method);
    node.putArray("types").add("control-objective");
    node.putArray("subjects")
        .addObject()
        .put("subject-uuid", head.subjectUuid())
        .put("type", "component");
    return node;
  }

  private static void verdict(Props props, IndicatorScore score) {
    props.text("state", score.verdict().state().name());
    props.text("reason", score.verdict().reason().name());
    props.interval("degree", score.verdict().degree());
  }

  private static void origin(ObjectNode node, String type, String uuid) {
    node.putArray("origins")
        .addObject()
        .putArray("actors")
        .addObject()
        .put("type", type)
        .put("actor-uuid", uuid);
  }

  private String party(String name) {
    return parties.computeIfAbsent(
        OscalText.line(name, "nobody named"), its -> head.uuid("party", its));
  }

  private ObjectNode test(Indicator.Measured indicator, IndicatorScore score) {
    Figure figure = score.figure();
    String value = Quantities.text(figure, indicator.unit());
    String bounds = Quantities.bounds(figure, indicator.unit());
    ObjectNode node =
        observation(
            "TEST",
            indicator,
            "%s: %s%s; %s"
                .formatted(
                    indicator.kpi(),
                    value.equals("-") ? "no figure" : value,
                    bounds.isEmpty() ? "" : " (" + bounds + ")",
                    score.verdict().explanation()));
    Props props = Props.of(node).text("kpi", indicator.kpi());
    props.number("value", figure.value());
    props.number("lower", figure.lower()).number("upper", figure.upper());
    props.text("unit", indicator.unit()).text("figure-state", figure.state().name());
    verdict(props, score);
    origin(node, "tool", head.toolUuid());
    node.put("collected", collected());
    return node;
  }

  /** A figure is of the whole period, or of what there was of it when this was made. */
  private String collected() {
    Instant end = OscalText.instant(source.assessment().endNs());
    return (end.isAfter(source.made()) ? source.made() : end).toString();
  }

  private ObjectNode examine(Indicator.Documented indicator, IndicatorScore score) {
    ObjectNode node = observation("EXAMINE", indicator, score.verdict().explanation());
    verdict(Props.of(node), score);
    List<Document> attached =
        source.documents().stream().filter(d -> d.indicator().equals(indicator.id())).toList();
    if (!attached.isEmpty()) {
      ArrayNode evidence = node.putArray("relevant-evidence");
      attached.forEach(document -> document(evidence.addObject(), document));
    }
    Optional<Document> reviewed = lastReviewed(attached);
    reviewed
        .flatMap(Document::review)
        .ifPresent(review -> origin(node, "party", party(review.reviewer())));
    node.put(
        "collected",
        reviewed
            .flatMap(Document::review)
            .map(review -> OscalText.instant(review.reviewedNs()))
            .orElse(source.made())
            .toString());
    reviewed
        .filter(document -> document.validToNs() != Long.MAX_VALUE)
        .ifPresent(
            document -> node.put("expires", OscalText.instant(document.validToNs()).toString()));
    return node;
  }

  /** The document whose review decides: it covers the period, and was reviewed last. */
  private Optional<Document> lastReviewed(List<Document> attached) {
    Assessment assessment = source.assessment();
    return attached.stream()
        .filter(d -> d.validFromNs() <= assessment.startNs() && assessment.endNs() <= d.validToNs())
        .filter(d -> d.review().isPresent())
        .max(Comparator.comparingLong(d -> d.review().orElseThrow().reviewedNs()));
  }

  private static void document(ObjectNode node, Document document) {
    node.put(
        "description",
        OscalText.markup(
            document.title()
                + (document.issuer().isBlank() ? "" : ", issued by " + document.issuer())));
    Props props = Props.of(node).text("sha256", document.digest());
    props.time("valid-from", document.validFromNs()).time("valid-until", document.validToNs());
    document
        .review()
        .ifPresent(
            review ->
                props
                    .number("degree", review.degree().value())
                    .text("reviewer", review.reviewer())
                    .time("reviewed", review.reviewedNs()));
  }

  private ObjectNode interview(Indicator indicator, Declaration declaration) {
    String claim =
        declaration instanceof Declaration.NotApplicable ? "not applicable" : "not implemented";
    ObjectNode node =
        observation(
            "INTERVIEW",
            indicator,
            "%s says that it is %s: %s"
                .formatted(declaration.approver(), claim, declaration.reason()));
    Props.of(node).text("declared", claim);
    origin(node, "party", party(declaration.approver()));
    node.put("collected", OscalText.instant(declaration.enteredNs()).toString());
    return node;
  }
}
