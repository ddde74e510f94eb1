package io.feedrate.benchmarks;

import java.util.Arrays;

/** Figures of several rounds: the middle one, the smallest and the largest. */
public record Spread(double median, double min, double max, int rounds) {

  /** Of at least one figure. */
  public static Spread of(double... figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1], n);
  }

  /** For each figure so much divided by it. */
  public Spread inverse(double of) {
    return new Spread(of / median, of / max, of / min, rounds);
  }
}
