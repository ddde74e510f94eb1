package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.window.Subjects;
import io.feedrate.kpi.window.Tally;
import io.feedrate.kpi.window.Windows;
import java.util.List;

/**
 * Stale alarms: how many alarms of a position had been active for longer than 24 h, on the average
 * over the ends of windows. The state at each window's end is counted, per asset; windows are
 * counted per position. Both add, so a shift's figure is the mean over its windows.
 *
 * <p>An alarm is active from its last raise until it is cleared, as far as was told: a link that is
 * down tells of no clear. When that comes, with its own time, the windows since are revised. A
 * position's windows count from the first alarm on that it told of, as in {@link AlarmRate}.
 * Excluded time counts like any other: an alarm does not get fresher by a planned stop. Active
 * alarms that had to be forgotten because there were too many are counted as {@code forgotten}.
 *
 * <p>Fewer than 5 at any time is the target. Alarm benchmarks come from process control rooms; CNC
 * cells differ: use it as reference, not as pass mark.
 *
 * <p><b>Unit</b>: 1 (alarms). <b>Source</b>: ISA-18.2 (general knowledge); the average is a house
 * definition. Counted by {@link Alarms}: thread and allocation see there.
 */
public final class StaleAlarms {
  static final int STALE = 0;
  static final int WINDOWS = 1;
  static final int FORGOTTEN = 2;

  /** Longer active than this: the alarm is stale. */
  static final long STALE_NS = 24 * 3_600_000_000_000L;

  /** Stale alarms at the end of a window, per position. */
  public static final Kpi KPI =
      new Kpi(
          "alarms_stale",
          "alarms_stale",
          "Stale alarms per operator position",
          "1",
          false,
          "alarms active for more than 24 h at the end of a window, summed / windows of positions",
          "ISA-18.2 (general knowledge); average: house definition",
          List.of("stale", "position_windows", "forgotten"),
          (n, histogram) -> Figure.ratio(n[STALE], n[WINDOWS]));

  private StaleAlarms() {}

  /** Takes back what was counted at the ends of windows after an alarm had ended at a time. */
  static void takeBack(Windows windows, Tally tally, int asset, long activeNs, long endedNs) {
    Subjects subjects = windows.subjects();
    long closedNs = windows.nextEndNs(subjects.level(asset)) - windows.windowNs();
    long after = Math.max(activeNs + STALE_NS, endedNs - 1);
    long first = windows.endNs(Math.max(after, windows.revisableSinceNs()));
    for (long endNs = first; endNs <= closedNs; endNs += windows.windowNs()) {
      tally.add(asset, STALE, endNs - 1, -1);
    }
  }
}
