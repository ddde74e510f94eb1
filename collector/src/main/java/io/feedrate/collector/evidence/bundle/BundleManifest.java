package io.feedrate.collector.evidence.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the manifest of a bundle says, as it was read. */
record BundleManifest(
    Dsse envelope,
    Map<String, String> digests,
    List<String> subjects,
    boolean isWholePlant,
    long fromNs,
    long toNs,
    String signed,
    String keyId,
    String challenge,
    String origin,
    long logSize,
    long first,
    long end,
    long unsignedResults,
    String profileDigest,
    boolean isProvisional,
    String software) {

  /** Files without which nothing can be said. */
  static final List<String> NEEDED =
      List.of(
          BundleFile.LEAVES,
          BundleFile.HEAD,
          BundleFile.HIDDEN,
          BundleFile.EARLIER_HEADS,
          BundleFile.PROFILE,
          BundleFile.KPIS,
          BundleFile.ASSESSMENT,
          BundleFile.CATALOGUE);

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the payload of an envelope; its signature is not looked at.
   *
   * @throws IllegalArgumentException if it is none, or of another format
   */
  static BundleManifest read(Dsse envelope) throws IOException {
    JsonNode in = JSON.readTree(envelope.payload());
    JsonNode its = in.path("predicate");
    if (!in.path("predicateType").asText().equals(BundleExporter.MANIFEST_TYPE)
        || !its.path("format").asText().equals(BundleExporter.FORMAT)) {
      throw new IllegalArgumentException(
          "it is no manifest of the format " + BundleExporter.FORMAT);
    }
    Map<String, String> digests = new LinkedHashMap<>();
    for (JsonNode file : in.path("subject")) {
      String name = file.path("name").asText();
      if (digests.put(name, file.path("digest").path("sha256").asText()) != null) {
        throw new IllegalArgumentException(name + " stands in it twice");
      }
    }
    List<String> subjects = new ArrayList<>();
    its.path("subjects").forEach(subject -> subjects.add(subject.asText()));
    JsonNode log = its.path("log");
    return new BundleManifest(
        envelope,
        digests,
        subjects,
        its.path("wholePlant").asBoolean(),
        ns(its.path("from").asText()),
        ns(its.path("to").asText()),
        its.path("signed").asText(),
        its.path("key").asText(),
        its.path("challenge").asText(),
        log.path("origin").asText(),
        log.path("size").asLong(),
        log.path("first").asLong(),
        log.path("end").asLong(),
        log.path("unsignedResults").asLong(),
        its.path("profile").path("sha256").asText(),
        its.path("profile").path("provisional").asBoolean(),
        its.path("software").asText());
  }

  private static long ns(String text) {
    Instant at = Instant.parse(text);
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }
}
