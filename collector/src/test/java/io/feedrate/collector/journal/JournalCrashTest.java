package io.feedrate.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.ChildJvm;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class JournalCrashTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @RepeatedTest(2)
  void recordThatDeathCutInHalfIsReplacedByTheNextOneAtOnce() throws Exception {
    Process process =
        ChildJvm.start(
            directory.resolve("log"), HaltMidWrite.class, directory.resolve("data").toString());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);

    long startNs = System.nanoTime();
    try (Journal journal = Journal.open(directory.resolve("data"), new EpochClock())) {
      journal.appendTick();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
      System.out.println("opened and appended after a crash in " + millis + " ms");
      assertThat(millis).isLessThan(1500);
      journal.appendTick();

      try (JournalReader reader = journal.reader(0)) {
        assertThat(reader.poll((id, record, header, position) -> {}, 100)).isEqualTo(4);
      }
    }
  }
}
