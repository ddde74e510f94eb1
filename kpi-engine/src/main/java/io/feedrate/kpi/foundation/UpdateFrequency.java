package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.State;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Histograms;
import io.feedrate.kpi.window.Tally;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Currentness of periodic signals: the share of the time in scope in which the newest value, by its
 * source time, was not older than the required age (period plus deadline), and the longest gap
 * between values of those that are longer than that. Age and gaps grow in scope only: a planned
 * stop makes nothing old. What the value is worth does not matter here, and a link that is down
 * only matters by the values that do not come. A signal without any value is not current.
 *
 * <p>A gap counts where it ends. One that is still open at the end of a window counts there as long
 * as it is by then, so a dead sensor shows in each window; the number of gaps in the histogram is
 * therefore not that of interruptions, but the longest is the longest over any time. Gaps over an
 * hour are kept as an hour.
 *
 * <p><b>Unit</b>: signal-milliseconds; s for gaps. <b>Source</b>: ISO/IEC 25024:2015 Cur-I-1,
 * ISO/IEC 5259-2 Cur-ML-1 and -2 (per secondary sources). <b>Thread</b>: the engine's.
 * <b>Allocation</b>: 0, but for an asset's first gap of a window. Its time comes from {@link
 * HeldValues}.
 */
public final class UpdateFrequency {
  private static final int CURRENT = 0;
  private static final int STALE = 1;
  private static final int EXCLUDED = 2;
  private static final String ID = "update_frequency_conformity";
  private static final String SOURCE =
      "ISO/IEC 25024:2015 Cur-I-1, ISO/IEC 5259-2 Cur-ML-1/-2 (per secondary sources)";
  private static final List<String> COUNTS = List.of("current_ms", "stale_ms", "excluded_ms");
  private static final double MICROSECONDS = 1e6;
  private static final long MICROSECOND_NS = 1_000;

  /** Time with a value that is current. */
  public static final Kpi CONFORMITY =
      new Kpi(
          ID,
          ID,
          "Update frequency conformity",
          "1",
          true,
          "time with age <= period + deadline / time in scope, over periodic signals",
          SOURCE,
          COUNTS,
          (n, histogram) -> Figure.ratio(n[CURRENT], n[CURRENT] + n[STALE]));

  /** The longest gap that is too long; 0 where none is. */
  public static final Kpi LONGEST_GAP =
      new Kpi(
          "longest_gap",
          ID,
          "Longest gap beyond the required age",
          "s",
          false,
          "longest time in scope between values of those over period + deadline; 0 if none is over",
          SOURCE,
          COUNTS,
          (n, histogram) ->
              n[CURRENT] + n[STALE] == 0
                  ? Figure.NOT_APPLICABLE
                  : histogram == null ? Figure.exact(0) : longest(histogram));

  private final Tally tally;
  private final long[] sum = new long[COUNTS.size()];

  UpdateFrequency(Setting setting) {
    tally = setting.tally(CONFORMITY);
  }

  private static Figure longest(Histogram gaps) {
    long longest = gaps.getMaxValue();
    double lower = gaps.lowestEquivalentValue(longest) / MICROSECONDS;
    double upper = gaps.highestEquivalentValue(longest) / MICROSECONDS;
    boolean isMore = longest >= Histograms.HIGHEST;
    return new Figure(State.MEASURED, lower, lower, isMore ? Double.POSITIVE_INFINITY : upper);
  }

  void current(long ms) {
    sum[CURRENT] += ms;
  }

  void stale(long ms) {
    sum[STALE] += ms;
  }

  void excluded(long ms) {
    sum[EXCLUDED] += ms;
  }

  /** What was told since the last time counts for an asset. */
  void count(int asset, long atNs) {
    for (int kind = 0; kind < sum.length; kind++) {
      if (sum[kind] != 0) {
        tally.add(asset, kind, atNs, sum[kind]);
        sum[kind] = 0;
      }
    }
  }

  void gap(int asset, long atNs, long gapNs) {
    tally.record(asset, atNs, gapNs / MICROSECOND_NS);
  }
}
