package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;

/**
 * Alarms that tell an operator nothing: chattering and fleeting ones.
 *
 * <p>An alarm chatters when it is raised, and raised again 3 or more times within 60 s of that. One
 * episode lasts as long as each next raise is part of such a run, counts once, in the window of its
 * first raise. An alarm was fleeting if it was cleared within 3 s of its raise; it counts in the
 * window of its raise. Both are found from the times at the source alone, whatever order events
 * come in, among the last {@link AlarmHistory#KEPT} raises and clears of an alarm.
 *
 * <p>Alarm benchmarks come from process control rooms; CNC cells differ: use the target of 0 as
 * reference, not as pass mark.
 *
 * <p><b>Unit</b>: 1/d (per position), 1. <b>Source</b>: ISA-18.2 (general knowledge); the limits
 * are house definitions after its rules of thumb. Counted by {@link Alarms}: thread and allocation
 * see there.
 */
public final class NuisanceAlarms {
  private static final double DAY_S = 86_400;

  /** Episodes of chattering per position and day. */
  public static final Kpi CHATTERING =
      new Kpi(
          "alarm_chattering",
          AlarmRate.ID,
          "Chattering alarms per operator position and day",
          "1/d",
          false,
          "episodes (raised again 3 or more times within 60 s) * 86400 / observed seconds of"
              + " positions",
          "ISA-18.2 (general knowledge); limits: house definition",
          AlarmRate.COUNTS,
          (n, histogram) ->
              AlarmRate.per(n[AlarmRate.CHATTERING], DAY_S, n[AlarmRate.POSITION_SECONDS]));

  /** Alarms cleared within 3 s, of all alarms. */
  public static final Kpi FLEETING =
      new Kpi(
          "alarm_fleeting",
          AlarmRate.ID,
          "Fleeting alarms",
          "1",
          false,
          "alarms cleared within 3 s / alarms",
          "ISA-18.2 (general knowledge); limit: house definition",
          AlarmRate.COUNTS,
          (n, histogram) -> Figure.ratio(n[AlarmRate.FLEETING], n[AlarmRate.ALARMS]));

  private NuisanceAlarms() {}
}
