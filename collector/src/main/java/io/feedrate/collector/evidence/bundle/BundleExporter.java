package io.feedrate.collector.evidence.bundle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.assess.AssessmentJson;
import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.evidence.sign.SigningKey;
import io.feedrate.collector.evidence.sign.TreeHead;
import io.feedrate.collector.oscal.OscalSource;
import io.feedrate.collector.oscal.OscalViews;
import io.feedrate.collector.statements.Stated;
import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.collector.store.LogReader;
import io.feedrate.kpi.maturity.Assessment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Writes a bundle from a data directory, also while a collector runs on it. The same directory and
 * order give the same bytes, but for the time of signing.
 *
 * <p><b>Thread</b>: its owner's.
 */
public final class BundleExporter {
  static final String FORMAT = "feedrate-evidence/1";
  static final String MANIFEST_TYPE = "https://feedrate.io/attestation/evidence-manifest/v1";

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BundleOrder order;
  private final LogReader log;
  private final SigningKey key;
  private final SignedNote note;
  private final TreeHead head;
  private final LeafResults results;

  private BundleExporter(BundleOrder order, LogReader log, LeafResults results) throws IOException {
    this.order = order;
    this.log = log;
    this.results = results;
    note = SignedNote.parse(newestHead(log));
    head = TreeHead.parse(note.text());
    key = KeyRing.current(order.data(), log);
  }

  private static String newestHead(LogReader log) {
    return log.newestHead()
        .orElseThrow(
            () ->
                new BundleException(
                    "no head of the log is signed yet: the collector signs the first a minute after"
                        + " its first result, and one when it ends"))
        .note();
  }

  /**
   * What was written.
   *
   * @param subjects that are assessed
   * @param leaves in it
   * @param signed leaves under the head
   * @param toNs end of its period: earlier than was asked for where windows are not signed yet
   * @param keyId of the key that signed
   */
  public record Written(List<String> subjects, long leaves, long signed, long toNs, String keyId) {
    public Written {
      subjects = List.copyOf(subjects);
    }
  }

  /**
   * Writes a bundle.
   *
   * @param out must not exist
   * @throws BundleException if there is nothing to be written, or the log is broken
   */
  public static Written export(BundleOrder order, Path out) throws IOException {
    if (Files.exists(out)) {
      throw new BundleException(out + " exists already: choose another name, or move it away");
    }
    Path part = out.resolveSibling(out.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (LogReader log = LogReader.open(order.data())) {
      List<String> subjects = BundleSubjects.of(order, log);
      BundleOrder signed = order.until(signedUntil(order, log));
      LeafResults results = new LeafResults(subjects, signed.fromNs(), signed.toNs());
      Written written = new BundleExporter(signed, log, results).write(part);
      Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
      return written;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The last windows may not be signed yet: the bundle is of the period before them. */
  private static long signedUntil(BundleOrder order, LogReader log) {
    long size = TreeHead.parse(SignedNote.parse(newestHead(log)).text()).size();
    long untilNs = log.signedUntil(order.fromNs(), order.toNs(), size);
    if (untilNs == order.fromNs()) {
      throw new BundleException(
          "no result of the period is signed yet: try again in a minute, or when the collector has"
              + " ended");
    }
    return untilNs;
  }

  private Written write(Path file) throws IOException {
    LogReader.Selection selection = log.select(order.fromNs(), order.toNs(), head.size());
    if (selection.from() == selection.to()) {
      throw new BundleException(
          "no signed result starts in the period: heads are signed each minute; see what there is"
              + " with feedrate assess");
    }
    try (BundleZip zip = new BundleZip(file)) {
      LeavesWriter leaves = new LeavesWriter(log, order.assets(), results);
      zip.add(BundleFile.LEAVES, out -> leaves.write(selection, out));
      proofs(zip, leaves);
      software(zip);
      Stated stated = people(zip);
      measured(zip, stated);
      if (order.journal()) {
        Segment.write(order.data(), log, zip);
      }
      manifest(zip, selection, leaves.count());
      return new Written(
          results.subjects(), leaves.count(), head.size(), order.toNs(), key.verifyKey().id());
    }
  }

  private void proofs(BundleZip zip, LeavesWriter leaves) throws IOException {
    LogProofs proofs = new LogProofs(log, head);
    zip.add(BundleFile.HEAD, note.toString().getBytes(StandardCharsets.UTF_8));
    if (order.authority().isPresent()) {
      zip.add(
          BundleFile.TIME_STAMP,
          TimeStamp.of(order.authority().get(), zip.sha256(BundleFile.HEAD)).response());
    }
    zip.add(BundleFile.HIDDEN, out -> proofs.hidden(leaves.indexes(), out));
    zip.add(
        BundleFile.EARLIER_HEADS,
        JSON.writeValueAsBytes(
            proofs.earlierHeads(order.fromNs(), order.toNs(), order.previous())));
    zip.add(BundleFile.PUBLIC_KEY, key.verifyKey().pem().getBytes(StandardCharsets.US_ASCII));
  }

  private void software(BundleZip zip) throws IOException {
    zip.add(BundleFile.CATALOGUE, JSON.writeValueAsBytes(KpiStatements.catalogue()));
    zip.add(BundleFile.README, resource("/io/feedrate/collector/evidence/bundle/README.txt"));
    byte[] sbom = resource("/META-INF/sbom/bom.json");
    if (sbom.length > 0) {
      zip.add(BundleFile.SBOM, sbom);
    }
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in = BundleExporter.class.getResourceAsStream(name)) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }

  /** What people stated, with the documents of which a copy is kept. */
  private Stated people(BundleZip zip) throws IOException {
    byte[] lines = new StatementFile(order.data()).bytes();
    List<Statement> statements = StatementFile.parse(lines, StatementFile.FILE_NAME);
    if (statements.isEmpty()) {
      return Stated.NOTHING;
    }
    zip.add(BundleFile.PEOPLE, lines);
    TreeSet<String> kept = new TreeSet<>();
    for (Statement each : statements) {
      if (each instanceof Statement.Attached a && a.kept()) {
        kept.add(a.digest());
      }
    }
    for (String digest : kept) {
      Path document = order.data().resolve(StatementFile.DOCUMENTS).resolve(digest);
      if (Files.isRegularFile(document)) {
        zip.add(BundleFile.DOCUMENTS + digest, out -> copy(document, out));
      }
    }
    return Stated.of(statements);
  }

  private static void copy(Path file, OutputStream out) throws IOException {
    Files.copy(file, out);
  }

  private void measured(BundleZip zip, Stated stated) throws IOException {
    Map<String, ObjectNode> statements =
        KpiStatements.of(
            results, order.profile(), order.fromNs(), order.toNs(), zip.digest(BundleFile.LEAVES));
    zip.add(
        BundleFile.KPIS,
        out -> {
          for (ObjectNode statement : statements.values()) {
            byte[] payload = MAPPER.writeValueAsBytes(statement);
            out.write(Dsse.sign(payload, key).json().getBytes(StandardCharsets.UTF_8));
            out.write('\n');
          }
        });
    zip.add(BundleFile.PROFILE, order.profileText().getBytes(StandardCharsets.UTF_8));
    Assessment assessment = assessment(stated);
    zip.add(BundleFile.ASSESSMENT, JSON.writeValueAsBytes(AssessmentJson.of(assessment)));
    OscalSource source =
        new OscalSource(
            assessment,
            stated.documents(),
            stated.declarations(),
            order.now(),
            "Feedrate " + order.software());
    for (Map.Entry<String, byte[]> view : OscalViews.files(source).entrySet()) {
      zip.add(BundleFile.OSCAL + view.getKey(), view.getValue());
    }
  }

  private Assessment assessment(Stated stated) {
    return new Assessor(order.profile(), () -> stated)
        .assess(
            results,
            String.join(", ", results.subjects()),
            results.subjects(),
            order.fromNs(),
            order.toNs())
        .assessment();
  }

  private void manifest(BundleZip zip, LogReader.Selection selection, long leaves)
      throws IOException {
    ObjectNode statement = MAPPER.createObjectNode();
    statement.put("_type", KpiStatements.STATEMENT);
    ArrayNode files = statement.putArray("subject");
    zip.digests()
        .forEach(
            (name, digest) -> {
              ObjectNode each = files.addObject();
              each.put("name", name);
              each.putObject("digest").put("sha256", digest);
            });
    statement.put("predicateType", MANIFEST_TYPE);
    ObjectNode predicate = statement.putObject("predicate");
    predicate.put("format", FORMAT);
    predicate.put("software", order.software());
    ArrayNode subjects = predicate.putArray("subjects");
    results.subjects().forEach(subjects::add);
    predicate.put("wholePlant", order.assets().isEmpty());
    predicate.put("from", KpiStatements.instant(order.fromNs()));
    predicate.put("to", KpiStatements.instant(order.toNs()));
    predicate.put("signed", order.now().toString());
    predicate.put("key", key.verifyKey().id());
    predicate.put("challenge", order.challenge());
    predicate.put("responsible", order.responsible());
    ObjectNode its = predicate.putObject("log");
    its.put("origin", head.origin());
    its.put("size", head.size());
    its.put("first", selection.from());
    its.put("end", selection.to());
    its.put("leaves", leaves);
    its.put("unsignedResults", selection.unsigned());
    ObjectNode profile = predicate.putObject("profile");
    profile.put("id", order.profile().id());
    profile.put("version", order.profile().version());
    profile.put("sha256", order.profile().digest());
    profile.put("provisional", order.profile().isProvisional());
    predicate.put("notice", order.profile().isProvisional() ? PROVISIONAL : "");
    byte[] payload = JSON.writeValueAsBytes(statement);
    zip.add(BundleFile.MANIFEST, payload);
    zip.add(
        BundleFile.ENVELOPE,
        (Dsse.sign(payload, key).json() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static final String PROVISIONAL =
      "The mapping of measures onto the maturity model is provisional: the model's text is not"
          + " published. An aid for a self-assessment, no certificate.";
}
