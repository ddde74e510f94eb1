package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import java.util.List;

/**
 * Range validity: values within their signal's range, of the values of signals that have one, by
 * the window of their source time. Bad values and values of the wrong type are not looked at. It is
 * about values that came, not about time that was required: those of excluded slots count as well,
 * because what an exclusion that is entered later covers could not be taken back: values are not
 * kept. A late value revises its window; what is too late for that counts as {@code beyond
 * revision} only. Counted with the samples, see {@link io.feedrate.kpi.slot.SlotTracker}.
 *
 * <p><b>Unit</b>: 1, of values. <b>Source</b>: ISO/IEC 25024:2015 Acc-I-7, ISO/IEC 5259-2 Acc-ML-6
 * (both per secondary sources); the range is OPC UA's EURange.
 */
public final class RangeValidity {
  /** Values within their range. */
  public static final int INSIDE = 0;

  /** Values outside of it. */
  public static final int OUTSIDE = 1;

  /** Values within their signal's range, of the values that have one. */
  public static final Kpi KPI =
      new Kpi(
          "range_validity",
          "range_validity",
          "Range validity",
          "1",
          true,
          "values within range / values of signals with a range",
          "ISO/IEC 25024:2015 Acc-I-7 (per secondary source); range as OPC UA EURange",
          List.of("in_range", "out_of_range"),
          (n, histogram) -> Figure.ratio(n[INSIDE], n[INSIDE] + n[OUTSIDE]));

  private RangeValidity() {}
}
