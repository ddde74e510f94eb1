package io.feedrate.collector.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.evidence.sign.KeyDirectory;
import io.feedrate.collector.evidence.sign.SignatureAlgorithm;
import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.evidence.sign.SigningKey;
import io.feedrate.collector.evidence.sign.TreeHead;
import io.feedrate.collector.evidence.sign.VerifyKey;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.HeadRow;
import io.feedrate.collector.store.KeyRow;
import io.feedrate.collector.store.LeafKind;
import io.feedrate.collector.store.LeafText;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import io.feedrate.collector.store.StoredRow;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A log of two days is attacked in all the ways that somebody with access to the files has. Goal:
 * each attack is found, and the words name what and where. Leaves: 0 the key; 1 the register; 2 the
 * exclusion; 3 the model update; 4 the episode; 5 to 24 results 1 to 20 of the first day, after
 * which a head is signed; 25 to 44 results 21 to 40 of the second, and a head.
 */
class LogVerifierTest {
  private static final int DAY = 20;
  private static final int FIRST_HEAD = 25;
  private static final int SECOND_HEAD = 45;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private long nowNs = 1_795_000_000_000_000_000L;
  private int results;

  @BeforeEach
  void twoDays() throws IOException {
    session(
        batch -> {
          batch.add(new RegisterRow("hash", "{\"assets\":[]}", 3));
          batch.add(new ExclusionRow("acme/line", 1, 2, "maintenance", "B. Boss", 3));
          batch.add(
              new ModelUpdate(
                  "acme/n",
                  "m",
                  "1",
                  "d",
                  1,
                  0,
                  5,
                  6,
                  ModelUpdate.PENDING,
                  ModelUpdate.PENDING,
                  ModelUpdate.End.PENDING,
                  ModelUpdate.PENDING,
                  Map.of(ModelStage.APPROVED, 5L)));
          batch.add(
              new Episode(
                  Episode.Kind.TAKEOVER,
                  "acme/line",
                  7,
                  1,
                  2,
                  Episode.OPEN,
                  Episode.OPEN,
                  Episode.End.OPEN,
                  0));
          day(batch);
        });
    session(this::day);
  }

  private void day(StoreBatch batch) {
    for (int i = 0; i < DAY; i++) {
      long startNs = results * 60_000_000_000L;
      batch.add(
          new Result(
              "sensor_data_completeness",
              "acme/line/m" + results % 2,
              Span.WINDOW,
              startNs,
              startNs + 60_000_000_000L,
              0,
              "hash",
              new long[] {results, 2},
              new byte[] {1, 2},
              Figure.exact(results / 64.0)));
      results++;
    }
  }

  /** Computes something. */
  private interface Work {
    void into(StoreBatch batch);
  }

  /** A collector starts, commits, ends; as the real one does it. */
  private void session(Work work) throws IOException {
    nowNs += 60_000_000_000L;
    try (Store store = Store.open(data);
        HeadKeeper heads =
            new HeadKeeper(
                data, store.heads(), KeyRing.open(data, store, nowNs), "gate 7", () -> nowNs)) {
      heads.sign();
      StoreBatch batch = new StoreBatch();
      work.into(batch);
      store.commit(
          batch,
          new Checkpoint(
              7, 4, "hash", "{}", new byte[] {1}, store.rows().plus(batch.rows()), nowNs));
    }
  }

  private LogVerifier.Report verify() throws IOException {
    return LogVerifier.verify(data, Optional.empty());
  }

  private void change(String... sql) throws SQLException {
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("results.db"));
        Statement s = c.createStatement()) {
      for (String each : sql) {
        assertThat(s.executeUpdate(each)).as(each).isPositive();
      }
    }
  }

  private List<HeadRow> heads() {
    try (LogReader reader = LogReader.open(data)) {
      return reader.heads();
    }
  }

  private Path headsFile() {
    return data.resolve("heads.log");
  }

  @Test
  void whatNobodyTouchedIsIntact() throws IOException {
    LogVerifier.Report report = verify();

    assertThat(report.findings()).isEmpty();
    assertThat(report.isIntact()).isTrue();
    assertThat(report.leaves()).isEqualTo(SECOND_HEAD).isEqualTo(report.equalLeaves());
    assertThat(report.unsigned()).isZero();
    assertThat(heads()).extracting(HeadRow::size).containsExactly(1L, 25L, 45L);
    TreeHead newest = TreeHead.parse(SignedNote.parse(heads().get(2).note()).text());
    assertThat(newest.origin()).isEqualTo("feedrate/gate-7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE result SET value = 0.5 WHERE id = 7 | result 7 differs from its leaf 11",
        "UPDATE result SET upper = NULL WHERE id = 1 | result 1 differs from its leaf 5",
        "UPDATE result SET counts = '[9,2]' WHERE id = 7 | result 7 differs from its leaf 11",
        "UPDATE result SET counts = '[9' WHERE id = 7 | it makes no sense any more",
        "UPDATE result SET state = 'FINE' WHERE id = 7 | it makes no sense any more",
        "UPDATE result SET state = 'NOT_APPLICABLE' WHERE id = 7 | result 7 differs",
        "UPDATE result SET start_ns = start_ns + 1 WHERE id = 7 | result 7 differs",
        "UPDATE result SET histogram = NULL WHERE id = 7 | result 7 differs",
        "UPDATE result SET register = 'other' WHERE id = 7 | result 7 differs",
        "UPDATE result SET span = 'DAY' WHERE id = 7 | result 7 differs",
        "UPDATE result SET era = 1 WHERE id = 7 | result 7 differs",
        "UPDATE subject SET path = 'acme/line/x' WHERE path LIKE '%m0' | result 1 differs",
        "UPDATE kpi SET kpi = 'other' | result 1 differs",
        "UPDATE model_update SET end_state = 'SERVED' | model_update 1 differs from its leaf 3",
        "UPDATE model_update SET stages = '{}' | model_update 1 differs from its leaf 3",
        "UPDATE episode SET start_ns = 9 | episode 1 differs from its leaf 4",
        "UPDATE register SET json = '{}' | register 1 differs from its leaf 1",
        "UPDATE exclusion SET to_ns = 9 | exclusion 1 differs from its leaf 2",
        "UPDATE exclusion SET approver = 'me' | exclusion 1 differs from its leaf 2",
        "UPDATE log_key SET since_ns = 9 | log_key 1 differs from its leaf 0",
        "UPDATE log_tree SET size = 60 | leaves 45 to 59 are missing",
        "DELETE FROM exclusion | exclusion 1 is missing; its leaf 2 says that it was there",
      })
  void anEditedRowIsNamed(String sql, String finding) throws Exception {
    change(sql);

    LogVerifier.Report report = verify();

    assertThat(report.isIntact()).isFalse();
    assertThat(report.findings()).anyMatch(each -> each.contains(finding));
  }

  @Test
  void anEditedRowIsToldWithWhatItSaysNowAndWhenItWasSigned() throws Exception {
    change("UPDATE result SET value = 0.5 WHERE id = 7");

    assertThat(verify().findings())
        .singleElement()
        .asString()
        .contains("(signed after 2026-11-18T", "by 2026-11-18T")
        .contains("\"kpi\":\"sensor_data_completeness\"", "\"subject\":\"acme/line/m0\"");
  }

  @Test
  void aDeletedDayIsNamedAsOne() throws Exception {
    change("DELETE FROM result WHERE id > 20");

    assertThat(verify().findings())
        .containsExactly(
            "result 21 to 40 are missing; their leaves 25 to 44 say that they were there"
                + " (signed after %s by %s)".formatted(when(1), when(2)));
  }

  private String when(int head) {
    return Instant.ofEpochSecond(0, heads().get(head).signedNs()).toString();
  }

  @Test
  void rowsDeletedWithTheirLeavesAreNamed() throws Exception {
    change(
        "DELETE FROM result WHERE id BETWEEN 5 AND 8",
        "DELETE FROM log_leaf WHERE kind = 1 AND row_id BETWEEN 5 AND 8");

    assertThat(verify().findings()).anyMatch(each -> each.startsWith("leaves 9 to 12 are missing"));
  }

  @Test
  void rowsDeletedWithTheirLeavesAndTheGapClosedAreNamed() throws Exception {
    change(
        "DELETE FROM result WHERE id BETWEEN 5 AND 8",
        "DELETE FROM log_leaf WHERE kind = 1 AND row_id BETWEEN 5 AND 8",
        "UPDATE log_leaf SET id = id - 4 WHERE id > 12",
        "UPDATE log_tree SET size = size - 4");

    assertThat(verify().findings())
        .anyMatch(each -> each.startsWith("leaf 9 is of result 9, where 5 was due"))
        .anyMatch(each -> each.contains("the root over 25 leaves is not the one that was signed"))
        .anyMatch(each -> each.contains("rolled back: heads.log has a signed head of 45 leaves"));
  }

  @Test
  void swappedLeavesAreNamed() throws Exception {
    change(
        "UPDATE log_leaf SET id = 1000 WHERE id = 10",
        "UPDATE log_leaf SET id = 10 WHERE id = 30",
        "UPDATE log_leaf SET id = 30 WHERE id = 1000");

    assertThat(verify().findings())
        .anyMatch(each -> each.startsWith("leaf 10 is of result 26, where 6 was due"))
        .anyMatch(each -> each.startsWith("the root over 25 leaves is not the one"));
  }

  @Test
  void aRowEditedWithItsLeafIsFoundByTheHead() throws Exception {
    change("UPDATE result SET value = 0.5 WHERE id = 30");
    byte[] hash;
    try (LogReader reader = LogReader.open(data)) {
      StoredRow.Is row = (StoredRow.Is) reader.row(LeafKind.RESULT, 30);
      hash = new LeafText().of(row.value()).hash(new MerkleHash());
    }
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("results.db"));
        PreparedStatement s =
            c.prepareStatement("UPDATE log_leaf SET hash = ? WHERE kind = 1 AND row_id = 30")) {
      s.setBytes(1, hash);
      assertThat(s.executeUpdate()).isOne();
    }

    LogVerifier.Report report = verify();

    assertThat(report.equalLeaves()).isEqualTo(report.leaves());
    assertThat(report.findings())
        .singleElement()
        .asString()
        .startsWith("the root over 45 leaves is not the one that was signed (heads.log)")
        .endsWith("of leaves 25 to 44 at least one was changed, with its row");
  }

  @Test
  void aRowBesideTheLogIsFound() throws Exception {
    change(
        "INSERT INTO exclusion SELECT 5, 'EXCLUSION', 'acme', 1, 2, 'no reason', 'nobody', source,"
            + " reference, entered_by, 3, 3, entry FROM exclusion LIMIT 1");

    assertThat(verify().findings())
        .singleElement()
        .asString()
        .startsWith("1 rows of exclusion have no leaf");
  }

  @Test
  void aRolledBackStoreIsFound() throws IOException {
    Path old = Files.createTempFile("feedrate-", ".db");
    Files.copy(data.resolve("results.db"), old, StandardCopyOption.REPLACE_EXISTING);
    session(this::day);
    Files.copy(old, data.resolve("results.db"), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(old);

    assertThat(verify().findings())
        .singleElement()
        .asString()
        .contains("the store was rolled back: heads.log has a signed head of 65 leaves")
        .contains("the log has 45. Leaves 45 to 64 are missing");

    String before = Files.readString(headsFile());
    session(this::day);
    assertThat(Files.readString(headsFile()))
        .as("what was promised is not denied")
        .isEqualTo(before);
  }

  /** Who rolls back all files leaves no trace in them: a head that was kept elsewhere tells. */
  @Test
  void aRollbackOfAllFilesIsFoundByAHeadThatWasKept() throws Exception {
    SignedNote kept = SignedNote.parse(heads().get(2).note());
    change(
        "DELETE FROM result WHERE id > 20",
        "DELETE FROM log_leaf WHERE id > 24",
        "DELETE FROM log_head WHERE size > 25");
    int cut = Files.readString(headsFile()).indexOf("feedrate/gate-7\n45\n");
    Files.writeString(headsFile(), Files.readString(headsFile()).substring(0, cut));
    change("UPDATE log_tree SET size = " + FIRST_HEAD);

    assertThat(verify().isIntact()).isTrue();
    assertThat(LogVerifier.verify(data, Optional.of(kept)).findings())
        .singleElement()
        .asString()
        .contains("rolled back: the head that you kept has a signed head of 45 leaves");
  }

  @Test
  void headsTakenFromTheFileAreMissed() throws Exception {
    String text = Files.readString(headsFile());
    int from = text.indexOf("feedrate/gate-7\n25\n");
    int to = text.indexOf("feedrate/gate-7\n45\n");
    Files.writeString(headsFile(), text.substring(0, from) + text.substring(to));

    assertThat(verify().findings())
        .containsExactly(
            "the head of size 25 in results.db is not in heads.log: lines were removed or changed"
                + " there");

    Files.delete(headsFile());
    change("DELETE FROM log_head");
    assertThat(verify().findings())
        .containsExactly("there is no signed head: nothing vouches for the log");
  }

  @Test
  void anEditedHeadIsFound() throws Exception {
    String text = Files.readString(headsFile());
    Files.writeString(headsFile(), text.replace("feedrate/gate-7\n25\n", "feedrate/gate-7\n24\n"));

    assertThat(verify().findings())
        .anyMatch(
            each ->
                each.startsWith(
                    "the head of size 24 in heads.log was changed: its signature does not fit"));
  }

  private SigningKey foreignKey() {
    SignatureAlgorithm algorithm = SignatureAlgorithm.DEFAULT;
    var pair = algorithm.generate();
    return new SigningKey(new VerifyKey(algorithm, algorithm.publicKey(pair)), pair.getPrivate());
  }

  /** Puts heads signed by another key into the place of all heads. */
  private void signAnew(SigningKey key) throws Exception {
    StringBuilder file = new StringBuilder();
    List<String> notes = new ArrayList<>();
    for (HeadRow head : heads()) {
      String note = TreeHead.parse(SignedNote.parse(head.note()).text()).sign(key).toString();
      notes.add(note);
      file.append(note).append('\n');
    }
    Files.writeString(headsFile(), file);
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("results.db"));
        PreparedStatement s = c.prepareStatement("UPDATE log_head SET note = ? WHERE id = ?")) {
      for (int i = 0; i < notes.size(); i++) {
        s.setString(1, notes.get(i));
        s.setInt(2, i + 1);
        assertThat(s.executeUpdate()).isOne();
      }
    }
  }

  @Test
  void aForeignKeyIsFound() throws Exception {
    signAnew(foreignKey());

    assertThat(verify().findings())
        .hasSize(3)
        .allMatch(each -> each.endsWith("is signed by a foreign key, none of this log"));
  }

  @Test
  void aForeignKeyPutInThePlaceOfTheFirstIsFound() throws Exception {
    SigningKey foreign = foreignKey();
    signAnew(foreign);
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("results.db"));
        PreparedStatement s = c.prepareStatement("UPDATE log_key SET key_id = ?, public_key = ?")) {
      s.setString(1, foreign.verifyKey().id());
      s.setBytes(2, foreign.verifyKey().publicKey());
      assertThat(s.executeUpdate()).isOne();
    }

    assertThat(verify().findings())
        .anyMatch(each -> each.startsWith("log_key 1 differs from its leaf 0"))
        .anyMatch(each -> each.contains(foreign + " is not among the public keys"));
  }

  @Test
  void aRotatedKeyGoesOnWithTheLog() throws IOException {
    SigningKey next;
    try (Store store = Store.open(data)) {
      next = KeyRing.rotate(data, store, nowNs);
    }
    session(this::day);

    LogVerifier.Report report = verify();

    assertThat(report.findings()).isEmpty();
    assertThat(report.leaves()).isEqualTo(SECOND_HEAD + 1 + DAY);
    assertThat(SignedNote.parse(heads().get(3).note()).isSignedBy(next.verifyKey())).isTrue();
    assertThat(KeyDirectory.open(data).signingKeys()).containsExactly(next.verifyKey());
    assertThat(KeyDirectory.open(data).verifyKeys()).hasSize(2);
  }

  @Test
  void theOldKeyDoesNotSignAfterItsTime() throws Exception {
    KeyDirectory keys = KeyDirectory.open(data);
    SigningKey old = keys.signingKey(keys.signingKeys().get(0));
    try (Store store = Store.open(data)) {
      KeyRing.rotate(data, store, nowNs);
    }
    session(this::day);
    signAnew(old);

    assertThat(verify().findings())
        .isNotEmpty()
        .allMatch(each -> each.endsWith("is signed by " + old + ", whose time it was not"));
  }

  @Test
  void aKeyThatTheFormerOneDidNotAppointIsForeign() throws IOException {
    SigningKey foreign = KeyDirectory.open(data).create();
    VerifyKey key = foreign.verifyKey();
    try (Store store = Store.open(data)) {
      store.addKey(
          new KeyRow(key.id(), key.algorithm().id(), key.publicKey(), new byte[64], nowNs));
    }

    assertThat(verify().findings())
        .singleElement()
        .asString()
        .startsWith("the key " + key + " was not appointed by")
        .endsWith("a foreign key");
  }

  @Test
  void aHeadThatACrashCutOffIsWrittenAnew() throws IOException {
    String text = Files.readString(headsFile());
    Files.writeString(headsFile(), text + "feedrate/gate-7\n45\nabc");

    assertThat(verify().findings()).isEmpty();
    session(this::day);

    assertThat(verify().findings()).isEmpty();
    assertThat(Files.readString(headsFile())).startsWith(text + "feedrate/gate-7\n65\n");
  }

  @Test
  void aHeadsFileThatMakesNoSenseStopsSigningAndNothingElse() throws IOException {
    String text = Files.readString(headsFile());
    String damaged = text.replace("feedrate/gate-7\n45\n", "feedrate/gate-7\n4x\n");
    Files.writeString(headsFile(), damaged);

    session(this::day);

    assertThat(Files.readString(headsFile())).isEqualTo(damaged);
    assertThat(verify().findings())
        .anyMatch(each -> each.startsWith("heads.log: a head cannot be read: no size of a tree"))
        .anyMatch(each -> each.startsWith("the head of size 45 in results.db is not in heads.log"));
  }

  @Test
  void whatIsNotSignedYetIsCounted() throws IOException {
    try (Store store = Store.open(data)) {
      StoreBatch batch = new StoreBatch();
      day(batch);
      store.commit(
          batch,
          new Checkpoint(
              8, 4, "hash", "{}", new byte[] {1}, store.rows().plus(batch.rows()), nowNs));
    }

    LogVerifier.Report report = verify();

    assertThat(report.isIntact()).isTrue();
    assertThat(report.unsigned()).isEqualTo(DAY);
  }

  @Test
  void aLostPrivateKeyStopsTheStartWithWhatToDo() throws IOException {
    KeyDirectory keys = KeyDirectory.open(data);
    keys.retire(keys.signingKeys().get(0));

    assertThatThrownBy(() -> session(this::day))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is missing: put it back from its safe copy");
  }

  @Test
  void aClockThatWasSetBackIsFoundUnlessTheLogTellsOfIt() throws Exception {
    nowNs -= 3_600_000_000_000L;
    session(this::day);

    assertThat(verify().findings())
        .anyMatch(
            each ->
                each.matches("the clock was set back between .* no gap of the log tells of it"));

    session(
        batch -> batch.add(new GapRow(GapRow.Cause.CLOCK_SET_BACK, nowNs, nowNs - 1_000, "test")));

    assertThat(verify().findings()).isEmpty();
    assertThat(verify().clockSteps()).hasSize(1);
  }

  @Test
  void anEditedGapIsFound() throws Exception {
    session(
        batch ->
            batch.add(new GapRow(GapRow.Cause.STOPPED, nowNs - 60_000_000_000L, nowNs, "test")));
    assertThat(verify().findings()).isEmpty();

    change("UPDATE gap SET from_ns = to_ns");

    assertThat(verify().findings()).singleElement().asString().startsWith("gap 1 differs");
  }

  @Test
  void subtreesThatProofsAreMadeFromAreChecked() throws Exception {
    for (int i = 0; i < 12; i++) {
      session(this::day);
    }
    assertThat(verify().findings()).isEmpty();

    change("UPDATE log_node SET hash = zeroblob(32)");

    assertThat(verify().findings()).anyMatch(each -> each.endsWith("proofs would be wrong"));
  }
}
