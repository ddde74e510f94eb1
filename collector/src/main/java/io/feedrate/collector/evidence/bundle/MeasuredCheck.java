package io.feedrate.collector.evidence.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.assess.AssessmentJson;
import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.evidence.KeyChain;
import io.feedrate.collector.statements.Stated;
import io.feedrate.kpi.maturity.Profile;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Are the Statements and the assessment what the leaves come to? */
final class MeasuredCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BundleContents contents;
  private final Verdict verdict;
  private final KeyChain keys;
  private final String version;

  MeasuredCheck(BundleContents contents, Verdict verdict, KeyChain keys, String version) {
    this.contents = contents;
    this.verdict = verdict;
    this.keys = keys;
    this.version = version;
  }

  void run(
      BundleManifest manifest,
      LeafResults results,
      Profile profile,
      Stated stated,
      String leavesDigest)
      throws IOException {
    catalogue(manifest);
    Map<String, ObjectNode> due =
        KpiStatements.of(results, profile, manifest.fromNs(), manifest.toNs(), leavesDigest);
    Iterator<String> lines = contents.text(BundleFile.KPIS).lines().iterator();
    int number = 0;
    for (Map.Entry<String, ObjectNode> each : due.entrySet()) {
      if (!lines.hasNext()) {
        verdict.invalid(
            BundleFile.KPIS,
            "the Statement of %s and all after it are missing".formatted(each.getKey()));
        return;
      }
      if (!line(++number, lines.next(), each.getKey(), each.getValue(), manifest)) {
        return;
      }
    }
    if (lines.hasNext()) {
      verdict.invalid(BundleFile.KPIS, "line %d is one too many".formatted(number + 1));
    }
    verdict.fact("%d Statements are what the leaves come to".formatted(due.size()));
    assessment(manifest, results, profile, stated);
  }

  /** What the KPIs mean is not for the plant to say. */
  private void catalogue(BundleManifest manifest) {
    if (BundleVerifier.isSame(KpiStatements.catalogue(), contents.bytes(BundleFile.CATALOGUE))) {
      return;
    }
    String text = "it describes other KPIs than this version of Feedrate does";
    if (manifest.software().equals(version)) {
      verdict.invalid(BundleFile.CATALOGUE, text + ", which is the one that wrote it");
    } else {
      verdict.incomplete(BundleFile.CATALOGUE, text + ": verify with " + manifest.software());
    }
  }

  /** Whether it makes sense to go on. */
  private boolean line(
      int number, String line, String kpi, ObjectNode due, BundleManifest manifest) {
    Dsse envelope;
    String its;
    try {
      envelope = Dsse.parse(line);
      its = JSON.readTree(envelope.payload()).at("/predicate/kpi/id").asText();
    } catch (IllegalArgumentException | IOException e) {
      verdict.invalid(
          BundleFile.KPIS, "line %d is no Statement: %s".formatted(number, e.getMessage()));
      return true;
    }
    if (!its.equals(kpi)) {
      verdict.invalid(
          BundleFile.KPIS,
          "line %d is the Statement of %s, where that of %s was due: lines are missing or swapped"
              .formatted(number, its, kpi));
      return false;
    }
    if (keys.all().stream()
        .filter(key -> key.id().equals(manifest.keyId()))
        .noneMatch(envelope::isSignedBy)) {
      verdict.invalid(
          BundleFile.KPIS,
          "line %d (%s) is not signed by %s".formatted(number, kpi, manifest.keyId()));
    }
    if (!BundleVerifier.isSame(due, envelope.payload())) {
      verdict.invalid(
          BundleFile.KPIS,
          "line %d (%s) says %s, but the leaves give %s"
              .formatted(number, kpi, figure(envelope.payload()), figure(due)));
    }
    return true;
  }

  private static String figure(byte[] payload) {
    try {
      return figure(JSON.readTree(payload));
    } catch (IOException e) {
      return "nothing that can be read";
    }
  }

  private static String figure(JsonNode statement) {
    JsonNode its = statement.path("predicate");
    return "%s %s of %s"
        .formatted(its.path("state").asText(), its.path("value"), its.path("counts"));
  }

  private void assessment(
      BundleManifest manifest, LeafResults results, Profile profile, Stated stated)
      throws IOException {
    List<String> subjects = manifest.subjects();
    ObjectNode due =
        AssessmentJson.of(
            new Assessor(profile, () -> stated)
                .assess(
                    results,
                    String.join(", ", subjects),
                    subjects,
                    manifest.fromNs(),
                    manifest.toNs())
                .assessment());
    if (!BundleVerifier.isSame(due, contents.bytes(BundleFile.ASSESSMENT))) {
      verdict.invalid(
          BundleFile.ASSESSMENT, "it is not what the leaves, the profile and the statements give");
    } else {
      verdict.fact("the assessment is what the leaves, the profile and the statements give");
    }
  }
}
