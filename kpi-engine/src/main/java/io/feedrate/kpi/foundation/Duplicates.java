package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.SignalIndex;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Record uniqueness: records that are not the one before them again (same source time, status and
 * value of a signal), of all records. They count when they are received, so no window is revised.
 *
 * <p><b>Unit</b>: 1, of records of registered signals, in scope or not. <b>Source</b>: ISO/IEC
 * 5259-2 Con-ML-1, duplicate records / records (per secondary source), of which this is one minus.
 * <b>Thread</b>: the engine's. <b>Allocation</b>: 0.
 */
public final class Duplicates implements Meter.Sampled {
  private static final int RECORDS = 0;
  private static final int DUPLICATES = 1;

  /** Records that are no duplicates, of all. */
  public static final Kpi KPI =
      new Kpi(
          "record_uniqueness",
          "record_uniqueness",
          "Records without duplicates",
          "1",
          true,
          "1 - duplicates / records",
          "ISO/IEC 5259-2 Con-ML-1 (per secondary source)",
          List.of("records", "duplicates"),
          (n, histogram) -> Figure.ratio(n[RECORDS] - n[DUPLICATES], n[RECORDS]));

  private final SignalIndex signals;
  private final Tally tally;

  public Duplicates(Setting setting) {
    signals = setting.signals();
    tally = setting.tally(KPI);
  }

  @Override
  public void onSample(
      int signal, long timeNs, long receivedNs, int status, int flags, boolean repeated) {
    tally.add(signals.asset(signal), RECORDS, receivedNs, 1);
    if (repeated) {
      tally.add(signals.asset(signal), DUPLICATES, receivedNs, 1);
    }
  }
}
