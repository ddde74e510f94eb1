package io.feedrate.collector.oscal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.assess.AssessmentJson;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Declaration;
import io.feedrate.kpi.maturity.Document;
import io.feedrate.kpi.maturity.Profile;
import java.util.UUID;

/** What the documents have in common: who they are, and what they call the things in them. */
final class Head {
  static final String VERSION = "1.1.2";

  private final OscalSource source;
  private final UUID evidence;
  private final UUID model;

  Head(OscalSource source) {
    this.source = source;
    model = NamedUuid.of(NamedUuid.FEEDRATE, "profile " + source.assessment().profile().digest());
    // Everything that was assessed, so that a result that changes later is not taken for the same.
    StringBuilder all = new StringBuilder(AssessmentJson.of(source.assessment()).toString());
    source.documents().forEach(document -> add(all, document));
    source.declarations().forEach(declaration -> add(all, declaration));
    evidence = NamedUuid.of(NamedUuid.FEEDRATE, all.toString());
  }

  private static void add(StringBuilder all, Document document) {
    line(
        all,
        document.indicator(),
        document.title(),
        document.digest(),
        document.issuer(),
        document.validFromNs(),
        document.validToNs());
    document.review().ifPresent(r -> line(all, r.degree().name(), r.reviewer(), r.reviewedNs()));
  }

  private static void add(StringBuilder all, Declaration declaration) {
    line(
        all,
        declaration.indicator(),
        declaration.reason(),
        declaration.approver(),
        declaration.enteredNs());
  }

  private static void line(StringBuilder all, Object... parts) {
    all.append('\n');
    for (Object part : parts) {
      all.append(part).append('\t');
    }
  }

  /** A thing in the results or the plan. */
  String uuid(String kind, String name) {
    return NamedUuid.of(evidence, kind + " " + name).toString();
  }

  /** What was assessed; the plan defines it, the results name it. */
  String subjectUuid() {
    return uuid("component", "subject");
  }

  /** What measures; the plan defines it, the results name it. */
  String toolUuid() {
    return uuid("component", "tool");
  }

  /** A document of the assessment, another one each time that it is made. */
  ObjectNode document(String kind, String title) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("uuid", uuid(kind, source.made() + " " + source.software()));
    metadata(node, title, source.made().toString());
    return node;
  }

  /** The catalogue: named by the profile and the time of making alone. */
  ObjectNode catalogue(String title) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put(
        "uuid",
        NamedUuid.of(model, "catalogue " + source.made() + " " + source.software()).toString());
    metadata(node, title, source.assessment().profile().version());
    return node;
  }

  private void metadata(ObjectNode document, String title, String version) {
    Assessment assessment = source.assessment();
    Profile profile = assessment.profile();
    ObjectNode metadata = document.putObject("metadata");
    metadata.put("title", OscalText.markup(title));
    metadata.put("last-modified", source.made().toString());
    metadata.put("version", OscalText.line(version, "-"));
    metadata.put("oscal-version", VERSION);
    Props.of(metadata)
        .text("software", source.software())
        .text("profile-id", profile.id())
        .text("profile-version", profile.version())
        .text("profile-sha256", profile.digest())
        .text("provisional", Boolean.toString(profile.isProvisional()));
    metadata.put(
        "remarks",
        OscalText.markup(
            assessment.notice()
                + ". Derived from what was measured and stated, not signed."
                + (profile.isProvisional() ? " Provisional: " + profile.provisional() : "")));
  }
}
