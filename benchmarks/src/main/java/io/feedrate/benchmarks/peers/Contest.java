package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Child;
import io.feedrate.benchmarks.Spread;
import io.feedrate.benchmarks.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All contestants over the same samples. They play in turn, round after round, so that what else
 * happens on the machine hits all alike; in each round a minute and then many minutes, and the
 * difference is what counts: starting a job or building a register is not the price of a sample.
 *
 * <p>The first plays of each warm it up. Every play's answers must be those of the arrays, which
 * this process computes for itself.
 */
public final class Contest implements AutoCloseable {

  /** One heap and the collector that favours throughput for all. */
  public static final List<String> OPTIONS = List.of("-Xms2g", "-Xmx2g", "-XX:+UseParallelGC");

  /** Signals of the contest. */
  public static final int SIGNALS = 10_000;

  private static final long SEED = 42;
  private static final int BRIEF = 4;
  private static final int LEAST_MINUTES = 4;

  /**
   * What came out.
   *
   * @param ns CPU nanoseconds a sample
   * @param bytes allocated a sample
   * @param ratio its cost a sample divided by ours in the same round
   */
  public record Score(Peer peer, Spread ns, Spread bytes, Spread ratio) {}

  private final Trace trace = Trace.of(SIGNALS, Answers.SLOTS, Trace.SIGNALS_PER_MACHINE, SEED);
  private final Map<Integer, String> expected = new HashMap<>();
  private final List<Player> players = new ArrayList<>();
  private final int rounds;

  /** Starts all; {@code brief} for about a quarter of the samples. */
  public Contest(int rounds, boolean brief) throws IOException {
    this.rounds = rounds;
    for (Peer peer : Peer.values()) {
      Child process =
          Child.start(
              OPTIONS,
              ContestantProcess.class,
              peer.name(),
              String.valueOf(SIGNALS),
              String.valueOf(Answers.SLOTS),
              String.valueOf(SEED));
      int minutes = brief ? Math.max(LEAST_MINUTES, peer.minutes() / BRIEF) : peer.minutes();
      players.add(new Player(peer, process, minutes, rounds));
    }
  }

  /** A contestant's process and its figures, one a round. */
  private static final class Player {
    private final Peer peer;
    private final Child process;
    private final int minutes;
    private final double[] ns;
    private final double[] bytes;

    Player(Peer peer, Child process, int minutes, int rounds) {
      this.peer = peer;
      this.process = process;
      this.minutes = minutes;
      ns = new double[rounds];
      bytes = new double[rounds];
    }
  }

  /** The scores, ours first. */
  public List<Score> run() throws IOException {
    for (Player player : players) {
      player.process.answer(); // is ready
    }
    for (Player player : players) {
      play(player, player.minutes);
      play(player, 1);
    }
    for (int round = 0; round < rounds; round++) {
      for (Player player : players) {
        long[] one = play(player, 1);
        long[] many = play(player, player.minutes);
        double samples = (double) trace.size() * (player.minutes - 1);
        player.ns[round] = (many[0] - one[0]) / samples;
        player.bytes[round] = (many[1] - one[1]) / samples;
      }
    }
    return players.stream().map(this::score).toList();
  }

  private Score score(Player player) {
    double[] ratios = player.ns.clone();
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] /= players.get(0).ns[round];
    }
    return new Score(player.peer, Spread.of(player.ns), Spread.of(player.bytes), Spread.of(ratios));
  }

  /** CPU nanoseconds and bytes. */
  private long[] play(Player player, int minutes) throws IOException {
    player.process.say(String.valueOf(minutes));
    List<String> answer = Child.words(player.process.answer());
    String wanted = expected.computeIfAbsent(minutes, this::expect);
    if (!answer.get(2).equals(wanted)) {
      throw new IllegalStateException(
          "%s answers %s, expected is %s".formatted(player.peer, answer.get(2), wanted));
    }
    return new long[] {Long.parseLong(answer.get(0)), Long.parseLong(answer.get(1))};
  }

  private String expect(int minutes) {
    Answers answers = new Answers();
    new ArraysContestant().run(trace, minutes, answers);
    return answers.toString();
  }

  @Override
  public void close() throws IOException {
    for (Player player : players) {
      player.process.close();
    }
  }
}
