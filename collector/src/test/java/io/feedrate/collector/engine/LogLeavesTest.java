package io.feedrate.collector.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.evidence.LogVerifier;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.ManualTime;
import io.feedrate.collector.store.LeafKind;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log is a function of the journal, as the results are. */
class LogLeavesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final TestPlant PLANT = new TestPlant(2, 8, SECOND, 10 * SECOND, 3 * SECOND);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-22T10:00:00Z"));

  private void session(long seed, int seconds) {
    try (Journal journal = Journal.open(Journal.in(data), time.clock());
        Store store = Store.open(data);
        EngineThread engine = engine(journal, store)) {
      engine.recover();
      PlantJournal plant = new PlantJournal(journal, time, PLANT, seed);
      plant.begin();
      journal.appendExclusion("site/line", 1, 2 + seed, "maintenance", "B. Boss");
      plant.run(seconds);
      engine.start();
    }
  }

  private static EngineThread engine(Journal journal, Store store) {
    return new EngineThread(
        journal,
        store,
        TestPlant::read,
        e -> {
          throw new AssertionError(e);
        });
  }

  private List<String> leaves() {
    List<String> leaves = new ArrayList<>();
    try (LogReader reader = LogReader.open(data)) {
      reader.leaves(
          0,
          Long.MAX_VALUE,
          leaf ->
              leaves.add(
                  leaf.index()
                      + " "
                      + leaf.kind()
                      + " "
                      + leaf.rowId()
                      + " "
                      + HexFormat.of().formatHex(leaf.hash())));
    }
    return leaves;
  }

  @Test
  void theSameJournalGivesTheSameLeavesWhateverTheCommitsWere() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 6; i++) {
      session(i, 1 + random.nextInt(60));
      time.pass(random.nextInt(30), TimeUnit.SECONDS);
    }
    List<String> once = leaves();
    Files.delete(data.resolve(Store.FILE_NAME));

    try (Journal journal = Journal.open(Journal.in(data), time.clock());
        Store store = Store.open(data);
        EngineThread engine = engine(journal, store)) {
      engine.recover();
    }

    assertThat(leaves()).isEqualTo(once).hasSizeGreaterThan(500);
    for (LeafKind kind :
        List.of(
            LeafKind.RESULT,
            LeafKind.MODEL_UPDATE,
            LeafKind.EPISODE,
            LeafKind.REGISTER,
            LeafKind.EXCLUSION)) {
      assertThat(once).anyMatch(leaf -> leaf.contains(" " + kind + " "));
    }
    LogVerifier.Report report = LogVerifier.verify(data, Optional.empty());
    assertThat(report.equalLeaves()).isEqualTo(once.size());
    assertThat(report.findings())
        .containsExactly("there is no signed head: nothing vouches for the log");
  }
}
