package io.feedrate.kpi.capability;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.UpdateOutcome;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Change failure rate: attempts to bring a model version to a node that failed, were rejected, or
 * were rolled back within the soak time, of all attempts of which that is known. An attempt counts
 * when its outcome is known: at its failure, its rollback, or the end of its soak time, so one that
 * serves but may still be rolled back does not make the rate better than it is. Superseded,
 * cancelled and retired ones never came to an outcome. A fix by a newer version is no failure by
 * itself: nothing tells it from an ordinary update.
 *
 * <p><b>Formula</b>: (failed + rolled_back) / (failed + rolled_back + stable). <b>Unit</b>: 1.
 * <b>Source</b>: DORA change fail rate (general knowledge). <b>Thread</b>: the engine's.
 * <b>Allocation</b>: per update.
 */
public final class UpdateFailures implements Meter {
  private static final int FAILED = 0;
  private static final int ROLLED_BACK = 1;
  private static final int STABLE = 2;

  /** Failed, of the attempts whose outcome is known. */
  public static final Kpi KPI =
      new Kpi(
          "model_update_failure_rate",
          "model_update_failure_rate",
          "Model update failure rate",
          "1",
          false,
          "(failed or rejected + rolled back within soak time) / (the same + stable after it)",
          "DORA change fail rate (general knowledge)",
          List.of("failed", "rolled_back", "stable"),
          (n, histogram) ->
              Figure.ratio(n[FAILED] + n[ROLLED_BACK], n[FAILED] + n[ROLLED_BACK] + n[STABLE]));

  private final Tally tally;

  public UpdateFailures(Setting setting) {
    tally = setting.tally(KPI);
  }

  @Override
  public void onUpdateOutcome(int asset, UpdateOutcome outcome, long atNs, int change) {
    switch (outcome) {
      case FAILED -> tally.add(asset, FAILED, atNs, change);
      case ROLLED_BACK -> tally.add(asset, ROLLED_BACK, atNs, change);
      case STABLE -> tally.add(asset, STABLE, atNs, change);
      case SERVED -> {} // its outcome follows
    }
  }
}
