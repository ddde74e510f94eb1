package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Outcome;

/**
 * Data timeliness, which is deadline completeness (C_rt): required values that were known by their
 * deadline, of all that were due. A value that never arrived is a miss like one that came too late,
 * so a dead sensor cannot be on time. Computed from the outcomes that {@link Completeness} counts.
 *
 * <p><b>Unit</b>: 1, of slots. <b>Source</b>: ISO/IEC 5259-2 Tml-ML-1, ISO/IEC 25024:2015 Eff-D-5
 * (both per secondary sources); the rule for what never arrived is ours. <b>Thread</b>: any.
 */
public final class Timeliness {

  /** C_rt: usable values in time, of the slots in scope. */
  public static final Kpi KPI =
      new Kpi(
          "timely_completeness",
          Completeness.EVENTUAL.id(),
          "Timely sensor data completeness",
          "1",
          true,
          "C_rt = GOOD / slots in scope",
          "ISO/IEC 5259-2 Tml-ML-1 (per secondary source)",
          Completeness.OUTCOMES,
          (n, histogram) ->
              Completeness.ratio(n, n[Outcome.GOOD.ordinal()], Completeness.inScope(n)));

  private Timeliness() {}
}
