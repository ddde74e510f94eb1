package io.feedrate.collector.oscal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Declaration;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Document;
import io.feedrate.kpi.maturity.Evidence;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Measurement;
import io.feedrate.kpi.maturity.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** OSCAL documents, held against the schemas of NIST. */
final class OscalViewsTest {

  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant MADE = Instant.parse("2026-11-22T10:05:00.123456789Z");
  private static final String HOSTILE =
      "\u3000\n<script>alert(1)</script> \u0000\u0085\u2028*a* [x](javascript:y) {{ insert: param, p }}"
          + " \"\\` \uD800 \uFEFF\t";

  private static long ns(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  private static Profile shipped(String name) {
    try {
      return ProfileLoader.shipped(name);
    } catch (ProfileException e) {
      throw new AssertionError(e);
    }
  }

  private static OscalSource source(
      Profile profile,
      String subject,
      Map<String, Measurement> measured,
      List<Document> documents,
      List<Declaration> declarations) {
    Evidence evidence =
        new Evidence(subject, ns(START), ns(END), measured, documents, declarations);
    return new OscalSource(
        Assessment.of(profile, evidence), documents, declarations, MADE, "Feedrate 1.0");
  }

  private static Document document(String indicator, String title, Optional<Degree> degree) {
    return new Document(
        indicator,
        title,
        "ab".repeat(32),
        "QA",
        Long.MIN_VALUE,
        ns(Instant.parse("2027-06-30T00:00:00Z")),
        degree.map(d -> new Document.Review(d, "A. Reader", ns(START))));
  }

  /** Met, missed by the bound alone, without an upper bound, insufficient, and not among it. */
  private static Map<String, Measurement> measured() {
    Map<String, Measurement> all = new TreeMap<>();
    all.put("sensor_data_completeness", Measurement.of(Figure.exact(0.999)));
    all.put("timely_completeness", Measurement.of(new Figure(State.MEASURED, 0.985, 0.962, 0.991)));
    all.put(
        "model_update_latency",
        Measurement.of(new Figure(State.MEASURED, Double.NaN, 31, Double.POSITIVE_INFINITY)));
    all.put("model_update_on_time", Measurement.of(Figure.NOT_APPLICABLE));
    all.put("clock_conformity", Measurement.of(Figure.INSUFFICIENT));
    all.put("link_mttr", Measurement.of(Figure.exact(3.81e-7)));
    return all;
  }

  private static List<Indicator> documented(Profile profile) {
    return indicators(profile).stream().filter(i -> i instanceof Indicator.Documented).toList();
  }

  private static List<Indicator> indicators(Profile profile) {
    return profile.dimensions().stream().flatMap(d -> d.allIndicators().stream()).toList();
  }

  private static OscalSource rich(Profile profile, String text) {
    List<Indicator> documented = documented(profile);
    List<Indicator> all = indicators(profile);
    return source(
        profile,
        "acme/augsburg" + text,
        measured(),
        List.of(
            document(documented.get(0).id(), "Policy" + text, Optional.of(Degree.FULLY)),
            document(documented.get(1).id(), text, Optional.of(Degree.PARTLY)),
            document(documented.get(2).id(), "Nobody read it", Optional.empty())),
        List.of(
            new Declaration.NotApplicable(
                all.get(all.size() - 1).id(), "none here" + text, "J. Doe" + text, ns(START)),
            new Declaration.NotImplemented(
                all.get(all.size() - 2).id(), "planned" + text, "J. Doe" + text, ns(START))));
  }

  private static OscalSource rich() {
    return rich(shipped("gbt-39116-style"), "");
  }

  private static List<String> faults(String schema, ObjectNode document) {
    String name = "oscal-" + schema + "_schema.json";
    try (InputStream in = OscalViewsTest.class.getResourceAsStream(name)) {
      JsonSchema nist =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
              .getSchema(
                  Objects.requireNonNull(in),
                  SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
      return nist.validate(document).stream().map(Object::toString).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertValid(OscalSource source) {
    assertThat(faults("ar", OscalViews.assessmentResults(source))).isEmpty();
    assertThat(faults("ap", OscalViews.assessmentPlan(source))).isEmpty();
    assertThat(faults("catalog", OscalViews.catalog(source))).isEmpty();
  }

  private static JsonNode result(OscalSource source) {
    return OscalViews.assessmentResults(source).at("/assessment-results/results/0");
  }

  private static JsonNode finding(OscalSource source, String indicator) {
    String target = OscalText.token(indicator) + "_OBJ";
    for (JsonNode each : result(source).path("findings")) {
      if (each.at("/target/target-id").asText().equals(target)) {
        return each;
      }
    }
    return result(source).path("none");
  }

  private static String prop(JsonNode node, String name) {
    for (JsonNode each : node.path("props")) {
      if (each.path("name").asText().equals(name) && !each.has("group")) {
        return each.path("value").asText();
      }
    }
    return "none";
  }

  private static JsonNode observation(OscalSource source, String method, String indicator) {
    for (JsonNode each : result(source).path("observations")) {
      if (each.at("/methods/0").asText().equals(method)
          && prop(each, "control-id").equals(OscalText.token(indicator))) {
        return each;
      }
    }
    return result(source).path("none");
  }

  @Test
  void richAssessmentsConformToTheSchemasOfNist() {
    assertValid(rich());
    assertValid(source(shipped("aimm-provisional"), "acme", measured(), List.of(), List.of()));
  }

  @Test
  void anAssessmentOfNothingConformsAndFindsNothing() {
    OscalSource nothing =
        source(shipped("aimm-provisional"), "acme", Map.of(), List.of(), List.of());

    assertValid(nothing);
    assertThat(result(nothing).has("findings")).isFalse();
    assertThat(result(nothing).path("observations"))
        .hasSize(indicators(nothing.assessment().profile()).size());
  }

  @Test
  void whateverPeopleWriteTheDocumentsConformAndNothingOfItIsMarkup() {
    OscalSource hostile = rich(shipped("gbt-39116-style"), HOSTILE);

    assertValid(hostile);
    String said =
        observation(hostile, "INTERVIEW", hostile.declarations().get(0).indicator())
            .path("description")
            .asText();
    assertThat(said)
        .contains("\\<script\\>alert(1)\\</script\\>", "\\*a\\*", "\\{\\{ insert", "\uFFFD")
        .doesNotContain("\n", "\u2028", "\u0000");
    assertValid(rich(shipped("gbt-39116-style"), "   "));
  }

  @Test
  void idsThatBeginWithADigitBecomeTokens() throws ProfileException {
    Profile digits =
        ProfileLoader.parse(
            """
            id: digits
            version: 2026-1
            title: Digits
            provisional: false
            scoring: {method: score-bands, met-from: 0.8, overall: minimum}
            levels: [{name: one, from: 0}]
            dimensions:
              - id: "1"
                name: "1. First"
                indicators:
                  - {id: "1.1", name: A record, source: the test, document: record, must-show: it}
                  - {id: "a_obj", name: A record, source: the test, document: record, must-show: it}
            """,
            "digits.yaml");
    OscalSource source =
        source(
            digits,
            "s",
            Map.of(),
            List.of(document("1.1", "T", Optional.of(Degree.FULLY))),
            List.of());

    assertValid(source);
    assertThat(finding(source, "1.1").at("/target/target-id").asText()).isEqualTo("_1.1_OBJ");
  }

  @Test
  void theSchemasDoRefuse() {
    ObjectNode results = OscalViews.assessmentResults(rich());
    ((ObjectNode) results.at("/assessment-results/results/0/findings/0/target/status"))
        .put("state", "mostly");
    ((ObjectNode) results.at("/assessment-results/results/0/observations/0")).remove("collected");
    ((ObjectNode) results.at("/assessment-results/metadata")).put("last-modified", "yesterday");
    ((ObjectNode) results.at("/assessment-results")).put("uuid", "7");

    assertThat(faults("ar", results))
        .anySatisfy(fault -> assertThat(fault).contains("state"))
        .anySatisfy(fault -> assertThat(fault).contains("collected"))
        .anySatisfy(fault -> assertThat(fault).contains("last-modified"))
        .anySatisfy(fault -> assertThat(fault).contains("uuid"));
  }

  @Test
  void aFindingStandsOnlyWhereTheEvidenceDecides() {
    OscalSource aimm =
        source(shipped("aimm-provisional"), "acme", measured(), List.of(), List.of());

    JsonNode met = finding(aimm, "df-completeness");
    assertThat(met.at("/target/status/state").asText()).isEqualTo("satisfied");
    assertThat(met.at("/target/status/reason").asText()).isEqualTo("pass");
    assertThat(met.at("/related-observations/0/observation-uuid").asText())
        .isEqualTo(observation(aimm, "TEST", "df-completeness").path("uuid").asText());
    // Mostly met, on its lower bound: OSCAL has no word for that.
    JsonNode mostly = finding(aimm, "df-timely");
    assertThat(mostly.at("/target/status/state").asText()).isEqualTo("not-satisfied");
    assertThat(mostly.at("/target/status/reason").asText()).isEqualTo("fail");
    assertThat(prop(mostly, "degree")).isEqualTo("0.8");
    assertThat(finding(aimm, "df-clocks").isMissingNode()).isTrue();
    assertThat(prop(observation(aimm, "TEST", "df-clocks"), "state"))
        .isEqualTo("INSUFFICIENT_EVIDENCE");
  }

  @Test
  void anObservationOfAFigureTellsValueBoundsAndUnit() {
    OscalSource aimm =
        source(shipped("aimm-provisional"), "acme", measured(), List.of(), List.of());

    JsonNode seen = observation(aimm, "TEST", "df-timely");
    assertThat(prop(seen, "value")).isEqualTo("0.985");
    assertThat(prop(seen, "lower")).isEqualTo("0.962");
    assertThat(prop(seen, "upper")).isEqualTo("0.991");
    assertThat(prop(seen, "unit")).isEqualTo("1");
    assertThat(prop(seen, "figure-state")).isEqualTo("MEASURED");
    assertThat(seen.path("collected").asText()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(seen.at("/origins/0/actors/0/type").asText()).isEqualTo("tool");
  }

  @Test
  void documentsAreExaminedAndDeclarationsAreInterviews() {
    OscalSource rich = rich();
    List<Document> documents = rich.documents();

    JsonNode read = observation(rich, "EXAMINE", documents.get(0).indicator());
    assertThat(read.path("collected").asText()).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(read.path("expires").asText()).isEqualTo("2027-06-30T00:00:00Z");
    assertThat(prop(read.at("/relevant-evidence/0"), "sha256")).isEqualTo("ab".repeat(32));
    assertThat(finding(rich, documents.get(0).indicator()).at("/target/status/state").asText())
        .isEqualTo("satisfied");
    assertThat(finding(rich, documents.get(1).indicator()).at("/target/status/state").asText())
        .isEqualTo("not-satisfied");
    assertThat(finding(rich, documents.get(2).indicator()).isMissingNode()).isTrue();
    assertThat(observation(rich, "EXAMINE", documents.get(2).indicator()).has("expires")).isFalse();

    String away = rich.declarations().get(0).indicator();
    assertThat(finding(rich, away).isMissingNode()).isTrue();
    assertThat(result(rich).at("/reviewed-controls/control-selections/0/exclude-controls"))
        .singleElement()
        .satisfies(each -> assertThat(each.path("control-id").asText()).isEqualTo(away));
    String lacking = rich.declarations().get(1).indicator();
    assertThat(finding(rich, lacking).at("/target/status/reason").asText()).isEqualTo("other");
    assertThat(observation(rich, "INTERVIEW", lacking).path("description").asText())
        .isEqualTo("J. Doe says that it is not implemented: planned");
  }

  @Test
  void levelsAndScoresAreInOurNamespace() {
    JsonNode props = result(rich()).path("props");

    assertThat(props)
        .allSatisfy(
            each -> assertThat(each.path("ns").asText()).isEqualTo("https://feedrate.io/ns/oscal"));
    assertThat(props)
        .anySatisfy(
            each -> {
              assertThat(each.path("group").asText()).isEqualTo("strategy");
              assertThat(each.path("name").asText()).isEqualTo("level-lowest");
            });
  }

  @Test
  void everythingThatIsNamedIsDefinedInOneOfTheThree() {
    OscalSource rich = rich();
    List<JsonNode> documents =
        List.of(
            OscalViews.assessmentResults(rich),
            OscalViews.assessmentPlan(rich),
            OscalViews.catalog(rich));
    List<String> uuids = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    documents.forEach(
        each -> {
          uuids.addAll(each.findValuesAsText("uuid"));
          assertThat(each.findValuesAsText("id")).allMatch(ids::add);
        });

    assertThat(uuids).doesNotHaveDuplicates();
    for (JsonNode each : documents) {
      for (String name :
          List.of("subject-uuid", "actor-uuid", "component-uuid", "observation-uuid")) {
        assertThat(uuids).containsAll(each.findValuesAsText(name));
      }
      assertThat(ids).containsAll(each.findValuesAsText("target-id"));
      assertThat(ids).containsAll(each.findValuesAsText("control-id"));
    }
    String ssp = documents.get(1).at("/assessment-plan/import-ssp/href").asText();
    assertThat(uuids).contains(ssp.substring(1));
    assertThat(documents.get(0).at("/assessment-results/import-ap/href").asText())
        .isEqualTo(OscalViews.PLAN);
  }

  @Test
  void theSameInputGivesTheSameBytesAndAnotherFigureOtherNames() {
    Map<String, byte[]> once = OscalViews.files(rich());
    Map<String, byte[]> again = OscalViews.files(rich());
    once.forEach((name, bytes) -> assertThat(bytes).isEqualTo(again.get(name)));

    Profile profile = shipped("aimm-provisional");
    Map<String, Measurement> other = measured();
    other.put("sensor_data_completeness", Measurement.of(Figure.exact(0.998)));
    OscalSource before = source(profile, "acme", measured(), List.of(), List.of());
    OscalSource after = source(profile, "acme", other, List.of(), List.of());
    assertThat(OscalViews.assessmentResults(after).findValuesAsText("uuid"))
        .doesNotContainAnyElementsOf(OscalViews.assessmentResults(before).findValuesAsText("uuid"));
    assertThat(OscalViews.catalog(after)).isEqualTo(OscalViews.catalog(before));
  }

  /** The example of RFC 9562, appendix A.4. */
  @Test
  void uuidsAreThoseOfTheStandard() {
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(NamedUuid.of(dns, "www.example.com"))
        .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  }
}
