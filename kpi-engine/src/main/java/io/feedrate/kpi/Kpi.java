package io.feedrate.kpi;

import java.util.List;
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
    Measure measure) {

  public Kpi {
    counts = List.copyOf(counts);
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
