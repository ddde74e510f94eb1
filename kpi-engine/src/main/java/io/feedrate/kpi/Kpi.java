package io.feedrate.kpi;

import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A measure: what it means, and the pure function from base counts to its figure. Counts add and
 * histograms merge over windows and subjects; figures are only ever computed from them, so a ratio
 * is never averaged.
 *
 * @param id stable, lower_snake_case
 * @param basis id of the KPI whose results hold the counts: its own, or that of another KPI that is
 *     computed from the same counts
 * @param name what people read
 * @param unit "1" for a ratio, "s" for a duration (UCUM)
 * @param higherIsBetter which way is good
 * @param formula in words and symbols
 * @param source standard and clause, with how sure we are
 * @param counts names of the base counts, in the order of {@link Result#counts()}
 * @param measure computes the figure
 * @param waiting where the figure is an estimate over episodes instead of counts: which, and which
 *     quantile
 */
public record Kpi(
    String id,
    String basis,
    String name,
    String unit,
    boolean higherIsBetter,
    String formula,
    String source,
    List<String> counts,
    Measure measure,
    Optional<Waiting> waiting) {

  /** Basis of the KPIs that are estimated over episodes. */
  public static final String EPISODES = "episodes";

  /** The most base counts that a KPI can have. */
  public static final int MAX_COUNTS = 48;

  public Kpi {
    counts = List.copyOf(counts);
    if (counts.size() > MAX_COUNTS) {
      throw new IllegalArgumentException(id + " has more than " + MAX_COUNTS + " counts");
    }
  }

  /** A KPI that is computed from counts. */
  public Kpi(
      String id,
      String basis,
      String name,
      String unit,
      boolean higherIsBetter,
      String formula,
      String source,
      List<String> counts,
      Measure measure) {
    this(id, basis, name, unit, higherIsBetter, formula, source, counts, measure, Optional.empty());
  }

  /**
   * Which episodes a KPI is estimated over.
   *
   * @param quantile over 0, under 1: 0.5 for the median
   * @param byReceipt whether on the collector's clock alone instead of the sources' clocks
   */
  public record Waiting(Episode.Kind kind, double quantile, boolean byReceipt) {}

  /** A waiting time in seconds, estimated over episodes; lower is better. */
  public static Kpi waiting(
      String id, String name, String formula, String source, Waiting waiting) {
    return new Kpi(
        id,
        EPISODES,
        name,
        "s",
        false,
        formula,
        source,
        List.of(),
        (counts, histogram) -> Figure.INSUFFICIENT,
        Optional.of(waiting));
  }

  /** The figure for these counts and, where the KPI has one, this histogram of microseconds. */
  public Figure figure(long[] values, @Nullable Histogram histogram) {
    if (values.length != counts.size()) {
      throw new IllegalArgumentException(
          id + " has " + counts.size() + " counts: " + values.length);
    }
    return measure.figure(values, histogram);
  }

  /** A pure function from base counts to a figure. */
  @FunctionalInterface
  public interface Measure {
    /**
     * Computes the figure.
     *
     * @param counts base counts in the order of {@link Kpi#counts()}
     * @param histogram durations in microseconds, or null where the KPI has none
     */
    Figure figure(long[] counts, @Nullable Histogram histogram);
  }
}
