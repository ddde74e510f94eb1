package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Kpi;

/**
 * Acknowledge time: from an alarm's activation to its acknowledgement by an operator. An alarm that
 * is cleared first lapses: it competes. One that is neither yet is censored: it stays in the
 * estimate.
 *
 * <p>A second acknowledgement changes nothing, and neither does another raise while the first is
 * not acknowledged: the operator was told then. An acknowledgement that comes before its alarm is
 * paired when that comes; one that happened before the clear, but came after it, still counts until
 * the watermark passes the clear. Alarms without a key have no episode.
 *
 * <p>Alarm benchmarks come from process control rooms; CNC cells differ.
 *
 * <p><b>Unit</b>: s. <b>Source</b>: states of OPC 10000-9 (ActiveState, AckedState); estimator: see
 * {@link io.feedrate.kpi.episode.Incidence}. Followed by {@link Alarms}: thread and allocation see
 * there.
 */
public final class AlarmAcknowledge {
  private static final double HALF = 0.5;
  private static final double MOST = 0.9;
  private static final String FORMULA =
      " of t(acknowledged) - t(raised); open: censored, cleared before: competing";
  private static final String SOURCE = "OPC 10000-9 ActiveState and AckedState; house definition";

  /** Median time from raise to acknowledgement. */
  public static final Kpi MEDIAN =
      Kpi.waiting(
          "alarm_acknowledge_time_median",
          "Alarm acknowledge time (median)",
          "median" + FORMULA,
          SOURCE,
          new Kpi.Waiting(Episode.Kind.ALARM_ACKNOWLEDGE, HALF, false));

  /** The time within which 90 % of alarms are acknowledged. */
  public static final Kpi P90 =
      Kpi.waiting(
          "alarm_acknowledge_time_p90",
          "Alarm acknowledge time (90th percentile)",
          "90th percentile" + FORMULA,
          SOURCE,
          new Kpi.Waiting(Episode.Kind.ALARM_ACKNOWLEDGE, MOST, false));

  private AlarmAcknowledge() {}
}
