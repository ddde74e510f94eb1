package io.feedrate.collector.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.evidence.HeadKeeper;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.evidence.bundle.Verdict.Answer;
import io.feedrate.collector.evidence.log.Frontier;
import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.evidence.log.Proofs;
import io.feedrate.collector.evidence.sign.Ed25519Keys;
import io.feedrate.collector.evidence.sign.SigningKey;
import io.feedrate.collector.journal.sbe.SamplesDecoder;
import io.feedrate.collector.statements.Statement.Claim;
import io.feedrate.collector.statements.Statement.Declared;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.collector.store.LeafText;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoredRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A bundle of evidence, honest ones and others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BundleVerifier.Expected NOTHING =
      new BundleVerifier.Expected(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "test");

  @SuppressWarnings("NullAway.Init") // set before all
  private Path directory;

  @SuppressWarnings("NullAway.Init") // set before all
  private PlantData plant;

  /** Of the first session, of both, with what was received. */
  @SuppressWarnings("NullAway.Init") // set before all
  private Path first;

  @SuppressWarnings("NullAway.Init") // set before all
  private Path second;

  private int number;

  @BeforeAll
  void aPlantRuns(@TempDir Path temporary) throws IOException {
    directory = temporary;
    plant = new PlantData(Files.createDirectory(directory.resolve("data")));
    plant.session(1, 70);
    first = directory.resolve("first.zip");
    BundleExporter.export(plant.order(), first);
    plant.time.pass(30, TimeUnit.SECONDS);
    plant.session(2, 40);
    second = directory.resolve("second.zip");
    BundleExporter.export(plant.order(List.of(), Optional.of(first), true, "7f3a"), second);
  }

  private Path fresh() {
    return directory.resolve("b" + number++ + ".zip");
  }

  private static Verdict verify(Path bundle) throws IOException {
    return BundleVerifier.verify(bundle, NOTHING);
  }

  private static void assertOk(Verdict verdict) {
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.answer()).isEqualTo(Answer.OK);
  }

  private static void assertFound(Verdict verdict, Answer answer, String file, String text) {
    assertThat(verdict.answer()).isEqualTo(answer);
    assertThat(verdict.findings())
        .anySatisfy(
            each -> {
              assertThat(each.weight()).isEqualTo(answer);
              assertThat(each.file()).isEqualTo(file);
              assertThat(each.text()).contains(text);
            });
  }

  /** What somebody without the key can do. */
  private interface Change {
    void in(ZipFiles bundle) throws IOException;
  }

  private Verdict changed(Path bundle, Change change) throws IOException {
    ZipFiles files = ZipFiles.read(bundle);
    change.in(files);
    return verify(files.write(fresh()));
  }

  /** What the plant itself can do, which has the key: digests and the signature fit again. */
  private Verdict changedBySigner(Path bundle, Change change) throws IOException {
    return changed(
        bundle,
        files -> {
          change.in(files);
          sign(files, key());
        });
  }

  private SigningKey key() throws IOException {
    return key(plant.data);
  }

  private static SigningKey key(Path data) throws IOException {
    try (var log = LogReader.open(data)) {
      return KeyRing.current(data, log);
    }
  }

  private static void sign(ZipFiles files, SigningKey key) throws IOException {
    ObjectNode manifest = (ObjectNode) JSON.readTree(files.text(BundleFile.MANIFEST));
    ArrayNode subjects = manifest.putArray("subject");
    files.files.forEach(
        (name, bytes) -> {
          if (!name.startsWith("manifest")) {
            ObjectNode each = subjects.addObject();
            each.put("name", name);
            each.putObject("digest").put("sha256", sha256(bytes));
          }
        });
    byte[] payload = JSON.writeValueAsBytes(manifest);
    files.files.put(BundleFile.MANIFEST, payload);
    files.put(BundleFile.ENVELOPE, Dsse.sign(payload, key).json());
  }

  private static String sha256(byte[] bytes) {
    MessageDigest sha256 = BundleZip.newSha256();
    return HexFormat.of().formatHex(sha256.digest(bytes));
  }

  private static void lines(ZipFiles bundle, String name, LinesChange change) {
    List<String> lines = new ArrayList<>(bundle.text(name).lines().toList());
    change.of(lines);
    bundle.put(name, String.join("\n", lines) + "\n");
  }

  private interface LinesChange {
    void of(List<String> lines);
  }

  @Test
  void whatNobodyTouchedIsOk() throws IOException {
    assertOk(verify(first));
    assertOk(verify(second));
  }

  @Test
  void theJournalInItGivesAllLeavesAgain() throws IOException {
    Verdict verdict = verify(second);

    assertThat(verdict.facts())
        .anyMatch(
            fact -> fact.matches("[\\d,]+ records of the journal gave [\\d,]+ of the leaves.*"))
        .noneMatch(fact -> fact.contains("are older than it"));
  }

  @Test
  void theSameOrderGivesTheSameBytes() throws IOException {
    Path again = fresh();
    BundleExporter.export(plant.order(List.of(), Optional.of(first), true, "7f3a"), again);

    assertThat(again).hasSameBinaryContentAs(second);
  }

  @Test
  void oscalViewsAreInItAndOnlyTheirDigestsCount() throws IOException {
    List<String> views = List.of("assessment-plan.json", "assessment-results.json", "catalog.json");
    assertThat(ZipFiles.read(second).files.keySet())
        .containsAll(views.stream().map(name -> BundleFile.OSCAL + name).toList());
    String view = BundleFile.OSCAL + "assessment-results.json";

    assertFound(changed(second, files -> files.put(view, "{}")), Answer.INVALID, view, "");
    assertOk(changedBySigner(second, files -> files.put(view, "{}")));
  }

  @Test
  void oneMachineTellsNothingOfTheOthers() throws IOException {
    Path one = fresh();
    BundleExporter.export(plant.order(List.of("site/line/m1"), Optional.empty(), false, ""), one);

    assertOk(verify(one));
    assertThat(ZipFiles.read(one).text(BundleFile.LEAVES))
        .contains("\"subject\":\"site/line/m1\"")
        .doesNotContain("\"subject\":\"site\"");
    assertThat(verify(one).facts())
        .anyMatch(fact -> fact.endsWith("are of others and not disclosed"));
  }

  @Test
  void aByteChangedInAnyFileIsFoundAndNamed() throws IOException {
    for (String name : ZipFiles.read(second).files.keySet()) {
      Verdict verdict =
          changed(
              second,
              files -> {
                byte[] bytes = files.bytes(name).clone();
                bytes[bytes.length / 2] ^= 1;
                files.files.put(name, bytes);
              });
      assertThat(verdict.answer()).as(name).isEqualTo(Answer.INVALID);
      assertThat(verdict.findings())
          .as(name)
          .anyMatch(
              each ->
                  each.file().equals(name)
                      || (name.startsWith("manifest") && each.file().startsWith("manifest")));
    }
  }

  @Test
  void aMissingOrAddedFileIsFound() throws IOException {
    for (String name : ZipFiles.read(second).files.keySet()) {
      assertFound(
          changed(second, files -> files.files.remove(name)),
          Answer.INVALID,
          name,
          "the file is missing");
    }
    assertFound(
        changed(second, files -> files.put("more.txt", "hello")),
        Answer.INVALID,
        "more.txt",
        "does not know");
  }

  @Test
  void statementsLeftOutOrSwappedAreFoundEvenIfTheSignerDidIt() throws IOException {
    assertFound(
        changedBySigner(first, b -> lines(b, BundleFile.KPIS, lines -> lines.remove(3))),
        Answer.INVALID,
        BundleFile.KPIS,
        "missing or swapped");
    assertFound(
        changedBySigner(
            first, b -> lines(b, BundleFile.KPIS, lines -> Collections.swap(lines, 3, 4))),
        Answer.INVALID,
        BundleFile.KPIS,
        "missing or swapped");
    assertFound(
        changedBySigner(
            first, b -> lines(b, BundleFile.KPIS, lines -> lines.remove(lines.size() - 1))),
        Answer.INVALID,
        BundleFile.KPIS,
        "missing");
  }

  @Test
  void aStatementWithABetterFigureIsFoundEvenIfTheSignerMadeIt() throws IOException {
    SigningKey key = key();
    Verdict verdict =
        changedBySigner(
            first,
            bundle ->
                lines(
                    bundle,
                    BundleFile.KPIS,
                    lines -> {
                      for (int i = 0; i < lines.size(); i++) {
                        String text =
                            new String(Dsse.parse(lines.get(i)).payload(), StandardCharsets.UTF_8);
                        if (text.contains("\"id\":\"sensor_data_completeness\"")) {
                          String better = text.replaceFirst("\"value\":[0-9.]+", "\"value\":0.99");
                          assertThat(better).isNotEqualTo(text);
                          lines.set(
                              i, Dsse.sign(better.getBytes(StandardCharsets.UTF_8), key).json());
                        }
                      }
                    }));

    assertFound(
        verdict, Answer.INVALID, BundleFile.KPIS, "sensor_data_completeness) says MEASURED 0.99");
  }

  @Test
  void aLeafChangedLeftOutOrAddedIsFoundEvenIfTheSignerDidIt() throws IOException {
    assertFound(
        changedBySigner(
            first,
            b ->
                lines(
                    b,
                    BundleFile.LEAVES,
                    lines -> lines.replaceAll(l -> l.replace("\"revision\":0", "\"revision\":1")))),
        Answer.INVALID,
        BundleFile.LEAVES,
        "do not lead to the signed root");
    assertFound(
        changedBySigner(first, b -> lines(b, BundleFile.LEAVES, lines -> lines.remove(40))),
        Answer.INVALID,
        BundleFile.LEAVES,
        "do not fit into the log");
    assertFound(
        changedBySigner(
            first, b -> lines(b, BundleFile.LEAVES, lines -> Collections.swap(lines, 40, 41))),
        Answer.INVALID,
        BundleFile.LEAVES,
        "do not fit into the log");
    assertFound(
        changedBySigner(
            first,
            b -> lines(b, BundleFile.LEAVES, lines -> lines.add(lines.get(lines.size() - 1)))),
        Answer.INVALID,
        BundleFile.LEAVES,
        "do not fit into the log");
  }

  @Test
  void resultsThatTheSignerHidesAreFoundByTheHoleTheyLeave() throws IOException {
    // Hidden properly: the leaf's hash stands where it was, only its text is left out.
    Verdict verdict =
        changedBySigner(
            first,
            bundle -> {
              List<String> lines = bundle.text(BundleFile.LEAVES).lines().toList();
              ZipFiles honest = bundle;
              List<Long> kept = new ArrayList<>();
              List<String> left = new ArrayList<>();
              for (String line : lines) {
                boolean hide =
                    line.contains("sensor_data_completeness")
                        && line.contains(
                            "\"start_ns\":\"" + (startNs() + 40 * PlantData.SECOND) + "\"");
                if (!hide) {
                  kept.add(Long.parseLong(line.substring(0, line.indexOf('\t'))));
                  left.add(line);
                }
              }
              assertThat(left).hasSizeLessThan(lines.size());
              honest.put(BundleFile.LEAVES, String.join("\n", left) + "\n");
              honest.put(BundleFile.HIDDEN, hidden(kept, honest));
            });

    assertFound(verdict, Answer.INVALID, BundleFile.LEAVES, "are left out, though it says");
    assertThat(verdict.findings())
        .anyMatch(each -> each.text().startsWith("site has no window of sensor_data_completeness"));
  }

  private static long startNs() {
    return TimeUnit.SECONDS.toNanos(PlantData.START.getEpochSecond());
  }

  private String hidden(List<Long> kept, ZipFiles bundle) {
    long size =
        Long.parseLong(bundle.text(BundleFile.HEAD).lines().skip(1).findFirst().orElseThrow());
    StringBuilder text = new StringBuilder();
    try (var log = LogReader.open(plant.data)) {
      var proofs = new Proofs(new MerkleHash(), log::subtree);
      proofs
          .disclosure(kept.stream().mapToLong(Long::longValue).toArray(), size)
          .forEach(each -> text.append(HexFormat.of().formatHex(each)).append('\n'));
    }
    return text.toString();
  }

  @Test
  void aFigureThatDoesNotFollowFromItsCountsIsFoundThoughTheLogSaysSo() throws Exception {
    // The plant computed something else, and put that into its log from the beginning.
    Path data = Files.createDirectory(directory.resolve("lies"));
    PlantData liar = new PlantData(data);
    liar.session(1, 60);
    change(data, "UPDATE result SET value = 1, lower = 1 WHERE id = 30");
    rewriteLog(data, liar);
    Path bundle = fresh();
    BundleExporter.export(liar.order(List.of(), Optional.empty(), true, ""), bundle);

    Verdict verdict = verify(bundle);

    assertFound(verdict, Answer.INVALID, BundleFile.LEAVES, "but its counts give");
    assertFound(verdict, Answer.INVALID, BundleFile.LEAVES, "is not what the journal gives");
  }

  /** All leaves and heads anew, as whoever has the key and all files can do. */
  private static void rewriteLog(Path data, PlantData liar) throws Exception {
    try (var log = LogReader.open(data);
        Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("results.db"))) {
      var hash = new MerkleHash();
      var tree = new Frontier(hash);
      var text = new LeafText();
      c.setAutoCommit(false);
      List<byte[]> leaves = new ArrayList<>();
      log.leavesWithRows(
          0,
          Long.MAX_VALUE,
          (leaf, row) -> leaves.add(text.of(((StoredRow.Is) row).value()).hash(hash)));
      try (Statement s = c.createStatement()) {
        s.executeUpdate("DELETE FROM log_node");
        s.executeUpdate("DELETE FROM log_head");
      }
      try (var leaf = c.prepareStatement("UPDATE log_leaf SET hash = ? WHERE id = ?");
          var node =
              c.prepareStatement("INSERT INTO log_node (height, id, hash) VALUES (?, ?, ?)")) {
        for (int i = 0; i < leaves.size(); i++) {
          leaf.setBytes(1, leaves.get(i));
          leaf.setLong(2, i);
          leaf.executeUpdate();
          tree.append(
              leaves.get(i),
              (height, index, root) -> {
                if (height % 8 == 0) {
                  try {
                    node.setInt(1, height);
                    node.setLong(2, index);
                    node.setBytes(3, root);
                    node.executeUpdate();
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                }
              });
        }
      }
      try (var s = c.prepareStatement("UPDATE log_tree SET frontier = ?")) {
        s.setBytes(1, tree.bytes());
        s.executeUpdate();
      }
      c.commit();
    }
    Files.delete(data.resolve("heads.log"));
    try (Store store = Store.open(data);
        HeadKeeper heads =
            new HeadKeeper(
                data, store.heads(), KeyRing.open(data, store, 1), "gate-7", liar.time::wallNs)) {
      heads.sign();
    }
  }

  private static void change(Path data, String sql) throws Exception {
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("results.db"));
        Statement s = c.createStatement()) {
      assertThat(s.executeUpdate(sql)).isPositive();
    }
  }

  @Test
  void aStoreThatWasEditedGivesNoBundle() throws Exception {
    for (String sql :
        List.of(
            "UPDATE result SET value = 0.999 WHERE id = 50",
            "DELETE FROM result WHERE id BETWEEN 40 AND 60",
            "UPDATE exclusion SET reason = 'holiday'",
            "UPDATE log_leaf SET hash = zeroblob(32) WHERE id = 70")) {
      Path data = Files.createDirectory(directory.resolve("edited" + number++));
      PlantData edited = new PlantData(data);
      edited.session(1, 60);
      change(data, sql);

      assertThatThrownBy(() -> BundleExporter.export(edited.order(), fresh()))
          .as(sql)
          .isInstanceOf(BundleException.class)
          .hasMessageContaining("feedrate log verify");
    }
  }

  @Test
  void anotherKeyIsFound() throws IOException {
    SigningKey other = Ed25519Keys.fresh();

    assertFound(
        changed(first, files -> sign(files, other)),
        Answer.INVALID,
        BundleFile.ENVELOPE,
        "it is not signed by");
    assertFound(
        BundleVerifier.verify(
            first,
            new BundleVerifier.Expected(
                Optional.of(other.verifyKey().id()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "test")),
        Answer.INVALID,
        BundleFile.LEAVES,
        "is not among the keys of this log");
    assertOk(
        BundleVerifier.verify(
            first,
            new BundleVerifier.Expected(
                Optional.of(key().verifyKey().id()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "test")));
  }

  @Test
  void anOldBundleIsNoNewOne() throws IOException {
    assertFound(
        BundleVerifier.verify(
            first,
            new BundleVerifier.Expected(
                Optional.empty(), Optional.empty(), Optional.of(second), Optional.empty(), "test")),
        Answer.INVALID,
        BundleFile.HEAD,
        "it is older than second.zip");
    assertFound(
        BundleVerifier.verify(
            first,
            new BundleVerifier.Expected(
                Optional.empty(), Optional.of("7f3a"), Optional.empty(), Optional.empty(), "test")),
        Answer.INVALID,
        BundleFile.MANIFEST,
        "was not made for this assessment");
    assertOk(
        BundleVerifier.verify(
            second,
            new BundleVerifier.Expected(
                Optional.empty(),
                Optional.of("7f3a"),
                Optional.of(first),
                Optional.empty(),
                "test")));
  }

  @Test
  void aPastThatWasComputedAnewIsFoundWithABundleOfBefore() throws IOException {
    PlantData other = new PlantData(Files.createDirectory(directory.resolve("anew")));
    other.session(3, 120);
    other.session(4, 90);
    Path bundle = fresh();
    BundleExporter.export(other.order(), bundle);

    Verdict verdict =
        BundleVerifier.verify(
            bundle,
            new BundleVerifier.Expected(
                Optional.empty(), Optional.empty(), Optional.of(first), Optional.empty(), "test"));

    assertThat(verdict.answer()).isNotEqualTo(Answer.OK);
    assertThatThrownBy(
            () ->
                BundleExporter.export(
                    other.order(List.of(), Optional.of(first), false, ""), fresh()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("did not go on from it");
  }

  @Test
  void aJournalThatWasChangedIsFoundEvenIfTheSignerDidIt() throws IOException {
    Verdict verdict =
        changedBySigner(
            second,
            bundle -> {
              byte[] segment = bundle.bytes(BundleFile.SEGMENT);
              bundle.files.put(BundleFile.SEGMENT, withoutSamples(segment));
            });

    assertFound(verdict, Answer.INVALID, BundleFile.LEAVES, "is not what the journal gives");
  }

  /** Without the fiftieth record of samples. */
  private static byte[] withoutSamples(byte[] segment) {
    ByteBuffer in = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
    int at = 8;
    for (int samples = 0; samples < 50; at += 12 + in.getInt(at + 8)) {
      samples += in.getShort(at + 14) == SamplesDecoder.TEMPLATE_ID ? 1 : 0;
    }
    while (in.getShort(at + 14) != SamplesDecoder.TEMPLATE_ID) {
      at += 12 + in.getInt(at + 8);
    }
    int length = 12 + in.getInt(at + 8);
    byte[] out = new byte[segment.length - length];
    System.arraycopy(segment, 0, out, 0, at);
    System.arraycopy(segment, at + length, out, at, out.length - at);
    return out;
  }

  @Test
  void aClockThatWasSetBackIsTold() throws IOException {
    PlantData back = new PlantData(Files.createDirectory(directory.resolve("back")));
    back.session(1, 90);
    back.time.stepWall(-60, TimeUnit.SECONDS);
    back.session(2, 120);
    Path bundle = fresh();
    BundleExporter.export(back.order(), bundle);

    assertThat(verify(bundle).answer()).isEqualTo(Answer.OK);
    // The journal's time stood still; heads are signed with the machine's clock as it is.
    assertThat(verify(bundle).facts())
        .anyMatch(fact -> fact.contains("windows of site reach from"));
  }

  @Test
  void windowsThatAreNotSignedYetAreLeftOutAndTheBundleEndsBeforeThem() throws Exception {
    Path data = Files.createDirectory(directory.resolve("unsigned"));
    PlantData running = new PlantData(data);
    running.session(1, 60);
    running.session(2, 60);
    change(data, "DELETE FROM log_head WHERE id = (SELECT max(id) FROM log_head)");
    Path bundle = fresh();

    BundleExporter.Written written = BundleExporter.export(running.order(), bundle);

    assertThat(written.toNs()).isLessThan(running.order().toNs()).isGreaterThan(startNs());
    assertOk(verify(bundle));
  }

  @Test
  void aStatementThatIsLeftOutAtTheEndIsKnownToTheLog() throws Exception {
    Path data = Files.createDirectory(directory.resolve("stated"));
    PlantData stated = new PlantData(data);
    StatementFile file = new StatementFile(data);
    file.append(declared("there is none"));
    file.append(declared("there is one after all"));
    stated.session(1, 60);
    Path bundle = fresh();
    BundleExporter.export(stated.order(List.of(), Optional.empty(), true, ""), bundle);

    assertOk(verify(bundle));
    assertFound(
        changed(
            bundle,
            files -> {
              lines(files, BundleFile.PEOPLE, lines -> lines.remove(1));
              sign(files, key(data));
            }),
        Answer.INVALID,
        BundleFile.PEOPLE,
        "is left out");
  }

  private static Declared declared(String reason) {
    return new Declared(PlantData.START, "A. Pprover", "oee", Claim.NOT_APPLICABLE, reason);
  }

  @Test
  void whatIsNoBundleIsSaidToBeNone() throws IOException {
    Path text = Files.writeString(fresh(), "hello");
    assertThatThrownBy(() -> verify(text)).hasMessageContaining("is no bundle");

    Path empty = new ZipFiles().write(fresh());
    assertFound(verify(empty), Answer.INVALID, BundleFile.MANIFEST, "the file is missing");
  }

  @Test
  void garbageInAnyFileNeverEndsTheVerifier() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<String> names = new ArrayList<>(ZipFiles.read(second).files.keySet());
    for (int i = 0; i < 60; i++) {
      String name = names.get(random.nextInt(names.size()));
      Verdict verdict =
          changedBySigner(
              second,
              files -> {
                byte[] bytes = files.bytes(name).clone();
                int from = random.nextInt(bytes.length);
                for (int at = from; at < Math.min(bytes.length, from + 20); at++) {
                  bytes[at] = (byte) random.nextInt(256);
                }
                if (!name.startsWith("manifest")) {
                  files.files.put(name, bytes);
                }
              });
      assertThat(verdict).isNotNull();
    }
  }

  @Test
  void theSignatureIsOverWhatDsseSays() {
    byte[] pae =
        Dsse.pae("http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8));

    assertThat(new String(pae, StandardCharsets.UTF_8))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    assertThat(Base64.getEncoder().encodeToString(pae)).isNotEmpty();
  }
}
