package io.feedrate.kpi.capability;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * On-time model updates: served within the deadline, of the updates that were due. An update is due
 * when it served, failed or passed its deadline; superseded, cancelled and retired ones never were.
 * It counts in the window in which that happened.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: ISO/IEC 25024:2015 Cur-I-2 (per secondary source): what was
 * needed and never updated is a failure, early is timely. <b>Thread</b>: the engine's.
 * <b>Allocation</b>: per update.
 */
public final class UpdateOnTime implements Meter {
  private static final int ON_TIME = 0;
  private static final int LATE = 1;

  /** Updates served within their deadline, of the updates that were due. */
  public static final Kpi KPI =
      new Kpi(
          "model_update_on_time",
          "model_update_on_time",
          "Model updates on time",
          "1",
          true,
          "served within deadline / (served + failed + overdue); superseded, cancelled: not due",
          "ISO/IEC 25024:2015 Cur-I-2 (per secondary source)",
          List.of("on_time", "late"),
          (n, histogram) -> Figure.ratio(n[ON_TIME], n[ON_TIME] + n[LATE]));

  private final Tally tally;

  public UpdateOnTime(Setting setting) {
    tally = setting.tally(KPI);
  }

  @Override
  public void onUpdateJudged(int asset, boolean onTime, long atNs) {
    tally.add(asset, onTime ? ON_TIME : LATE, atNs, 1);
  }
}
