package io.feedrate.benchmarks;

import com.sun.management.ThreadMXBean;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.engine.EngineDriver;
import io.feedrate.collector.engine.EngineOutput;
import io.feedrate.collector.journal.EpochClock;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.engine.Kpis;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The way of a sample behind the adapter: append to the journal, read it, compute, persist. Ten
 * thousand signals of a hundred machines at 1 Hz, in simulated time, in records of a hundred
 * samples as a publish brings them.
 *
 * <p>Figures are per CPU second of the one thread that does the work, so that a busy machine
 * distorts them less, and bytes that this thread allocated.
 */
public final class SpineBenchmark {
  private static final int MACHINES = 100;
  private static final int SIGNALS_PER_MACHINE = 100;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long START_NS = 1_800_000_000L * SECOND_NS;
  private static final int POLL = 256;
  private static final int COMMIT_EVERY_POLLS = 20;
  private static final int WARM_UP_SECONDS = 120;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final List<String> rows = new ArrayList<>();
  private final int seconds;
  private final Path directory;
  private double spineSamplesPerSecond;
  private double spineBytesPerSample;

  private SpineBenchmark(int seconds, Path directory) {
    this.seconds = seconds;
    this.directory = directory;
  }

  /** Runs the benchmark; {@code --short} for a fraction of the samples. */
  public static void main(String[] arguments) throws IOException {
    boolean brief = List.of(arguments).contains("--short");
    Path directory = Files.createTempDirectory("feedrate-bench-");
    try {
      new SpineBenchmark(WARM_UP_SECONDS, directory.resolve("warm-up")).run();
      SpineBenchmark benchmark =
          new SpineBenchmark(brief ? 240 : 900, directory.resolve("measured"));
      benchmark.run();
      benchmark.print();
    } finally {
      Directories.delete(directory);
    }
  }

  private void run() throws IOException {
    Files.createDirectories(directory);
    long[] nowNs = {START_NS};
    EpochClock clock =
        new EpochClock(
            Clock.fixed(Instant.ofEpochSecond(START_NS / SECOND_NS), ZoneOffset.UTC),
            () -> nowNs[0] - START_NS);
    Register register = register();
    try (Journal journal = Journal.open(Journal.in(directory), clock)) {
      journal.appendRegister(register.hash(), RegisterJson.write(register));
      measure("append to the journal", () -> append(journal, nowNs));
      measure("read it", () -> read(journal, (id, record, header, at) -> {}));
      Counting counting = new Counting();
      measure(
          "read and compute", () -> read(journal, new EngineDriver(counting, RegisterJson::read)));
      counting.check(samples());
    }
    persist(clock);
  }

  private void persist(EpochClock clock) throws IOException {
    try (Journal journal = Journal.open(Journal.in(directory), clock);
        Store store = Store.open(directory)) {
      store.describe(Kpis.ALL);
      StoreBatch batch = new StoreBatch();
      EngineDriver driver = new EngineDriver(new Persisting(batch), RegisterJson::read);
      double[] figures =
          measure(
              "read, compute and persist results",
              () -> {
                try (JournalReader reader = journal.reader(0)) {
                  int polls = 0;
                  while (reader.poll(driver, POLL) > 0) {
                    if (++polls % COMMIT_EVERY_POLLS == 0) {
                      store.commit(batch, driver.checkpoint(store.rows().plus(batch.rows())));
                    }
                  }
                  store.commit(batch, driver.checkpoint(store.rows().plus(batch.rows())));
                }
              });
      spineSamplesPerSecond = figures[0];
      spineBytesPerSample = figures[1];
    }
  }

  private long samples() {
    return (long) seconds * MACHINES * SIGNALS_PER_MACHINE;
  }

  private void append(Journal journal, long[] nowNs) {
    List<SampleBatch> batches = new ArrayList<>();
    for (int m = 0; m < MACHINES; m++) {
      journal.appendLink(m, LinkEvent.UP, 0, "");
      batches.add(new SampleBatch(m));
    }
    for (int s = 0; s < seconds; s++) {
      for (int m = 0; m < MACHINES; m++) {
        SampleBatch batch = batches.get(m);
        for (int i = 0; i < SIGNALS_PER_MACHINE; i++) {
          batch.add(m * SIGNALS_PER_MACHINE + i, nowNs[0], 0, s + i, 0);
        }
        nowNs[0] += SECOND_NS / MACHINES;
        journal.append(batch);
      }
      journal.appendTick();
    }
  }

  private static void read(Journal journal, JournalReader.RecordHandler handler) {
    try (JournalReader reader = journal.reader(0)) {
      while (reader.poll(handler, POLL) > 0) {}
    }
  }

  /** Samples per CPU second and bytes per sample. */
  private double[] measure(String what, Runnable work) {
    long cpuNs = THREADS.getCurrentThreadCpuTime();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    cpuNs = THREADS.getCurrentThreadCpuTime() - cpuNs;
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    double perSecond = samples() * 1e9 / cpuNs;
    double perSample = (double) bytes / samples();
    rows.add(
        String.format(
            Locale.ROOT,
            "| %-33s | %7.2f | %7.1f | %8.3f |",
            what,
            perSecond / 1e6,
            (double) cpuNs / samples(),
            perSample));
    return new double[] {perSecond, perSample};
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%,d samples of %,d signals, 100 in a record; per CPU second of one thread, JDK %s%n%n",
        samples(),
        MACHINES * SIGNALS_PER_MACHINE,
        Runtime.version());
    System.out.println("| step                              | M/s     | ns      | B/sample |");
    System.out.println("|-----------------------------------|--------:|--------:|---------:|");
    rows.forEach(System.out::println);
    System.out.printf(
        Locale.ROOT,
        "%nspine: %.2f M samples/s, %.3f B/sample%n",
        spineSamplesPerSecond / 1e6,
        spineBytesPerSample);
  }

  private static Register register() {
    return register(RegisterJson.hash(register("")));
  }

  private static Register register(String hash) {
    List<Asset> assets = new ArrayList<>();
    List<Signal> signals = new ArrayList<>();
    List<String> links = new ArrayList<>();
    assets.add(new Asset(0, "works", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""));
    for (int m = 0; m < MACHINES; m++) {
      String path = "works/m" + m;
      links.add("m" + m);
      assets.add(new Asset(m + 1, path, Asset.Kind.MACHINE, 0, m, ""));
      for (int s = 0; s < SIGNALS_PER_MACHINE; s++) {
        signals.add(
            new Signal(
                signals.size(),
                path + "/s" + s,
                m + 1,
                m,
                s % 4 == 3 ? SignalMode.ON_CHANGE : SignalMode.PERIODIC,
                SECOND_NS,
                SECOND_NS,
                0,
                1e9,
                "1",
                false));
      }
    }
    return new Register(
        hash, assets, signals, links, Rules.STANDARD.windows(60 * SECOND_NS, 300 * SECOND_NS));
  }

  /** Sums the site's good slots, so that the speed measured is that of a right answer. */
  private static final class Counting implements EngineOutput {
    private long good;
    private long others;

    @Override
    public void onResult(Result result) {
      if (result.kpi().equals("sensor_data_completeness") && result.subject().equals("works")) {
        good += result.counts()[Outcome.GOOD.ordinal()];
        for (int o = 1; o < Outcome.COUNT; o++) {
          others += result.counts()[o];
        }
      }
    }

    void check(long samples) {
      if (good == 0 || good > samples || others > 0) {
        throw new IllegalStateException("wrong answer: " + good + " good, " + others + " others");
      }
    }

    @Override
    public void onEpisode(Episode episode) {}

    @Override
    public void onModelUpdate(ModelUpdate update) {}

    @Override
    public void onRegister(Register register, RegisterRow row) {}

    @Override
    public void onExclusion(ExclusionRow row) {}

    @Override
    public void onGap(GapRow row) {}

    @Override
    public void onReject(RejectRow row) {}
  }

  /** Hands everything to the store's batch. */
  private record Persisting(StoreBatch batch) implements EngineOutput {
    @Override
    public void onResult(Result result) {
      batch.add(result);
    }

    @Override
    public void onEpisode(Episode episode) {
      batch.add(episode);
    }

    @Override
    public void onModelUpdate(ModelUpdate update) {
      batch.add(update);
    }

    @Override
    public void onRegister(Register register, RegisterRow row) {
      batch.add(row);
    }

    @Override
    public void onExclusion(ExclusionRow row) {
      batch.add(row);
    }

    @Override
    public void onGap(GapRow row) {
      batch.add(row);
    }

    @Override
    public void onReject(RejectRow row) {
      batch.add(row);
    }
  }
}
