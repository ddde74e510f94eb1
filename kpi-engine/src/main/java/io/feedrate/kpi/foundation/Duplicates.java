package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import io.feedrate.kpi.window.Windows;
import java.util.List;

/**
 * Record uniqueness: records that are not the one before them again (same source time, status and
 * value of a signal), of all records. They count when they are received, so no window is revised.
 *
 * <p><b>Unit</b>: 1, of records of registered signals, in scope or not. <b>Source</b>: ISO/IEC
 * 5259-2 Con-ML-1, duplicate records / records (per secondary source), of which this is one minus.
 * <b>Thread</b>: the engine's. <b>Allocation</b>: 0; a record adds to an array of the open window.
 */
public final class Duplicates implements Meter.Sampled {
  private static final int RECORDS = 0;
  private static final int DUPLICATES = 1;
  private static final int KINDS = 2;
  private static final long NONE = Long.MIN_VALUE;

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

  private final int[] row;
  private final Windows windows;
  private final Tally tally;
  private long openFromNs = NONE;
  private long openUntilNs = NONE;
  private long[] open = {};

  public Duplicates(Setting setting) {
    row =
        setting.register().signals().stream().mapToInt(Signal::asset).map(a -> a * KINDS).toArray();
    windows = setting.windows();
    tally = setting.tally(KPI);
  }

  @Override
  public void onSample(
      int signal, long timeNs, long receivedNs, int status, int flags, boolean repeated) {
    if (receivedNs < openFromNs || receivedNs >= openUntilNs) {
      if (!isOpen(receivedNs)) {
        tally.add(row[signal] / KINDS, RECORDS, receivedNs, 1);
        tally.add(row[signal] / KINDS, DUPLICATES, receivedNs, repeated ? 1 : 0);
        return;
      }
    }
    open[row[signal]]++;
    if (repeated) {
      open[row[signal] + DUPLICATES]++;
    }
  }

  /** Whether the window of a time is open for all; if so, it is the one that is counted into. */
  private boolean isOpen(long receivedNs) {
    long earliestEndNs = windows.nextEndNs(0);
    if (receivedNs < windows.startNs(earliestEndNs)) {
      return false; // closed for some
    }
    openUntilNs = windows.endNs(receivedNs);
    openFromNs = windows.startNs(openUntilNs);
    open = tally.open(receivedNs);
    return true;
  }

  @Override
  public void onClose(int asset, long startNs, long endNs) {
    if (endNs > openFromNs) {
      openUntilNs = NONE; // from now on what comes for it makes a revision
    }
  }
}
