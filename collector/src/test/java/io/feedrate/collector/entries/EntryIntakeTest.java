package io.feedrate.collector.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.audit.AuditException;
import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.engine.EngineThread;
import io.feedrate.collector.evidence.HeadKeeper;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.evidence.LogVerifier;
import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.statements.Statement;
import io.feedrate.collector.statements.StatementFile;
import io.feedrate.collector.store.LeafKind;
import io.feedrate.collector.store.LeafText;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoredRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people enter becomes leaves of the log. */
class EntryIntakeTest {
  private static final TestPlant PLANT = EntriesMain.PLANT;
  private static final Actor LI = new Actor("li.na", "engineer");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private void enter(String... texts) {
    for (String text : texts) {
      new AuditFile(data).append(LI, Action.DECLARED, text);
    }
  }

  /** A session of a collector, in which something is done. */
  private void session(Runnable meanwhile) throws IOException {
    try (Journal journal = Journal.open(Journal.in(data), new EpochClock());
        Store store = Store.open(data);
        HeadKeeper heads = heads(store);
        EngineThread engine =
            new EngineThread(
                journal,
                store,
                TestPlant::read,
                e -> {
                  throw new AssertionError(e);
                })) {
      assertThat(heads).isNotNull(); // signs when it is closed
      engine.recover();
      if (engine.registerHash().isEmpty()) {
        journal.appendRegister(PLANT.register().hash(), PLANT.json());
      }
      List<EntryIntake> intakes = new ArrayList<>();
      for (EntryKind kind : EntryKind.values()) {
        EntryIntake intake = new EntryIntake(data, kind, journal, () -> LogReader.open(data));
        intake.begin();
        intakes.add(intake);
      }
      engine.start();
      meanwhile.run();
      intakes.forEach(EntryIntake::run);
      intakes.forEach(EntryIntake::run);
    }
  }

  private HeadKeeper heads(Store store) throws IOException {
    return new HeadKeeper(
        data, store.heads(), KeyRing.open(data, store, 1), "gw", System::nanoTime);
  }

  private List<String> logged(EntryKind kind) {
    List<String> lines = new ArrayList<>();
    try (LogReader reader = LogReader.open(data)) {
      reader.entries(kind, row -> lines.add(row.line()));
    }
    return lines;
  }

  private List<String> findings() throws IOException {
    return LogVerifier.verify(data, Optional.empty()).findings();
  }

  private Path file() {
    return data.resolve(AuditFile.FILE_NAME);
  }

  @Test
  void whatIsEnteredWhileTheCollectorStandsAndWhileItRunsIsALeafOnce() throws Exception {
    enter("before");
    session(() -> enter("meanwhile", "数据 \"quoted\""));
    enter("between");
    session(() -> {});
    session(() -> {});

    assertThat(logged(EntryKind.AUDIT)).isEqualTo(Files.readAllLines(file())).hasSize(4);
    assertThat(findings()).isEmpty();
    try (LogReader reader = LogReader.open(data)) {
      StoredRow.Is row = (StoredRow.Is) reader.row(LeafKind.ENTRY, 3);
      assertThat(new LeafText().of(row.value()).toString())
          .contains("\"kind\":\"AUDIT\",\"leaf\":\"entry\",\"line\":\"{\\\"previous\\\":\\\"");
    }
  }

  @Test
  void statementsAreLeavesAsWell() throws Exception {
    session(
        () ->
            new StatementFile(data)
                .append(
                    new Statement.Declared(
                        Instant.now(), "Ms Li", "df-x", Statement.Claim.APPLIES, "it does")));

    assertThat(logged(EntryKind.STATEMENT))
        .isEqualTo(Files.readAllLines(data.resolve(StatementFile.FILE_NAME)))
        .hasSize(1);
    assertThat(findings()).isEmpty();
  }

  @Test
  void theNamesOfTheFilesAreThoseOfWhoWritesThem() {
    assertThat(EntryKind.AUDIT.fileName()).isEqualTo(AuditFile.FILE_NAME);
    assertThat(EntryKind.STATEMENT.fileName()).isEqualTo(StatementFile.FILE_NAME);
  }

  @Test
  void aLineThatIsChangedIsFoundByVerifyAndByWhoReadsTheFile() throws Exception {
    session(() -> enter("one", "two", "three"));
    Files.writeString(file(), Files.readString(file()).replace("two", "2.0"));

    assertThat(findings())
        .anyMatch(f -> f.contains("audit.jsonl, line 3 does not follow the line before it"))
        .anyMatch(
            f -> f.contains("audit.jsonl lacks what the log has as number 2") && f.contains("two"))
        .anyMatch(f -> f.contains("SELECT line FROM entry WHERE kind='AUDIT'"));
    assertThatThrownBy(() -> new AuditFile(data).read())
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("line 3 does not follow");
  }

  @Test
  void aFileThatIsWrittenAnewWithAllDigestsRightIsFound() throws Exception {
    session(() -> enter("one", "two", "three"));
    Files.delete(file());
    enter("one", "three");

    assertThat(findings()).anyMatch(f -> f.contains("number 2") && f.contains("two"));
    assertThat(new AuditFile(data).read()).hasSize(2);
  }

  @Test
  void linesRemovedAtTheEndAndAWholeFileRemovedAreFound() throws Exception {
    session(() -> enter("one", "two", "three"));
    List<String> lines = Files.readAllLines(file());
    Files.writeString(file(), lines.get(0) + "\n" + lines.get(1) + "\n");
    assertThat(findings()).singleElement().asString().contains("number 3", "three");

    Files.delete(file());
    assertThat(findings()).hasSize(3);
  }

  @Test
  void whatTheMendSaysMends() throws Exception {
    session(() -> enter("one", "two", "three"));
    Files.delete(file());

    Files.writeString(file(), String.join("\n", logged(EntryKind.AUDIT)) + "\n");

    assertThat(findings()).isEmpty();
    assertThat(new AuditFile(data).read()).hasSize(3);
  }

  @Test
  void aFileThatWasChangedStopsNothingAndWhatIsAddedProperlyIsTaken() throws Exception {
    session(() -> enter("one", "two", "three"));
    Files.delete(file());
    enter("another");

    session(() -> enter("and on"));

    assertThat(logged(EntryKind.AUDIT)).hasSize(5);
    assertThat(findings()).hasSize(3);
  }

  @Test
  void aLineThatACrashLeftUnfinishedIsNotTaken() throws Exception {
    session(
        () -> {
          enter("one");
          try {
            Files.writeString(file(), Files.readString(file()) + "{\"previous\":\"");
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    assertThat(logged(EntryKind.AUDIT)).hasSize(1);

    session(() -> enter("two"));

    assertThat(logged(EntryKind.AUDIT)).isEqualTo(Files.readAllLines(file())).hasSize(2);
  }
}
