package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.State;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Sensor data completeness from slot outcomes. Three numbers that are never mixed: in time (C_rt,
 * see {@link Timeliness}), with late data (C_ev, the headline), and of all slots without regard to
 * exclusions (C_gross).
 *
 * <p>A ratio here is a census, not a sample: its bounds come from slots of which it cannot be known
 * whether a usable value was there, not from statistics.
 *
 * <p><b>Source</b>: house definition; anchors are ISO/IEC 25024:2015 Com-I-3 and ISO/IEC 5259-2
 * Com-ML-2 (both per secondary sources) and OPC 10000-13 PercentGood, which treats Uncertain as bad
 * by default.
 */
public final class Completeness {

  /**
   * Share of ambiguous slots over which completeness is not evidence, where nothing else is set.
   */
  public static final double DEFAULT_MAX_AMBIGUOUS_SHARE = 0.2;

  /** Names of the outcome counts, in order. */
  public static final List<String> OUTCOMES =
      Arrays.stream(Outcome.values()).map(o -> o.name().toLowerCase(Locale.ROOT)).toList();

  private static final String ID = "sensor_data_completeness";

  /** C_ev: usable values in time or late, of the slots in scope. */
  public static final Kpi EVENTUAL =
      new Kpi(
          ID,
          ID,
          "Sensor data completeness",
          "1",
          true,
          "C_ev = (GOOD + GOOD_LATE) / slots in scope",
          "ISO/IEC 25024:2015 Com-I-3, ISO/IEC 5259-2 Com-ML-2 (per secondary sources)",
          OUTCOMES,
          (n, histogram) -> ratio(n, at(n, Outcome.GOOD) + at(n, Outcome.GOOD_LATE), inScope(n)));

  /** C_gross: usable values of all slots, exclusions included in the denominator. */
  public static final Kpi GROSS =
      new Kpi(
          "gross_completeness",
          ID,
          "Gross sensor data completeness",
          "1",
          true,
          "C_gross = (GOOD + GOOD_LATE) / all slots",
          "house definition",
          OUTCOMES,
          (n, histogram) -> ratio(n, at(n, Outcome.GOOD) + at(n, Outcome.GOOD_LATE), all(n)));

  private Completeness() {}

  /** Slots in scope: all but the excluded ones. */
  public static long inScope(long[] counts) {
    return all(counts) - at(counts, Outcome.EXCLUDED);
  }

  /** All slots. */
  public static long all(long[] counts) {
    return Arrays.stream(counts).sum();
  }

  private static long at(long[] counts, Outcome outcome) {
    return counts[outcome.ordinal()];
  }

  static Figure ratio(long[] counts, long usable, long of) {
    long ambiguous = at(counts, Outcome.AMBIGUOUS);
    if (of == 0) {
      return Figure.NOT_APPLICABLE;
    }
    State state =
        ambiguous > DEFAULT_MAX_AMBIGUOUS_SHARE * of ? State.INSUFFICIENT_EVIDENCE : State.MEASURED;
    double lower = (double) usable / of;
    return new Figure(state, lower, lower, (double) (usable + ambiguous) / of);
  }
}
