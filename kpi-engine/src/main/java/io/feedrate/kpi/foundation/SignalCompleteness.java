package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.SignalIndex;
import io.feedrate.kpi.State;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Completeness (C_ev) over signals instead of slots, so that a dead slow sensor is not hidden by
 * healthy fast ones: the mean in which each signal weighs the same, the worst signal, and what nine
 * of ten signals reach.
 *
 * <p>A signal's completeness is taken once for each of its windows (an hour, unless the register
 * says otherwise), in parts per million rounded down, when that window closes, and counts for its
 * asset in the base window that ends with it; minutes in between have no figure. What is late for a
 * signal's window afterwards revises that window, but not what is counted here: a histogram cannot
 * take anything back, and mean and worst must be about the same signals.
 *
 * <p>The histogram holds what is missing to 100 %, in ppm and with two digits: it is finest where
 * signals are nearly complete. Worst and tenth percentile are of the lower bound, in which
 * ambiguous slots are missing.
 *
 * <p><b>Unit</b>: 1, of signal-windows. <b>Source</b>: house definition, beside ISO/IEC 25024:2015
 * Com-I-3. <b>Thread</b>: the engine's. <b>Allocation</b>: when a signal's window closes.
 */
public final class SignalCompleteness implements Meter {
  private static final int SIGNALS = 0;
  private static final int SUM_PPM = 1;
  private static final int AMBIGUOUS_PPM = 2;
  private static final long ALL_PPM = 1_000_000;
  private static final double PERCENT_90 = 90;
  private static final String ID = "signal_weighted_completeness";
  private static final String SOURCE = "house definition, beside ISO/IEC 25024:2015 Com-I-3";
  private static final List<String> COUNTS = List.of("signals", "sum_ppm", "ambiguous_ppm");

  /** The mean over signals. */
  public static final Kpi WEIGHTED =
      new Kpi(
          ID,
          ID,
          "Sensor data completeness, each signal weighing the same",
          "1",
          true,
          "sum of C_ev over signals / signals",
          SOURCE,
          COUNTS,
          (n, histogram) -> mean(n));

  /** The worst signal. */
  public static final Kpi WORST =
      new Kpi(
          "worst_signal_completeness",
          ID,
          "Sensor data completeness of the worst signal",
          "1",
          true,
          "smallest C_ev over signals",
          SOURCE,
          COUNTS,
          (n, histogram) ->
              histogram == null ? of(n, 0, 0) : of(n, histogram, histogram.getMaxValue()));

  /** What nine of ten signals reach. */
  public static final Kpi P10 =
      new Kpi(
          "p10_signal_completeness",
          ID,
          "Sensor data completeness, 10th percentile over signals",
          "1",
          true,
          "largest c that 90 % of the signals reach: C_ev >= c",
          SOURCE,
          COUNTS,
          (n, histogram) ->
              histogram == null
                  ? of(n, 0, 0)
                  : of(n, histogram, histogram.getValueAtPercentile(PERCENT_90)));

  private final SignalIndex signals;
  private final Tally ofSignals;
  private final Tally tally;
  private final long[] n = new long[Outcome.COUNT];

  public SignalCompleteness(Setting setting) {
    signals = setting.signals();
    ofSignals = setting.signalWindows().tallyOf(Completeness.EVENTUAL);
    tally = setting.tally(WEIGHTED);
  }

  private static Figure mean(long[] n) {
    double all = n[SIGNALS] * (double) ALL_PPM;
    if (n[SIGNALS] == 0) {
      return Figure.NOT_APPLICABLE;
    }
    boolean doubtful = n[AMBIGUOUS_PPM] > Completeness.DEFAULT_MAX_AMBIGUOUS_SHARE * all;
    double lower = n[SUM_PPM] / all;
    double upper = (n[SUM_PPM] + n[AMBIGUOUS_PPM]) / all;
    return new Figure(doubtful ? State.INSUFFICIENT_EVIDENCE : State.MEASURED, lower, lower, upper);
  }

  private static Figure of(long[] n, Histogram missing, long ppm) {
    return of(n, missing.lowestEquivalentValue(ppm), missing.highestEquivalentValue(ppm));
  }

  private static Figure of(long[] n, long leastMissing, long mostMissing) {
    if (n[SIGNALS] == 0) {
      return Figure.NOT_APPLICABLE;
    }
    double lower = (double) (ALL_PPM - Math.min(ALL_PPM, mostMissing)) / ALL_PPM;
    double upper = (double) (ALL_PPM - Math.min(ALL_PPM, leastMissing)) / ALL_PPM;
    return new Figure(State.MEASURED, lower, lower, upper);
  }

  @Override
  public void onSignalClose(int signal, long startNs, long endNs) {
    for (int o = 0; o < n.length; o++) {
      n[o] = ofSignals.get(signal, o, startNs);
    }
    long inScope = Completeness.inScope(n);
    if (inScope == 0) {
      return;
    }
    long usable = n[Outcome.GOOD.ordinal()] + n[Outcome.GOOD_LATE.ordinal()];
    long usablePpm = usable * ALL_PPM / inScope;
    long inWindowNs = endNs - 1;
    tally.add(signals.asset(signal), SIGNALS, inWindowNs, 1);
    tally.add(signals.asset(signal), SUM_PPM, inWindowNs, usablePpm);
    tally.add(
        signals.asset(signal),
        AMBIGUOUS_PPM,
        inWindowNs,
        n[Outcome.AMBIGUOUS.ordinal()] * ALL_PPM / inScope);
    tally.record(signals.asset(signal), inWindowNs, ALL_PPM - usablePpm);
  }
}
