package io.feedrate.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.evidence.HeadKeeper;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.journal.DataLock;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCommandTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void aLog() throws IOException {
    try (Store store = Store.open(data);
        HeadKeeper heads =
            new HeadKeeper(data, store.heads(), KeyRing.open(data, store, 1), "g", () -> 2)) {
      StoreBatch batch = new StoreBatch();
      batch.add(new ExclusionRow("a", 1, 2, "why", "who", 3));
      store.commit(batch, new Checkpoint(7, 4, "hash", "{}", new byte[] {1}, store.rows(), 88));
      heads.sign();
    }
  }

  private int run(String... args) {
    return Feedrate.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  private String directory() {
    return data.toString();
  }

  @Test
  void anIntactLogIsSaidToBe() {
    assertThat(run("log", "verify", "--data", directory())).isEqualTo(ExitCodes.OK);

    assertThat(out.toString())
        .isEqualTo(
            """
            %s: 2 leaves, 2 equal to their rows; 1 signed heads; 0 leaves not signed yet
            The log is intact.
            """
                .formatted(directory()));
  }

  @Test
  void aBrokenLogIsToldAndFails() throws Exception {
    try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("results.db"));
        Statement s = c.createStatement()) {
      s.executeUpdate("UPDATE exclusion SET approver = 'me'");
    }

    assertThat(run("log", "verify", "--data", directory())).isEqualTo(ExitCodes.FAILED);

    assertThat(out.toString())
        .startsWith("exclusion 1 differs from its leaf 1")
        .endsWith("THE LOG IS BROKEN.\n");
  }

  @Test
  void aHeadThatWasKeptIsHeldAgainstTheLog() throws IOException {
    assertThat(run("log", "head", "--data", directory())).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .matches("feedrate/g\n2\n\\S+\nsigned \\S+Z\n\n\u2014 feedrate/g \\S+\n");
    Path kept = Files.writeString(data.resolve("kept"), out.toString());

    assertThat(run("log", "verify", "--data", directory(), "--head", kept.toString()))
        .isEqualTo(ExitCodes.OK);

    Files.writeString(kept, out.toString().substring(0, 30));
    assertThat(run("log", "verify", "--data", directory(), "--head", kept.toString()))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("is no signed head");
  }

  @Test
  void aWrongCommandLineIsAUsageError() {
    assertThat(run("log")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("keys")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("log", "verify")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("log", "verify", "--data", directory() + "/none")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("keys", "rotate", "--data", directory() + "/none")).isEqualTo(ExitCodes.USAGE);

    assertThat(err.toString()).contains("no results.db in it", "verify or head?");
  }

  @Test
  void aKeyIsRotatedAndListed() throws IOException {
    assertThat(run("keys", "rotate", "--data", directory())).isEqualTo(ExitCodes.OK);
    assertThat(run("keys", "list", "--data", directory())).isEqualTo(ExitCodes.OK);

    assertThat(out.toString())
        .matches("ed25519:[0-9a-f]{32} signs from now on\n(ed25519:[0-9a-f]{32} since \\S+\n){2}");
    try (DataLock lock = DataLock.take(data)) {
      assertThat(lock).isNotNull();
      assertThat(run("keys", "rotate", "--data", directory())).isEqualTo(ExitCodes.USAGE);
    }
    assertThat(err.toString()).contains("a collector runs on");
    assertThat(run("log", "verify", "--data", directory())).isEqualTo(ExitCodes.OK);
  }
}
