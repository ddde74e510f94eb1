package io.feedrate.benchmarks;

import io.feedrate.collector.cli.Feedrate;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.evidence.HeadKeeper;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.engine.Kpis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A year of results of a plant, in windows and days, and what an assessor does with it: a bundle of
 * a month, its verification, an assessment of the year. Each is the command itself in a process of
 * its own; times are on the wall, with the start of Java in them.
 */
public final class EvidenceBenchmark {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
  private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
  private static final int WINDOW_HOURS = 4;
  private static final int MACHINES_PER_LINE = 10;

  /** As many as a machine, and a line or site, of the demo's plant has results of. */
  private static final int MACHINE_KPIS = 18;

  private static final int LINE_KPIS = 35;
  private static final int COUNTED = 60;
  private static final double MIB = 1 << 20;

  private final Path directory;
  private final int machines;
  private final int days;
  private final List<Kpi> kpis = countedKpis();
  private final Register register;
  private final SplittableRandom random = new SplittableRandom(7);
  private long results;

  private EvidenceBenchmark(Path directory, int machines, int days) {
    this.directory = directory;
    this.machines = machines;
    this.days = days;
    Register draft = register("");
    register = register(RegisterJson.hash(draft));
  }

  /** A year of 200 machines; {@code --short} twelve days of 20. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean brief = List.of(arguments).contains("--short");
    Path directory = Files.createTempDirectory("feedrate-evidence-");
    try {
      new EvidenceBenchmark(directory, brief ? 20 : 200, brief ? 12 : 365).run(brief ? 4 : 30);
    } finally {
      Directories.delete(directory);
    }
  }

  /** KPIs that are counted and need no histogram. */
  private static List<Kpi> countedKpis() {
    return Kpis.ALL.stream()
        .filter(kpi -> kpi.basis().equals(kpi.id()) && kpi.waiting().isEmpty())
        .filter(kpi -> !kpi.counts().isEmpty())
        .limit(LINE_KPIS)
        .toList();
  }

  private Register register(String hash) {
    List<Asset> assets = new ArrayList<>();
    assets.add(new Asset(0, "plant", Asset.Kind.SITE, Asset.NO_PARENT, Asset.NO_LINK, ""));
    List<String> links = new ArrayList<>();
    for (int m = 0; m < machines; m++) {
      int line = m / MACHINES_PER_LINE;
      if (m % MACHINES_PER_LINE == 0) {
        assets.add(
            new Asset(assets.size(), "plant/line-" + line, Asset.Kind.LINE, 0, Asset.NO_LINK, ""));
      }
      links.add("m" + m);
      int parent = line * (MACHINES_PER_LINE + 1) + 1;
      String path = "plant/line-" + line + "/m" + m;
      String supplier = "supplier " + m % 4;
      assets.add(new Asset(assets.size(), path, Asset.Kind.MACHINE, parent, m, supplier));
    }
    return new Register(hash, assets, List.of(), links, Rules.STANDARD);
  }

  private void run(int bundleDays) throws IOException, InterruptedException {
    long startNs = System.nanoTime();
    write();
    double written = seconds(startNs);
    Path bundle = directory.resolve("month.zip");
    long fromNs = epochNs() + (days - bundleDays) * DAY_NS;
    String from = Instant.ofEpochSecond(0, fromNs).toString();
    String to = Instant.ofEpochSecond(0, epochNs() + days * DAY_NS).toString();
    String data = directory.toString();
    Command export =
        Command.run(
            "evidence", "export", "--data", data, "--from", from, "--to", to, "--out", "" + bundle);
    Command verify = Command.run("evidence", "verify", "" + bundle, "--quiet");
    Command assess = Command.run("assess", "--data", data, "--from", START.toString(), "--to", to);
    Command bySupplier =
        Command.run(
            "assess", "--data", data, "--from", START.toString(), "--to", to, "--by", "supplier");
    Command log = Command.run("log", "verify", "--data", data);
    System.out.printf(
        Locale.ROOT,
        "%d machines, %d days in windows of %d hours: %,d results, %,.0f MB, written at %,.0f a"
            + " second%n%n",
        machines,
        days,
        WINDOW_HOURS,
        results,
        Files.size(directory.resolve(Store.FILE_NAME)) / MIB,
        results / written);
    System.out.println("| command | seconds | peak resident MB |");
    System.out.println("|---|--:|--:|");
    System.out.printf("| evidence export, %d days | %s |%n", bundleDays, export);
    System.out.printf("| evidence verify | %s |%n", verify);
    System.out.printf("| assess, %d days | %s |%n", days, assess);
    System.out.printf("| assess --by supplier | %s |%n", bySupplier);
    System.out.printf("| log verify, all of it | %s |%n%n", log);
    System.out.printf(
        Locale.ROOT,
        "evidence: %,d results, month exported in %.1f s with %.0f MB to %.1f MB, verified in %.1f"
            + " s, all assessed in %.1f s%n",
        results,
        export.seconds,
        export.peakMb,
        Files.size(bundle) / MIB,
        verify.seconds,
        assess.seconds);
  }

  private static long epochNs() {
    return TimeUnit.SECONDS.toNanos(START.getEpochSecond());
  }

  private static double seconds(long startNs) {
    return (System.nanoTime() - startNs) / 1e9;
  }

  private void write() throws IOException {
    long[] nowNs = {epochNs()};
    try (Store store = Store.open(directory);
        HeadKeeper heads =
            new HeadKeeper(
                directory,
                store.heads(),
                KeyRing.open(directory, store, nowNs[0]),
                "bench",
                () -> nowNs[0])) {
      store.describe(Kpis.ALL);
      StoreBatch batch = new StoreBatch();
      String json = RegisterJson.write(register);
      batch.add(new RegisterRow(register.hash(), json, nowNs[0]));
      for (int day = 0; day < days; day++) {
        long dayNs = epochNs() + day * DAY_NS;
        for (Asset asset : register.assets()) {
          day(batch, asset, dayNs);
        }
        nowNs[0] = dayNs + DAY_NS;
        store.commit(
            batch,
            new Checkpoint(
                day + 1L,
                Snapshot.FORMAT,
                register.hash(),
                json,
                new byte[0],
                store.rows().plus(batch.rows()),
                nowNs[0]));
        heads.sign();
      }
    }
  }

  /** The windows of an asset, and their sum. */
  private void day(StoreBatch batch, Asset asset, long dayNs) {
    int its = asset.kind() == Asset.Kind.MACHINE ? MACHINE_KPIS : LINE_KPIS;
    for (Kpi kpi : kpis.subList(0, Math.min(its, kpis.size()))) {
      long[] sum = new long[kpi.counts().size()];
      for (int hour = 0; hour < 24; hour += WINDOW_HOURS) {
        long[] counts = new long[sum.length];
        for (int i = 0; i < counts.length; i++) {
          counts[i] = random.nextInt(COUNTED);
          sum[i] += counts[i];
        }
        long startNs = dayNs + hour * HOUR_NS;
        add(batch, kpi, asset, Span.WINDOW, startNs, startNs + WINDOW_HOURS * HOUR_NS, counts);
      }
      add(batch, kpi, asset, Span.DAY, dayNs, dayNs + DAY_NS, sum);
    }
  }

  private void add(
      StoreBatch batch, Kpi kpi, Asset asset, Span span, long startNs, long endNs, long[] counts) {
    batch.add(
        new Result(
            kpi.id(),
            asset.path(),
            span,
            startNs,
            endNs,
            0,
            register.hash(),
            counts,
            new byte[0],
            kpi.figure(counts, null)));
    results++;
  }

  /** How long a command took, and how much memory. */
  private record Command(double seconds, double peakMb) {

    static Command run(String... arguments) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(Child.opens());
      command.addAll(List.of("-Xmx320m", "-XX:+UseSerialGC", "-cp"));
      command.add(System.getProperty("java.class.path"));
      command.add(Feedrate.class.getName());
      command.addAll(List.of(arguments));
      Path output = Files.createTempFile("feedrate-bench-", ".log");
      long startNs = System.nanoTime();
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      double peak = 0;
      while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, residentMb(process.pid()));
      }
      double took = EvidenceBenchmark.seconds(startNs);
      String text = Files.readString(output);
      Files.delete(output);
      if (process.exitValue() != 0) {
        throw new IOException(String.join(" ", arguments) + "\n" + text);
      }
      return new Command(took, peak);
    }

    private static double residentMb(long pid) {
      try {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
          if (line.startsWith("VmHWM:")) {
            return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
          }
        }
      } catch (IOException e) {
        return 0; // it has just ended
      }
      return 0;
    }

    @Override
    public String toString() {
      return "%.1f | %.0f".formatted(seconds, peakMb);
    }
  }
}
