package io.feedrate.collector.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.ChildJvm;
import io.feedrate.collector.statements.Statement.Attached;
import io.feedrate.collector.statements.Statement.Claim;
import io.feedrate.collector.statements.Statement.Declared;
import io.feedrate.collector.statements.Statement.Reviewed;
import io.feedrate.collector.statements.Statement.Withdrawn;
import io.feedrate.kpi.maturity.Declaration;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Document;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementFileTest {
  private static final Instant NOW = Instant.parse("2026-04-01T08:00:00.123456789Z");
  private static final String DIGEST = "ab".repeat(32);
  private static final Attached POLICY =
      new Attached(
          NOW,
          "Ms Li",
          "df-governance-policy",
          "Data policy «2026», 数据治理制度",
          DIGEST,
          1234,
          "Works council",
          Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
          Optional.empty(),
          "/plant/policy.pdf",
          true);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  @Test
  void whatWasStatedIsReadAgain() {
    List<Statement> all =
        List.of(
            POLICY,
            new Reviewed(NOW, "Mr Wang", POLICY.indicator(), DIGEST, Degree.MOSTLY),
            new Declared(NOW, "Ms Li", "hm-takeover", Claim.NOT_APPLICABLE, "nobody takes over"),
            new Withdrawn(NOW, "Ms Li", POLICY.indicator(), DIGEST, "a newer one is in force"));
    all.forEach(new StatementFile(data)::append);
    assertThat(new StatementFile(data).read()).isEqualTo(all);
  }

  @Test
  void withoutAnyThereIsNothing() {
    assertThat(new StatementFile(data).read()).isEmpty();
  }

  @Test
  void theLastReviewCountsUntilTheDocumentIsWithdrawn() {
    Reviewed partly = new Reviewed(NOW, "Mr Wang", POLICY.indicator(), DIGEST, Degree.PARTLY);
    Reviewed fully = new Reviewed(NOW, "Mr Chen", POLICY.indicator(), DIGEST, Degree.FULLY);
    List<Document> documents = Stated.of(List.of(POLICY, partly, fully)).documents();
    assertThat(documents)
        .singleElement()
        .satisfies(d -> assertThat(d.review().orElseThrow().degree()).isEqualTo(Degree.FULLY));
    Withdrawn withdrawn = new Withdrawn(NOW, "Ms Li", POLICY.indicator(), DIGEST, "old");
    assertThat(Stated.of(List.of(POLICY, fully, withdrawn)).documents()).isEmpty();
    assertThat(Stated.of(List.of(POLICY, fully, withdrawn, POLICY)).documents())
        .singleElement()
        .satisfies(d -> assertThat(d.review()).isEmpty());
  }

  @Test
  void theLastDeclarationOfAnIndicatorHolds() {
    Declared not = new Declared(NOW, "Ms Li", "hm-takeover", Claim.NOT_APPLICABLE, "no operators");
    Declared missing = new Declared(NOW, "Ms Li", "hm-takeover", Claim.NOT_IMPLEMENTED, "not yet");
    Declared applies = new Declared(NOW, "Ms Li", "hm-takeover", Claim.APPLIES, "since May");
    assertThat(Stated.of(List.of(not, missing)).declarations())
        .singleElement()
        .isInstanceOf(Declaration.NotImplemented.class);
    assertThat(Stated.of(List.of(not, missing, applies)).declarations()).isEmpty();
  }

  @Test
  void aChangedAMissingAndAnAddedLineAreFound() throws IOException {
    StatementFile file = new StatementFile(data);
    for (int i = 0; i < 4; i++) {
      file.append(new Declared(NOW.plusSeconds(i), "Ms Li", "i" + i, Claim.NOT_APPLICABLE, "r"));
    }
    List<String> lines = Files.readAllLines(path());
    List<String> changed = new ArrayList<>(lines);
    changed.set(1, lines.get(1).replace("Ms Li", "Mr Li"));
    assertBroken(changed, "line 3");
    assertBroken(List.of(lines.get(0), lines.get(2), lines.get(3)), "line 2");
    assertBroken(List.of(lines.get(0), lines.get(0), lines.get(1)), "line 2");
    assertBroken(List.of(lines.get(1), lines.get(0)), "line 1");
    assertBroken(List.of("what is this"), "line 1 is not a statement");
  }

  private void assertBroken(List<String> lines, String where) throws IOException {
    Files.write(path(), lines);
    assertThatThrownBy(() -> new StatementFile(data).read())
        .isInstanceOf(StatementException.class)
        .hasMessageContaining(where);
    assertThatThrownBy(() -> new StatementFile(data).append(POLICY))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining(where);
    assertThat(Files.readAllLines(path())).isEqualTo(lines);
  }

  @Test
  void whatACrashLeftUnfinishedIsNoStatementAndStopsNobody() throws IOException {
    StatementFile file = new StatementFile(data);
    file.append(POLICY);
    byte[] whole = Files.readAllBytes(path());
    for (int cut = 1; cut < whole.length; cut += 17) {
      Files.write(path(), whole);
      String half = new String(whole, 0, cut, StandardCharsets.UTF_8).replace("\n", "");
      Files.writeString(path(), half, StandardOpenOption.APPEND);
      assertThat(file.read()).containsExactly(POLICY);
      file.append(POLICY);
      assertThat(file.read()).containsExactly(POLICY, POLICY);
    }
  }

  @Test
  void severalProcessesThatAppendAtOnceLoseNothing() throws Exception {
    int writers = 3;
    int each = 60;
    Path log = data.resolve("writers.log");
    List<Process> processes = new ArrayList<>();
    try {
      for (int w = 0; w < writers; w++) {
        processes.add(
            ChildJvm.start(
                log, AppendStatements.class, data.toString(), writer(w), Integer.toString(each)));
      }
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> Files.readString(log).lines().filter("ready"::equals).count() == writers);
      for (Process process : processes) {
        process.getOutputStream().close(); // what each of them waits for
      }
      for (Process process : processes) {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    assertComplete(writers, each);
  }

  @Test
  void severalThreadsThatAppendAtOnceLoseNothing() throws InterruptedException {
    int writers = 4;
    int each = 25;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    CyclicBarrier start = new CyclicBarrier(writers);
    for (int w = 0; w < writers; w++) {
      String by = writer(w);
      threads.execute(
          () -> {
            try {
              start.await();
              AppendStatements.append(data, by, each);
            } catch (RuntimeException e) {
              failures.add(e);
            } catch (InterruptedException | BrokenBarrierException e) {
              failures.add(new IllegalStateException(e));
            }
          });
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(failures).isEmpty();
    assertComplete(writers, each);
  }

  private static String writer(int number) {
    return "writer " + number;
  }

  /** All that each writer stated is there, in its order. */
  private void assertComplete(int writers, int each) {
    List<Statement> all = new StatementFile(data).read();
    assertThat(all).hasSize(writers * each);
    for (int w = 0; w < writers; w++) {
      String by = writer(w);
      assertThat(all.stream().filter(s -> s.by().equals(by)).map(Statement::indicator))
          .containsExactlyElementsOf(
              IntStream.range(0, each).mapToObj(AppendStatements::indicator).toList());
    }
  }

  @Test
  void aLockThatThisProcessHoldsElsewhereIsSaidToBeHeld() throws IOException {
    new StatementFile(data).append(POLICY);
    try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThatThrownBy(() -> new StatementFile(data).append(POLICY))
          .isInstanceOf(StatementException.class)
          .hasMessageContaining("is locked by another part of this process");
    }
    assertThat(new StatementFile(data).read()).containsExactly(POLICY);
  }

  @Test
  void aKeptDocumentIsNamedByItsDigest() throws IOException {
    Path document = Files.writeString(data.resolve("policy.txt"), "Who owns which data.");
    String digest = StatementFile.digest(document);
    new StatementFile(data).keep(document, digest);
    Path kept = data.resolve(StatementFile.DOCUMENTS).resolve(digest);
    assertThat(kept).hasSameBinaryContentAs(document);
    assertThatThrownBy(() -> new StatementFile(data).keep(document, DIGEST))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining("changed while it was copied");
    assertThat(kept.getParent()).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aCopyThatIsThereAlreadyIsReadAgain() throws IOException {
    Path document = Files.writeString(data.resolve("policy.txt"), "Who owns which data.");
    String digest = StatementFile.digest(document);
    StatementFile file = new StatementFile(data);
    file.keep(document, digest);
    file.keep(document, digest);
    Path kept = data.resolve(StatementFile.DOCUMENTS).resolve(digest);
    Files.writeString(kept, "Nobody owns any data.");
    assertThatThrownBy(() -> file.keep(document, digest))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining(kept + " was damaged or changed");
    assertThat(kept).hasContent("Nobody owns any data."); // it may have to be looked into
  }

  @Test
  void aStatementWithoutWhoIsRefused() {
    assertThatThrownBy(() -> new Declared(NOW, " ", "i", Claim.APPLIES, "r"))
        .hasMessageContaining("approver");
    assertThatThrownBy(() -> new Reviewed(NOW, "", "i", DIGEST, Degree.FULLY))
        .hasMessageContaining("reviewer");
  }

  @Test
  void noTextIsLongerThanItMay() {
    String longest = "é".repeat(Statement.MAX_TEXT);
    String longer = longest + "é";
    assertThat(new Declared(NOW, longest, longest, Claim.APPLIES, longest)).isNotNull();
    assertTooLong("an approver", () -> new Declared(NOW, longer, "i", Claim.APPLIES, "r"));
    assertTooLong("an indicator", () -> new Declared(NOW, "a", longer, Claim.APPLIES, "r"));
    assertTooLong("a reason", () -> new Declared(NOW, "a", "i", Claim.APPLIES, longer));
    assertTooLong("a reviewer", () -> new Reviewed(NOW, longer, "i", DIGEST, Degree.FULLY));
    assertTooLong("a digest", () -> new Reviewed(NOW, "a", "i", longer, Degree.FULLY));
    assertTooLong("a reason", () -> new Withdrawn(NOW, "a", "i", DIGEST, longer));
    assertTooLong("who withdraws it", () -> new Withdrawn(NOW, longer, "i", DIGEST, "r"));
    assertTooLong("a title", () -> attached(longer, "issuer", "/policy.pdf"));
    assertTooLong("an issuer", () -> attached("title", longer, "/policy.pdf"));
    assertTooLong("the place of its file", () -> attached("title", "issuer", longer));
  }

  private static void assertTooLong(String what, ThrowingCallable statement) {
    assertThatThrownBy(statement)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(what + " of 1,001 characters is too long: it can have 1,000");
  }

  private static Attached attached(String title, String issuer, String reference) {
    Optional<Instant> any = Optional.empty();
    return new Attached(NOW, "Ms Li", "i", title, DIGEST, 1, issuer, any, any, reference, false);
  }

  private Path path() {
    return data.resolve(StatementFile.FILE_NAME);
  }
}
