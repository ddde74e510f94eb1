package io.feedrate.benchmarks;

import io.feedrate.benchmarks.peers.Contest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How fast the engine is, what it holds, and how others do the same work; one table. */
public final class EngineBenchmark {
  private static final int ROUNDS = 5;

  private final boolean brief;
  private final EngineTable table = new EngineTable();

  private EngineBenchmark(boolean brief) {
    this.brief = brief;
  }

  /** Runs the benchmark; {@code --short} in under a minute, with wider spreads. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, RunnerException {
    EngineBenchmark benchmark = new EngineBenchmark(List.of(arguments).contains("--short"));
    benchmark.run();
  }

  private void run() throws IOException, InterruptedException, RunnerException {
    long t=System.nanoTime();
    Cost atTenThousand = engine();
    System.err.println("JMH "+(System.nanoTime()-t)/1e9);
    t=System.nanoTime();
    state();
    System.err.println("state "+(System.nanoTime()-t)/1e9);
    t=System.nanoTime();
    spine();
    System.err.println("spine "+(System.nanoTime()-t)/1e9);
    t=System.nanoTime();
    Map<String, Contest.Score> scores = contest();
    System.err.println("contest "+(System.nanoTime()-t)/1e9);
    table.print();
    System.out.printf(
        Locale.ROOT,
        "%nengine: %.1f M samples/s, %.2f B/sample, %.1f x flink, %.1f x jet, %.1f x plain,"
            + " %.2f of ceiling%n",
        1000 / atTenThousand.ns.median(),
        atTenThousand.bytes,
        ratio(scores, "flink"),
        ratio(scores, "jet"),
        ratio(scores, "plain"),
        ratio(scores, "arrays"));
  }

  private static double ratio(Map<String, Contest.Score> scores, String name) {
    Contest.Score score = scores.get(name);
    if (score == null) {
      throw new IllegalStateException(name + " did not take part");
    }
    return score.ratio().median();
  }

  /** CPU nanoseconds and bytes a sample. */
  private record Cost(Spread ns, double bytes) {}

  private Cost engine() throws RunnerException {
    Cost thousand = measure("1000", "100", "60", "-1");
    Cost tenThousand = measure("10000", "100", "60", "-1");
    Cost hundredThousand = measure("100000", "100", "60", "-1");
    Cost million = measure("1000000", "100", "60", "-1");
    row("engine, 1,000 signals", thousand, "");
    row("engine, 10,000 signals", tenThousand, "≥ 20 M/s, 0 B");
    row("engine, 100,000 signals", hundredThousand, "≥ 8 M/s");
    row("engine, 1,000,000 signals", million, "stated");
    row(
        "engine, 100,000 signals in random order",
        measure("100000", "1", "60", "-1"),
        "stated");
    table.ratio(
        "a sample at 100,000 signals costs so many times one at 1,000",
        hundredThousand.ns.median() / thousand.ns.median(),
        "≤ 2");
    Cost hours = measure("10000", "100", "3600", "-1");
    row("engine, 10,000 signals, windows of 1 h", hours, "as 1 min");
    row("… in its first windows of 1 min", measure("10000", "100", "60", "0"), "");
    int many = brief ? 20 : 200;
    row(
        "… after " + many + " windows of 1 min",
        measure("10000", "100", "60", String.valueOf(many)),
        "as the first");
    return tenThousand;
  }

  private void row(String what, Cost cost, String wanted) {
    table.speed(what, cost.ns, cost.bytes, "", wanted);
  }

  private Cost measure(String signals, String perPublish, String window, String before)
      throws RunnerException {
    boolean history = !before.startsWith("-");
    TimeValue time = TimeValue.milliseconds(brief || history ? 300 : 1000);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(EngineJmh.class.getName() + ".round")
            .param("signals", signals)
            .param("perPublish", perPublish)
            .param("windowSeconds", window)
            .param("windowsBefore", before)
            .forks(1)
            .warmupIterations(brief ? 2 : 3)
            .warmupTime(time)
            .measurementIterations(brief ? 3 : ROUNDS)
            .measurementTime(time)
            .verbosity(VerboseMode.SILENT)
            .addProfiler(GCProfiler.class)
            .addProfiler(SampleCost.class)
            .jvmArgs(
                Stream.concat(Child.opens().stream(), Contest.OPTIONS.stream())
                    .toArray(String[]::new));
    RunResult result = new Runner(options.build()).runSingle();
    var figures = result.getSecondaryResults();
    double[] ns =
        result.getAggregatedResult().getIterationResults().stream()
            .mapToDouble(i -> i.getSecondaryResults().get(SampleCost.NS).getScore())
            .toArray();
    double bytes =
        figures.get("gc.alloc.rate.norm").getScore()
            / figures.get(SampleCost.SAMPLES).getScore();
    return new Cost(Spread.of(ns), bytes);
  }

  private void state() throws IOException, InterruptedException {
    Map<String, double[]> figures = new java.util.HashMap<>();
    try (Child probe =
        Child.start(
            List.of("-Xmx2g", "-XX:+UseSerialGC", "-Djol.magicFieldOffset=true", "-Djdk.attach.allowAttachSelf=true"),
            StateProbe.class,
            brief ? "10" : "50")) {
      for (String line : probe.lines()) {
        String[] words = line.split(" ");
        figures.put(
            words[0], Stream.of(words).skip(1).mapToDouble(Double::parseDouble).toArray());
      }
    }
    table.figure(
        "engine's memory a signal, 10,000 signals",
        "%.0f B: register %.0f, buffer of the last snapshot %.0f, state the rest"
            .formatted(
                figures.get("memory")[0],
                figures.get("memory.register")[0],
                figures.get("memory.snapshot")[0]),
        "≤ 256 B");
    table.figure(
        "its snapshot, 10,000 signals",
        "%.2f MB".formatted(figures.get("snapshot.bytes")[0] / 1e6),
        "< 4 MB");
    table.time("… written", Spread.of(figures.get("snapshot.write")), "< 20 ms");
    table.time("… restored", Spread.of(figures.get("snapshot.restore")), "< 20 ms");
  }

  private void spine() throws IOException, InterruptedException {
    List<String> options = List.of("-Xmx512m", "-XX:+UseSerialGC");
    List<Double> ns = new ArrayList<>();
    double bytes = 0;
    for (int round = 0; round < (brief ? 1 : 3); round++) {
      try (Child spine = Child.start(options, SpineBenchmark.class, "--short")) {
        List<String> lines = spine.lines();
        String[] words = lines.get(lines.size() - 1).split("[ ,]+");
        ns.add(1000 / Double.parseDouble(words[1]));
        bytes = Double.parseDouble(words[4]);
      }
    }
    table.speed(
        "journal to results: read, decode, compute, persist",
        Spread.of(ns.stream().mapToDouble(d -> d).toArray()),
        bytes,
        "",
        "≥ 4 M/s");
  }

  private Map<String, Contest.Score> contest() throws IOException {
    try (Contest contest = new Contest(brief)) {
      Map<String, Contest.Score> scores = contest.run(brief ? 2 : ROUNDS);
      Map<String, String> titles =
          Map.of(
              "feedrate", "Feedrate's engine",
              "arrays", "loop over arrays (ceiling)",
              "plain", "plain Java, maps and objects",
              "jet", "Hazelcast Jet 5.7.0",
              "flink", "Apache Flink 2.3.0");
      Map<String, String> wanted = Map.of("plain", "≥ 5 x", "jet", "≥ 8 x", "flink", "≥ 25 x");
      scores.forEach(
          (name, score) ->
              table.speed(
                  "side by side: " + titles.get(name),
                  score.ns(),
                  score.bytes().median(),
                  "%.2f x (%.2f … %.2f)"
                      .formatted(
                          score.ratio().median(), score.ratio().min(), score.ratio().max()),
                  wanted.getOrDefault(name, "")));
      return scores;
    }
  }
}
