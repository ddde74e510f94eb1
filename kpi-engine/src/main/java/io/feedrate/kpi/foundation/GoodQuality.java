package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Good-quality ratio: time in scope in which signals held a value of good status. A value's status
 * holds until the signal's next value; Uncertain is not good. The time is unknown, and not good,
 * while the link is down or nothing proves that it was up, over lost messages, and until a signal's
 * first value after a new connection (of on-change signals after lost messages as well). A value
 * that breaks the schema is bad; whether one is in range is not asked here. Signals of the event
 * mode do not count.
 *
 * <p><b>Unit</b>: signal-milliseconds. <b>Source</b>: OPC 10000-13, PercentGood with
 * TreatUncertainAsBad; stepped values. <b>Thread</b>: the engine's. <b>Allocation</b>: 0. Its time
 * comes from {@link HeldValues}.
 */
public final class GoodQuality {
  private static final int EXCLUDED = Runs.UNKNOWN + 1;

  /** Time with a good value. */
  public static final Kpi KPI =
      new Kpi(
          "good_quality_ratio",
          "good_quality_ratio",
          "Good quality ratio",
          "1",
          true,
          "time with good status / time in scope",
          "OPC 10000-13 PercentGood, TreatUncertainAsBad",
          List.of("good_ms", "uncertain_ms", "bad_ms", "unknown_ms", "excluded_ms"),
          (n, histogram) ->
              Figure.ratio(
                  n[Runs.GOOD], n[Runs.GOOD] + n[Runs.UNCERTAIN] + n[Runs.BAD] + n[Runs.UNKNOWN]));

  private final Tally tally;
  private final long[] sum = new long[KPI.counts().size()];

  GoodQuality(Setting setting) {
    tally = setting.tally(KPI);
  }

  void held(int worth, long ms) {
    sum[worth] += ms;
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
}
