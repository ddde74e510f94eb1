package io.feedrate.collector.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.feedrate.kpi.LinkEvent;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is allocated per sample on the way into the journal and out of it. Chronicle Queue
 * allocates a little where a file is extended or rolled, so what is asserted is the mean: less than
 * one byte a record over 10^6 samples.
 */
class AllocationTest {
  private static final int BATCHES = 20_000;
  private static final int BATCH = 50;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  private long seen;

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void appendAndReadAllocateNothingPerSample() {
    try (Journal journal = Journal.open(directory, new EpochClock());
        JournalReader reader = journal.reader(0)) {
      SampleBatch batch = new SampleBatch(0);
      append(journal, batch);
      drain(reader);

      long before = allocated();
      long startNs = System.nanoTime();
      append(journal, batch);
      long appendNs = System.nanoTime() - startNs;
      long appended = allocated() - before;
      before = allocated();
      startNs = System.nanoTime();
      int records = drain(reader);
      long readNs = System.nanoTime() - startNs;
      long read = allocated() - before;

      System.out.printf(
          "append %.0f ns, read %.0f ns a record of %d; %d B and %d B in all%n",
          (double) appendNs / records, (double) readNs / records, BATCH, appended, read);
      assertThat(records).isEqualTo(3 * BATCHES);
      assertThat((double) appended / records).isLessThan(1);
      assertThat((double) read / records).isLessThan(1);
    }
  }

  private static void append(Journal journal, SampleBatch batch) {
    for (int i = 0; i < BATCHES; i++) {
      for (int k = 0; k < BATCH; k++) {
        batch.add(k, i, 0, k, 0);
      }
      journal.append(batch);
      journal.appendTick();
      journal.appendLink(0, LinkEvent.PROOF, 0, "");
    }
  }

  private int drain(JournalReader reader) {
    int all = 0;
    int n;
    do {
      n = reader.poll((templateId, record, header, position) -> seen += position, 1000);
      all += n;
    } while (n > 0);
    return all;
  }
}
