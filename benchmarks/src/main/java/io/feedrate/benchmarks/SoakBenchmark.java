package io.feedrate.benchmarks;

import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.engine.EngineThread;
import io.feedrate.collector.engine.LiveState;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.collector.store.Store;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.engine.Kpis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;

/**
 * The collector without adapters in a small heap: ten thousand signals at 10 Hz, 100,000 samples a
 * second in real time, from the journal over the engine's own thread to results in the store, with
 * a flight recording of what is allocated and how long collections stop everything.
 */
public final class SoakBenchmark {
  private static final int SIGNALS = 10_000;
  private static final int MACHINES = SIGNALS / Trace.SIGNALS_PER_MACHINE;
  private static final long PERIOD_NS = 100_000_000L;
  private static final long PUBLISH_NS = PERIOD_NS / MACHINES;
  private static final long PAUSE_NS = 200_000;
  private static final String KPI = "sensor_data_completeness";

  private final Path directory;
  private final boolean brief;
  private final List<SampleBatch> batches = new ArrayList<>();
  private long published;
  private long nextPublishNs;
  private long epochNs;
  private long nextTickNs;

  private SoakBenchmark(Path directory, boolean brief) {
    this.directory = directory;
    this.brief = brief;
    for (int m = 0; m < MACHINES; m++) {
      batches.add(new SampleBatch(m));
    }
  }

  /** Runs for ten minutes; {@code --short} for 15 seconds. */
  public static void main(String[] arguments) throws IOException {
    boolean brief = List.of(arguments).contains("--short");
    Path directory = Files.createTempDirectory("feedrate-soak-");
    try {
      new SoakBenchmark(directory, brief).run(brief ? 5 : 60, brief ? 10 : 540);
    } finally {
      Directories.delete(directory);
    }
  }

  private void run(int warmUpSeconds, int seconds) throws IOException {
    try (Journal journal = Journal.open(Journal.in(directory), new EpochClock());
        Store store = Store.open(directory)) {
      store.describe(Kpis.ALL);
      Register register = register(RegisterJson.hash(register("")));
      journal.appendRegister(register.hash(), RegisterJson.write(register));
      for (int m = 0; m < MACHINES; m++) {
        journal.appendLink(m, LinkEvent.UP, 0, "");
      }
      EngineThread engine =
          new EngineThread(journal, store, RegisterJson::read, Throwable::printStackTrace);
      long samples;
      try (engine) {
        engine.recover();
        engine.start();
        nextPublishNs = System.nanoTime();
        epochNs = journal.clock().nowNs() - nextPublishNs;
        nextTickNs = nextPublishNs;
        publish(journal, warmUpSeconds);
        samples = recorded(journal, seconds);
      }
      check(engine.state());
      new SoakReport(recordingFile()).print(samples, seconds);
    }
  }

  private Path recordingFile() {
    return directory.resolve("soak.jfr");
  }

  /** Publishes under a recording; the number of samples. */
  private long recorded(Journal journal, int seconds) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ObjectAllocationSample").with("throttle", "off");
      recording.enable("jdk.GarbageCollection").withoutThreshold();
      recording.enable("jdk.GCHeapSummary");
      long before = published;
      recording.start();
      publish(journal, seconds);
      recording.stop();
      recording.dump(recordingFile());
      return (published - before) * Trace.SIGNALS_PER_MACHINE;
    }
  }

  private Register register(String hash) {
    int window = brief ? 2 : 60;
    int lateness = brief ? 2 : 10;
    return Fixture.register(
        new Fixture.Plan(
            SIGNALS, PERIOD_NS, window, 60 * window, lateness * Trace.SECOND_NS, hash));
  }

  /**
   * Every sample came through, and each slot of the last window that ended has an outcome. Which
   * one depends on how punctual this thread could be.
   */
  private void check(LiveState state) {
    Result works = state.latest().get(new LiveState.Key(KPI, "works"));
    long sent = published * Trace.SIGNALS_PER_MACHINE;
    if (state.samples() != sent || state.misfits() != 0 || works == null) {
      throw new IllegalStateException(
          "%d of %d samples came through, last result %s".formatted(state.samples(), sent, works));
    }
    long due = SIGNALS * (works.endNs() - works.startNs()) / PERIOD_NS;
    if (Arrays.stream(works.counts()).sum() != due) {
      throw new IllegalStateException("%d slots were due: %s".formatted(due, works));
    }
  }

  /** Publishes on time for so long, by the clock on the wall. */
  private void publish(Journal journal, int seconds) {
    long endNs = nextPublishNs + seconds * Trace.SECOND_NS;
    while (nextPublishNs < endNs) {
      long nowNs = System.nanoTime();
      while (nextPublishNs <= nowNs && nextPublishNs < endNs) {
        publish(journal);
        nextPublishNs += PUBLISH_NS;
      }
      if (nextTickNs <= nowNs) {
        journal.appendTick();
        nextTickNs += Trace.SECOND_NS;
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
  }

  private void publish(Journal journal) {
    int machine = (int) (published % MACHINES);
    SampleBatch batch = batches.get(machine);
    // Sources sample on time, however late this thread is.
    long sourceNs = nextPublishNs + epochNs;
    for (int i = 0; i < Trace.SIGNALS_PER_MACHINE; i++) {
      batch.add(machine * Trace.SIGNALS_PER_MACHINE + i, sourceNs, 0, (double) published + i, 0);
    }
    journal.append(batch);
    published++;
  }
}
