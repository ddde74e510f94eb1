package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import java.util.List;

/**
 * Alarm rate: alarms raised per operator position and 10 minutes. One operator position is one
 * line: an alarm belongs to the nearest line at or above its asset, and only lines (and what is
 * above them) have a rate. An alarm that is raised while it is active counts again: it annunciated
 * again.
 *
 * <p>A position's second is observed if it is not excluded, some link at or below the line was
 * proven alive in it, and the position has told of any alarm before: of a line that never did
 * nobody knows whether it reports alarms at all. With some links of a line down the rate is a lower
 * bound. Alarms of excluded seconds are counted apart, as are those above all lines.
 *
 * <p>About 1 alarm in 10 minutes is called acceptable and 2 the most that can be managed. Alarm
 * benchmarks come from process control rooms; CNC cells differ: use them as reference, not as pass
 * mark.
 *
 * <p><b>Unit</b>: 1/10min. <b>Source</b>: ISA-18.2, IEC 62682, EEMUA 191 (general knowledge); the
 * position is a house definition. Counted by {@link Alarms}: thread and allocation see there.
 */
public final class AlarmRate {
  static final int ALARMS = 0;
  static final int CHATTERING = 1;
  static final int FLEETING = 2;
  static final int EXCLUDED = 3;
  static final int WITHOUT_POSITION = 4;
  static final int POSITION_SECONDS = 5;
  static final int UNOBSERVED_SECONDS = 6;

  static final String ID = "alarm_rate";

  /** The counts that alarm rate, chattering and fleeting alarms are computed from. */
  static final List<String> COUNTS =
      List.of(
          "alarms",
          "chattering",
          "fleeting",
          "excluded",
          "without_position",
          "position_seconds",
          "unobserved_seconds");

  private static final double TEN_MINUTES_S = 600;

  /** Alarms per position and 10 minutes. */
  public static final Kpi KPI =
      new Kpi(
          ID,
          ID,
          "Alarms per operator position and 10 min",
          "1/10min",
          false,
          "alarms * 600 / observed seconds of positions",
          "ISA-18.2, IEC 62682, EEMUA 191 (general knowledge); position = line: house definition",
          COUNTS,
          (n, histogram) -> per(n[ALARMS], TEN_MINUTES_S, n[POSITION_SECONDS]));

  private AlarmRate() {}

  /** So many in an observed time, as a rate per so many seconds. */
  static Figure per(long count, double seconds, long observedSeconds) {
    return observedSeconds == 0
        ? Figure.NOT_APPLICABLE
        : Figure.exact(count * seconds / observedSeconds);
  }
}
