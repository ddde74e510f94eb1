package io.feedrate.collector.evidence.bundle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.evidence.bundle.LeafResults.Interval;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.maturity.Measurement;
import io.feedrate.kpi.maturity.Profile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The in-toto Statements of a bundle: what each KPI comes to, by the leaves. */
final class KpiStatements {
  static final String STATEMENT = "https://in-toto.io/Statement/v1";
  static final String KPI_TYPE = "https://feedrate.io/attestation/kpi-measurement/v1";

  private static final ObjectMapper JSON = new ObjectMapper();

  private KpiStatements() {}

  /**
   * One for each KPI of the catalogue, by id.
   *
   * @param leavesDigest SHA-256 of the file of leaves, hex
   */
  static Map<String, ObjectNode> of(
      LeafResults results, Profile profile, long fromNs, long toNs, String leavesDigest) {
    Map<String, ObjectNode> statements = new TreeMap<>();
    Map<String, Measurement> measured = Assessor.measure(results, results.subjects(), fromNs, toNs);
    for (Kpi kpi : Kpis.ALL) {
      ObjectNode statement = JSON.createObjectNode();
      statement.put("_type", STATEMENT);
      ObjectNode subject = statement.putArray("subject").addObject();
      subject.put("name", BundleFile.LEAVES);
      subject.putObject("digest").put("sha256", leavesDigest);
      statement.put("predicateType", KPI_TYPE);
      ObjectNode predicate = statement.putObject("predicate");
      predicate.set("kpi", describe(kpi));
      ArrayNode indicators = predicate.putArray("indicators");
      indicators(profile, kpi.id()).forEach(indicators::add);
      ArrayNode subjects = predicate.putArray("subjects");
      results.subjects().forEach(subjects::add);
      predicate.put("from", instant(fromNs));
      predicate.put("to", instant(toNs));
      Measurement measurement = measured.get(kpi.id());
      if (measurement != null) {
        figure(predicate, measurement);
      }
      windows(predicate.putObject("windows"), results, kpi);
      ArrayNode registers = predicate.putArray("registers");
      results.registerHashes().forEach(registers::add);
      ObjectNode exclusions = predicate.putObject("exclusions");
      exclusions.put("leaves", results.exclusions().size());
      exclusions.put("sha256", sha256(results.exclusions()));
      statements.put(kpi.id(), statement);
    }
    return statements;
  }

  /** Of lines, each with its end. */
  private static String sha256(List<String> lines) {
    MessageDigest sha256 = BundleZip.newSha256();
    lines.forEach(line -> sha256.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** What all KPIs mean. */
  static ArrayNode catalogue() {
    ArrayNode catalogue = JSON.createArrayNode();
    Kpis.ALL.forEach(kpi -> catalogue.add(describe(kpi)));
    return catalogue;
  }

  /** What a KPI means. */
  static ObjectNode describe(Kpi kpi) {
    ObjectNode out = JSON.createObjectNode();
    out.put("id", kpi.id());
    out.put("basis", kpi.basis());
    out.put("name", kpi.name());
    out.put("unit", kpi.unit());
    out.put("higherIsBetter", kpi.higherIsBetter());
    out.put("formula", kpi.formula());
    out.put("source", kpi.source());
    ArrayNode counts = out.putArray("counts");
    kpi.counts().forEach(counts::add);
    return out;
  }

  private static List<String> indicators(Profile profile, String kpi) {
    TreeSet<String> ids = new TreeSet<>();
    profile.dimensions().stream()
        .flatMap(d -> d.allIndicators().stream())
        .filter(i -> i instanceof io.feedrate.kpi.maturity.Indicator.Measured)
        .map(i -> (io.feedrate.kpi.maturity.Indicator.Measured) i)
        .filter(i -> i.kpi().equals(kpi))
        .forEach(i -> ids.add(i.id()));
    return List.copyOf(ids);
  }

  private static void figure(ObjectNode out, Measurement measurement) {
    out.put("state", measurement.figure().state().name());
    number(out, "value", measurement.figure().value());
    number(out, "lower", measurement.figure().lower());
    number(out, "upper", measurement.figure().upper());
    ObjectNode counts = out.putObject("counts");
    new TreeMap<>(measurement.counts()).forEach(counts::put);
  }

  /** What is not known, or has no bound on that side, is null. */
  private static void number(ObjectNode out, String name, double value) {
    if (Double.isFinite(value)) {
      out.put(name, value);
    } else {
      out.putNull(name);
    }
  }

  private static void windows(ObjectNode out, LeafResults results, Kpi kpi) {
    long count = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (String subject : results.subjects()) {
      List<Interval> its = results.intervals(kpi.basis(), subject);
      count += its.size();
      for (Interval window : its) {
        first = Math.min(first, window.startNs());
        last = Math.max(last, window.endNs());
      }
    }
    out.put("count", count);
    out.put("revised", results.revised(kpi.basis()));
    if (count > 0) {
      out.put("first", instant(first));
      out.put("last", instant(last));
    }
  }

  static String instant(long epochNs) {
    return Instant.ofEpochSecond(0, epochNs).toString();
  }
}
