package io.feedrate.collector.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.ChildJvm;
import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.evidence.LogVerifier;
import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.store.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collector is killed at random moments while people enter things, also while it stands. Goal:
 * each line of the file is in the log once, in the order of the file.
 */
class EntriesKillIT {
  private static final int KILLS = 6;
  private static final int MAX_MILLIS = 700;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @Test
  void eachLineIsInTheLogOnceWhateverWasKilled() throws Exception {
    long seed = Long.getLong("feedrate.seed", System.nanoTime());
    System.out.println("EntriesKillIT: -Dfeedrate.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Path data = Files.createDirectory(directory.resolve("data"));
    Path output = directory.resolve("output");
    AtomicBoolean isOver = new AtomicBoolean();
    Thread people = new Thread(() -> enter(data, isOver));
    people.start();
    for (int i = 0; i < KILLS; i++) {
      Process process = ChildJvm.start(output, EntriesMain.class, data.toString(), "0");
      int session = i + 1;
      await().atMost(60, TimeUnit.SECONDS).until(() -> readyCount(output) == session);
      boolean ended = process.waitFor(random.nextInt(MAX_MILLIS), TimeUnit.MILLISECONDS);
      assertThat(ended).as("ended by itself: %s", Files.readString(output)).isFalse();
      process.destroyForcibly().waitFor();
    }
    isOver.set(true);
    people.join();
    Process last = ChildJvm.start(output, EntriesMain.class, data.toString(), "500");
    assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).as(Files.readString(output)).isZero();

    List<String> logged = new ArrayList<>();
    try (LogReader reader = LogReader.open(data)) {
      reader.entries(EntryKind.AUDIT, row -> logged.add(row.line()));
    }
    assertThat(logged).hasSizeGreaterThan(KILLS);
    assertThat(logged).isEqualTo(Files.readAllLines(data.resolve(AuditFile.FILE_NAME)));
    assertThat(Files.readString(output)).doesNotContain("ERROR");
    LogVerifier.Report report = LogVerifier.verify(data, Optional.empty());
    assertThat(report.findings()).isEmpty();
  }

  private static void enter(Path data, AtomicBoolean isOver) {
    AuditFile file = new AuditFile(data);
    for (int i = 0; !isOver.get(); i++) {
      file.append(new Actor("li.na", "engineer"), Action.DECLARED, "indicator " + i);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static long readyCount(Path output) throws IOException {
    return Files.exists(output)
        ? Files.readAllLines(output).stream().filter("ready"::equals).count()
        : 0;
  }
}
