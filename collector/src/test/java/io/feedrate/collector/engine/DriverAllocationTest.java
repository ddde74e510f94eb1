package io.feedrate.collector.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.feedrate.collector.TestPlant;
import io.feedrate.collector.journal.EventRecord;
import io.feedrate.collector.journal.InferenceRecord;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.ManualTime;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.engine.KpiEngine;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the journal into the engine nothing is allocated per sample, over 10^6 of them. */
class DriverAllocationTest {
  private static final int ROUNDS = 5_000;
  private static final int SIGNALS = 200;
  private static final int EVENTS = 100_000;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-22T10:00:00Z"));
  private final SilentOutput output = new SilentOutput();

  @Test
  void readingAndDrivingAllocateNothingPerSample() {
    TestPlant plant = new TestPlant(1, SIGNALS, 100_000_000L, 3_600_000_000_000L, 1_000_000_000L);
    EngineDriver driver = new EngineDriver(output, TestPlant::read);
    try (Journal journal = Journal.open(directory, time.clock());
        JournalReader reader = journal.reader(0)) {
      journal.appendRegister("h", plant.json());
      journal.appendLink(0, LinkEvent.UP, 0, "");
      write(journal);
      drain(reader, driver);
      write(journal);

      long samples = driver.sampleCount();
      long before = allocated();
      long startNs = System.nanoTime();
      drain(reader, driver);
      long durationNs = System.nanoTime() - startNs;
      long bytes = allocated() - before;
      samples = driver.sampleCount() - samples;

      System.out.printf(
          "journal to engine: %.0f ns a sample, %d B for %d samples%n",
          (double) durationNs / samples, bytes, samples);
      assertThat(samples).isEqualTo((long) ROUNDS * SIGNALS);
      assertThat(driver.misfitCount()).isZero();
      assertThat(output.results()).isZero();
      assertThat((double) bytes / samples).isLessThan(0.1);
    }
  }

  @Test
  void inferencesAdviceAndEventsOfKnownNamesAllocateNothing() {
    TestPlant plant = new TestPlant(1, 1, 1_000_000_000L, 86_400_000_000_000L, 1_000_000_000L);
    SilentOutput nobody = new SilentOutput();
    // The way of the records alone: what meters make of episodes is theirs to bound.
    EngineDriver driver =
        new EngineDriver(new KpiEngine(nobody, List.of()), nobody, TestPlant::read);
    try (Journal journal = Journal.open(directory, time.clock());
        JournalReader reader = journal.reader(0)) {
      journal.appendRegister("h", plant.json());
      writeEvents(journal);
      drain(reader, driver);
      writeEvents(journal);

      long records = driver.recordCount();
      long before = allocated();
      drain(reader, driver);
      long bytes = allocated() - before;
      records = driver.recordCount() - records;

      System.out.printf("%d B for %d inferences, advice and events%n", bytes, records);
      assertThat(records).isEqualTo(3L * EVENTS);
      assertThat(driver.misfitCount()).isZero();
      assertThat((double) bytes / records).isLessThan(0.1);
    }
  }

  private void writeEvents(Journal journal) {
    for (int i = 0; i < EVENTS; i++) {
      time.pass(1, TimeUnit.MILLISECONDS);
      long atNs = time.wallNs();
      String id = "id-" + i;
      journal.appendInference(
          1,
          new InferenceRecord(
              TestPlant.NODE,
              "model",
              "1",
              "",
              InferenceMode.PRODUCTION,
              true,
              atNs,
              atNs,
              1_000,
              0.5,
              true,
              id,
              i % 2 == 0 ? "NOK" : "class 3",
              "part"));
      journal.appendAdvice(1, AdviceEvent.SHOWN, atNs, TestPlant.NODE, id, "op", "");
      journal.appendEvent(
          1, new EventRecord(TestPlant.NODE, EventKind.ALARM_RAISED, atNs, 0, 0, id, "op", "text"));
    }
  }

  /** 100 ms a round: less than one window in all. */
  private void write(Journal journal) {
    SampleBatch batch = new SampleBatch(0);
    for (int i = 0; i < ROUNDS; i++) {
      time.pass(100, TimeUnit.MILLISECONDS);
      for (int s = 0; s < SIGNALS; s++) {
        batch.add(s, time.wallNs() - 1000, 0, i, 0);
      }
      journal.append(batch);
      if (i % 10 == 0) {
        journal.appendTick();
      }
    }
  }

  private static void drain(JournalReader reader, EngineDriver driver) {
    int n;
    do {
      n = reader.poll(driver, 1000);
    } while (n > 0);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
