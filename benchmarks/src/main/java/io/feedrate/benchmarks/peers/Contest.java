package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Child;
import io.feedrate.benchmarks.Spread;
import io.feedrate.benchmarks.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All contestants over the same samples. They play in turn, round after round, so that what else
 * happens on the machine hits all alike; in each round a minute and then many minutes, and the
 * difference is what counts: starting a job or building a register is not the price of a sample.
 *
 * <p>The first play of each warms it up. Every play's answers must be those of the arrays, which
 * this process computes for itself.
 */
public final class Contest implements AutoCloseable {
  private static final int SIGNALS = 10_000;
  private static final long SEED = 42;

  /** One heap and the collector that favours throughput for all. */
  public static final List<String> OPTIONS = List.of("-Xms2g", "-Xmx2g", "-XX:+UseParallelGC");

  /** Who takes part, and how many minutes take each about a second. */
  private static final Map<String, Integer> MINUTES = new LinkedHashMap<>();

  static {
    MINUTES.put("feedrate", 40);
    MINUTES.put("arrays", 250);
    MINUTES.put("plain", 40);
    MINUTES.put("jet", 12);
    MINUTES.put("flink", 8);
  }

  /**
   * What came out.
   *
   * @param ns CPU nanoseconds a sample
   * @param bytes allocated a sample
   * @param ratio its cost a sample divided by ours in the same round
   */
  public record Score(Spread ns, Spread bytes, Spread ratio) {}

  private final Trace trace = Trace.of(SIGNALS, Answers.SLOTS, Trace.SIGNALS_PER_MACHINE, SEED);
  private final Map<Integer, String> expected = new LinkedHashMap<>();
  private final Map<String, Child> processes = new LinkedHashMap<>();
  private final int divisor;

  /** Starts all; {@code brief} for about a quarter of the samples. */
  public Contest(boolean brief) throws IOException {
    divisor = brief ? 4 : 1;
    for (String name : MINUTES.keySet()) {
      processes.put(
          name,
          Child.start(
              OPTIONS,
              ContestantProcess.class,
              name,
              String.valueOf(SIGNALS),
              String.valueOf(Answers.SLOTS),
              String.valueOf(SEED)));
    }
  }

  /** The scores by name, ours first. */
  public Map<String, Score> run(int rounds) throws IOException {
    for (Child process : processes.values()) {
      process.answer(); // is ready
    }
    Map<String, double[]> ns = new LinkedHashMap<>();
    Map<String, double[]> bytes = new LinkedHashMap<>();
    for (String name : processes.keySet()) {
      play(name, minutes(name));
      ns.put(name, new double[rounds]);
      bytes.put(name, new double[rounds]);
    }
    for (int round = 0; round < rounds; round++) {
      for (String name : processes.keySet()) {
        long[] one = play(name, 1);
        long[] many = play(name, minutes(name));
        double samples = (double) trace.size() * (minutes(name) - 1);
        ns.get(name)[round] = (many[0] - one[0]) / samples;
        bytes.get(name)[round] = (many[1] - one[1]) / samples;
      }
    }
    return scores(ns, bytes);
  }

  private Map<String, Score> scores(Map<String, double[]> ns, Map<String, double[]> bytes) {
    double[] ours = ns.get("feedrate");
    Map<String, Score> scores = new LinkedHashMap<>();
    for (String name : processes.keySet()) {
      double[] ratios = ns.get(name).clone();
      for (int round = 0; round < ratios.length; round++) {
        ratios[round] /= ours[round];
      }
      scores.put(
          name,
          new Score(Spread.of(ns.get(name)), Spread.of(bytes.get(name)), Spread.of(ratios)));
    }
    return scores;
  }

  private int minutes(String name) {
    return Math.max(2, MINUTES.get(name) / divisor);
  }

  /** CPU nanoseconds and bytes. */
  private long[] play(String name, int minutes) throws IOException {
    Child process = processes.get(name);
    process.say(String.valueOf(minutes));
    String[] answer = process.answer().split(" ", 3);
    String wanted = expected.computeIfAbsent(minutes, this::expect);
    if (!answer[2].equals(wanted)) {
      throw new IllegalStateException(
          "%s answers %s, expected is %s".formatted(name, answer[2], wanted));
    }
    return new long[] {Long.parseLong(answer[0]), Long.parseLong(answer[1])};
  }

  private String expect(int minutes) {
    Answers answers = new Answers();
    new ArraysContestant().run(trace, minutes, answers);
    return answers.toString();
  }

  /** Samples that one play of a minute has. */
  public int samplesPerMinute() {
    return trace.size();
  }

  @Override
  public void close() throws IOException {
    for (Child process : processes.values()) {
      process.close();
    }
  }
}
