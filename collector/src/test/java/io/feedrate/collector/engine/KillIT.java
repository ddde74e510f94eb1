package io.feedrate.collector.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.feedrate.collector.ChildJvm;
import io.feedrate.collector.TestPlant;
import io.feedrate.collector.evidence.LogVerifier;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.sbe.SamplesDecoder;
import io.feedrate.collector.store.ResultRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.foundation.Completeness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process under load is killed at random moments and started again on the same directory. Goal:
 * what was acknowledged is in the journal exactly once, the results are those of a run without any
 * death, and the signed log is intact. Method: {@link KillMain} writes numbered samples and notes
 * what was acknowledged; a replay with a fresh engine recomputes all results.
 */
class KillIT {
  private static final int KILLS = 6;
  private static final int MAX_MILLIS = 3000;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @Test
  void killedProcessLosesAndDoublesNothing() throws Exception {
    long seed = Long.getLong("feedrate.seed", System.nanoTime());
    System.out.println("KillIT: -Dfeedrate.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Path data = directory.resolve("data");
    Path log = directory.resolve("log");
    for (int i = 0; i < KILLS; i++) {
      Process process = ChildJvm.start(log, KillMain.class, data.toString(), "0");
      int session = i + 1;
      await().atMost(60, TimeUnit.SECONDS).until(() -> readyCount(log) == session);
      boolean ended = process.waitFor(random.nextInt(MAX_MILLIS), TimeUnit.MILLISECONDS);
      assertThat(ended).as("ended by itself: %s", Files.readString(log)).isFalse();
      process.destroyForcibly().waitFor();
    }
    Process last = ChildJvm.start(log, KillMain.class, data.toString(), "4000");
    assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).as(Files.readString(log)).isZero();
    Files.readAllLines(log).stream()
        .filter(l -> l.startsWith("ready"))
        .forEach(System.out::println);

    checkJournal(data);
    Replay.Report report = Replay.run(data, true, TestPlant::read);
    System.out.printf(
        "%d records, %d samples, %d results verified in %d ms%n",
        report.records(),
        report.samples(),
        report.equalResults(),
        TimeUnit.NANOSECONDS.toMillis(report.durationNs()));
    assertThat(report.differences()).isEmpty();
    assertThat(report.equalResults()).isPositive();
    checkSlots(data);
    LogVerifier.Report signed = LogVerifier.verify(data, Optional.empty());
    assertThat(signed.findings()).isEmpty();
    assertThat(signed.leaves()).isGreaterThan(report.results()).isEqualTo(signed.equalLeaves());
    assertThat(signed.heads()).isGreaterThan(KILLS);
    assertThat(signed.unsigned()).isZero();
  }

  private static long readyCount(Path log) throws IOException {
    return Files.readAllLines(log).stream().filter(line -> line.startsWith("ready")).count();
  }

  /**
   * Every number up to the acknowledged one is there. A number may come twice where death came
   * between the append and its acknowledgement: the sender does not know and sends it again.
   */
  private static void checkJournal(Path data) throws IOException {
    long[] next = new long[KillMain.PLANT.machines()];
    long[] repeated = new long[KillMain.PLANT.machines()];
    SamplesDecoder samples = new SamplesDecoder();
    try (JournalReader reader = JournalReader.open(Journal.in(data))) {
      JournalReader.RecordHandler check =
          (templateId, record, header, position) -> {
            if (templateId == SamplesDecoder.TEMPLATE_ID) {
              samples.wrapAndApplyHeader(record, 0, header);
              int link = samples.link();
              for (SamplesDecoder.ReadingsDecoder reading : samples.readings()) {
                long number = (long) reading.value();
                if (number == next[link] - KillMain.BATCH) {
                  next[link] = number; // sent again
                  repeated[link]++;
                }
                assertThat(number).isEqualTo(next[link]++);
              }
            }
          };
      while (reader.poll(check, 1000) > 0) {}
    }
    for (int link = 0; link < next.length; link++) {
      byte[] file = Files.readAllBytes(KillMain.acknowledged(data, link));
      assertThat(ByteBuffer.wrap(file).getLong()).isEqualTo(next[link]).isPositive();
      assertThat(repeated[link]).isLessThanOrEqualTo(KILLS);
    }
  }

  /** Each slot of each machine has one outcome, and no window is there twice. */
  private static void checkSlots(Path data) {
    Set<List<Object>> keys = new HashSet<>();
    Map<String, Result> newest = new HashMap<>();
    try (StoreReader reader = StoreReader.open(data)) {
      List<ResultRow> rows = reader.resultsAfter(0, StoreReader.MAX_ROWS);
      assertThat(rows).hasSizeLessThan(StoreReader.MAX_ROWS);
      for (ResultRow row : rows) {
        Result r = row.result();
        assertThat(keys.add(List.of(r.kpi(), r.subject(), r.span(), r.startNs(), r.revision())))
            .isTrue();
        newest.put(r.kpi() + r.subject() + r.span() + r.startNs(), r);
      }
    }
    long slotsOfWindow = KillMain.PLANT.windowNs() / KillMain.PLANT.periodNs();
    String machine = "site/line/m0";
    String kpi = Completeness.EVENTUAL.id();
    List<Result> windows =
        newest.values().stream()
            .filter(r -> r.kpi().equals(kpi) && r.subject().equals(machine))
            .filter(r -> r.span() == Span.WINDOW)
            .sorted(Comparator.comparingLong(Result::startNs))
            .toList();
    assertThat(windows).hasSizeGreaterThan(3);
    for (int i = 1; i < windows.size(); i++) { // the first one begins in the middle
      long sum = 0;
      for (int o = 0; o < Outcome.COUNT; o++) {
        sum += windows.get(i).counts()[o];
      }
      assertThat(sum).isEqualTo(slotsOfWindow * KillMain.PLANT.signals());
      assertThat(windows.get(i).startNs()).isEqualTo(windows.get(i - 1).endNs());
    }
  }
}
