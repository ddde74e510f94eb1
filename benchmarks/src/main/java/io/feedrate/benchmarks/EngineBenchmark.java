package io.feedrate.benchmarks;

import io.feedrate.benchmarks.peers.Contest;
import io.feedrate.benchmarks.peers.Peer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

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
    new EngineBenchmark(List.of(arguments).contains("--short")).run();
  }

  private void run() throws IOException, InterruptedException, RunnerException {
    EngineRuns.Cost tenThousand = engine(new EngineRuns(brief));
    spine();
    List<Contest.Score> scores = contest();
    state();
    explain();
    table.print();
    System.out.printf(
        Locale.ROOT,
        "%nengine: %.1f M samples/s, %.2f B/sample, %.1f x flink, %.1f x jet, %.1f x plain,"
            + " %.2f of ceiling%n",
        1000 / tenThousand.ns().median(),
        tenThousand.bytes(),
        ratio(scores, Peer.FLINK),
        ratio(scores, Peer.JET),
        ratio(scores, Peer.PLAIN),
        ratio(scores, Peer.ARRAYS));
  }

  private static double ratio(List<Contest.Score> scores, Peer peer) {
    return scores.get(peer.ordinal()).ratio().median();
  }

  private EngineRuns.Cost engine(EngineRuns runs) throws RunnerException {
    EngineRuns.Cost thousand = runs.signals(1_000);
    EngineRuns.Cost tenThousand = runs.signals(10_000);
    EngineRuns.Cost hundredThousand = runs.signals(100_000);
    engine("1,000 signals", thousand, "");
    engine("10,000 signals", tenThousand, "≥ 20 M/s, 0 B");
    engine("10,000 signals, no faults", runs.faultless(10_000), "");
    engine("100,000 signals", hundredThousand, "≥ 8 M/s");
    engine("1,000,000 signals", runs.signals(1_000_000), "it works");
    engine("100,000 signals, samples in random order", runs.shuffled(100_000), "");
    engine("10,000 signals, windows of 1 h", runs.window(10_000, 3600), "as with 1 min");
    engine("10,000 signals, its first windows", runs.after(10_000, 0), "");
    int windows = brief ? 10 : 200;
    engine(
        "10,000 signals, after " + windows + " windows",
        runs.after(10_000, windows),
        "as the first");
    table.figure(
        "engine: cost at 100,000 signals, of that at 1,000",
        "%.2f x".formatted(hundredThousand.ns().median() / thousand.ns().median()),
        "≤ 2 x");
    return tenThousand;
  }

  private void engine(String what, EngineRuns.Cost cost, String wanted) {
    String all = Double.isNaN(cost.withResults()) ? "" : text("%.2f", cost.withResults());
    table.speed("engine: " + what, cost.ns(), cost.bytes(), all, "", wanted);
  }

  private void spine() throws IOException, InterruptedException {
    List<String> options = List.of("-Xmx512m", "-XX:+UseSerialGC");
    double[] ns = new double[brief ? 1 : 3];
    double bytes = 0;
    for (int round = 0; round < ns.length; round++) {
      try (Child spine = Child.start(options, SpineBenchmark.class, "--short")) {
        List<String> lines = spine.lines();
        List<String> words = Child.words(lines.get(lines.size() - 1));
        ns[round] = 1000 / Double.parseDouble(words.get(1));
        bytes = Double.parseDouble(words.get(4));
      }
    }
    table.speed(
        "journal to results: read, decode, compute, persist",
        Spread.of(ns),
        Double.NaN,
        text("%.2f", bytes),
        "",
        "≥ 4 M/s");
  }

  private List<Contest.Score> contest() throws IOException {
    try (Contest contest = new Contest(brief ? 2 : ROUNDS, brief)) {
      List<Contest.Score> scores = contest.run();
      for (Contest.Score score : scores) {
        Spread ratio = score.ratio();
        table.speed(
            "same counts: " + score.peer().title(),
            score.ns(),
            Double.NaN,
            text("%.2f", Math.max(0, score.bytes().median())),
            text("%.2f x (%.2f … %.2f)", ratio.median(), ratio.min(), ratio.max()),
            score.peer().wanted());
      }
      return scores;
    }
  }

  private void state() throws IOException, InterruptedException {
    try (Child probe =
        Child.start(
            List.of(
                "-Xmx2g",
                "-XX:+UseSerialGC",
                "-Djol.magicFieldOffset=true",
                "-Djdk.attach.allowAttachSelf=true"),
            StateProbe.class,
            brief ? "10" : "50")) {
      StateProbe.Figures figures = StateProbe.Figures.of(probe.lines());
      memory("10,000 signals", figures.usual(), "≤ 256 B");
      memory("10,000 signals, no faults", figures.faultless(), "≤ 256 B");
      table.figure("snapshot: size", text("%.2f MB", figures.snapshotBytes() / 1e6), "< 4 MB");
      table.figure("snapshot: write", ms(figures.write()), "< 20 ms");
      table.figure("snapshot: restore", ms(figures.restore()), "< 20 ms");
    }
  }

  private void memory(String what, StateProbe.Memory memory, String wanted) {
    table.figure(
        "engine's memory a signal: " + what,
        text(
            "%.0f B: state %.0f, register %.0f, last snapshot's buffer %.0f",
            memory.all(), memory.state(), memory.register(), memory.snapshot()),
        wanted);
  }

  private void explain() {
    System.out.printf(
        """
        Engine rows: JMH in a process each, CPU time of the one thread; windows of 1 min, signals
        of 1 h. Same counts: %,d signals, per signal and minute the slots in time, late, bad and
        missing, equal answers asserted; CPU time of the whole process, difference of two sizes,
        everybody in turn in every round. Speeds are per CPU second: the middle of the rounds.
        Of all samples 2 %% are missing, 2 %% late, 1 %% bad, 1 %% come twice; no faults: none.
        JDK %s, %s; all with %s.

        """,
        Contest.SIGNALS,
        Runtime.version(),
        brief ? "short, so not to be quoted" : "in full",
        String.join(" ", Contest.OPTIONS));
  }

  private static String ms(Spread spread) {
    return text(
        "%.1f ms (%.1f … %.1f, %d times)",
        spread.median(), spread.min(), spread.max(), spread.rounds());
  }

  private static String text(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }
}
