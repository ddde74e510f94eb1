package io.feedrate.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @Test
  void secondCollectorIsToldWhoRuns() throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    DataLock first = DataLock.take(directory.resolve("data"));

    assertThat(DataLock.holder(directory.resolve("data"))).contains(pid);
    assertThatThrownBy(() -> DataLock.take(directory.resolve("data")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("process id " + pid)
        .hasMessageContaining(directory.resolve("data").toString());
    first.close();
  }

  @Test
  void directoryIsFreeAfterClose() throws IOException {
    DataLock.take(directory).close();

    assertThat(DataLock.holder(directory)).isEmpty();
    DataLock.take(directory).close();
  }

  @Test
  void untouchedDirectoryIsFree() throws IOException {
    assertThat(DataLock.holder(directory)).isEmpty();
  }
}
