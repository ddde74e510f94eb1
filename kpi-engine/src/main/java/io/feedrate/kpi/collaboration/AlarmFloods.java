package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Subjects;
import io.feedrate.kpi.window.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Flood share: 10-minute periods, aligned to the UTC epoch, in which a position had more than 10
 * alarms, of the periods observed. Position, alarms and observed seconds are those of {@link
 * AlarmRate}. A period with 10 alarms or fewer is judged if half of it or more was observed, else
 * it is counted as {@code unobserved}; a flood is a flood however little of it was seen. A period
 * counts in the window in which it ends. An alarm that comes later judges it anew, for as long as
 * windows can be revised, at most a week.
 *
 * <p>The target is less than 1 % of the time. Alarm benchmarks come from process control rooms; CNC
 * cells differ: use them as reference, not as pass mark.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: ISA-18.2, EEMUA 191 (general knowledge). Counted by {@link
 * Alarms}: thread and allocation see there. <b>Bounds</b>: 8 bytes per position and period kept.
 */
public final class AlarmFloods {
  private static final int FLOODS = 0;
  private static final int PERIODS = 1;
  private static final int UNOBSERVED = 2;

  private static final int MOST_ALARMS = 10;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int PERIOD_S = 600;
  private static final long PERIOD_NS = PERIOD_S * SECOND_NS;
  private static final int MAX_KEPT = 7 * 24 * 6;

  /** Periods with more than 10 alarms, of the periods observed. */
  public static final Kpi KPI =
      new Kpi(
          "alarm_flood_share",
          "alarm_flood_share",
          "Time in alarm flood",
          "1",
          false,
          "10 min periods of positions with more than 10 alarms / periods observed",
          "ISA-18.2, EEMUA 191 (general knowledge)",
          List.of("floods", "periods", "unobserved"),
          (n, histogram) -> Figure.ratio(n[FLOODS], n[PERIODS]));

  /**
   * The last periods of one position, and those that have begun but that the watermark did not
   * reach: a ring, by number since the epoch.
   */
  private static final class Periods {
    final int ahead;
    final int[] alarms;
    final int[] observedSeconds;
    long first;
    long current;

    Periods(int behind, int ahead, long first) {
      this.ahead = ahead;
      this.first = first;
      current = first;
      alarms = new int[behind + 1 + ahead];
      observedSeconds = new int[alarms.length];
    }

    int index(long period) {
      return (int) Math.floorMod(period, (long) alarms.length);
    }

    long oldest() {
      return Math.max(first, current + ahead + 1 - alarms.length);
    }

    boolean has(long period) {
      return period >= oldest() && period <= current + ahead;
    }

    /** The time of a later period begins: new ones take the places of the oldest. */
    void begin(long period) {
      long from = Math.max(current + ahead + 1, period + ahead + 1 - alarms.length);
      for (long p = from; p <= period + ahead; p++) {
        alarms[index(p)] = 0;
        observedSeconds[index(p)] = 0;
      }
      current = period;
    }

    int judge(long period) {
      if (alarms[index(period)] > MOST_ALARMS) {
        return FLOODS;
      }
      return 2 * observedSeconds[index(period)] >= PERIOD_S ? PERIODS : UNOBSERVED;
    }
  }

  private final Tally tally;
  private final @Nullable Periods[] periodsOf;

  AlarmFloods(Setting setting, Positions positions) {
    Register register = setting.register();
    tally = setting.tally(KPI);
    periodsOf = new Periods[register.assets().size()];
    int behind = (int) Math.min(MAX_KEPT, register.rules().revisableNs() / PERIOD_NS + 1);
    long first = Math.floorDiv(setting.windows().revisableSinceNs(), PERIOD_NS);
    Subjects subjects = setting.windows().subjects();
    for (Asset a : register.assets()) {
      if (positions.isPosition(a.id())) {
        long latenessNs = subjects.latenessNs(subjects.level(a.id()));
        int ahead = (int) Math.min(MAX_KEPT, latenessNs / PERIOD_NS + 2);
        periodsOf[a.id()] = new Periods(behind, ahead, first);
      }
    }
  }

  /** An alarm of a position. */
  void onAlarm(int position, long atNs) {
    Periods its = periodsOf[position];
    long period = Math.floorDiv(atNs, PERIOD_NS);
    if (its == null || !its.has(period)) {
      return;
    }
    int before = its.judge(period);
    its.alarms[its.index(period)]++;
    int after = its.judge(period);
    if (period < its.current && before != after) {
      count(position, period, before, -1);
      count(position, period, after, 1);
    }
  }

  /** A second of a position passed. */
  void onSecond(int position, long second, boolean observed) {
    Periods its = periodsOf[position];
    if (its == null) {
      return;
    }
    long period = Math.floorDiv(second, PERIOD_NS);
    if (period > its.current) {
      its.begin(period); // what was before was never required
    }
    if (observed) {
      its.observedSeconds[its.index(period)]++;
    }
    if (second + SECOND_NS == (period + 1) * PERIOD_NS) {
      count(position, period, its.judge(period), 1);
      its.begin(period + 1);
    }
  }

  private void count(int position, long period, int what, long amount) {
    long lastSecond = (period + 1) * PERIOD_NS - SECOND_NS;
    tally.add(position, what, lastSecond, amount);
    if (what == FLOODS) {
      tally.add(position, PERIODS, lastSecond, amount);
    }
  }

  void write(Snapshot.Writer out) {
    for (Periods its : periodsOf) {
      if (its != null) {
        out.putLong(its.first);
        out.putLong(its.current);
        for (int i = 0; i < its.alarms.length; i++) {
          out.putVarint(its.alarms[i]);
          out.putVarint(its.observedSeconds[i]);
        }
      }
    }
  }

  void read(Snapshot.Reader in) {
    for (Periods its : periodsOf) {
      if (its != null) {
        its.first = in.getLong();
        its.current = in.getLong();
        for (int i = 0; i < its.alarms.length; i++) {
          its.alarms[i] = (int) in.getVarint();
          its.observedSeconds[i] = (int) in.getVarint();
        }
      }
    }
  }

  void takeOver(AlarmFloods old, Heirs heirs) {
    for (int a = 0; a < periodsOf.length; a++) {
      int before = heirs.oldAsset()[a];
      Periods from = before < 0 ? null : old.periodsOf[before];
      Periods to = periodsOf[a];
      if (from == null || to == null) {
        continue;
      }
      to.current = from.current;
      to.first = Math.max(from.oldest(), to.oldest());
      for (long p = to.first; p <= to.current + Math.min(from.ahead, to.ahead); p++) {
        to.alarms[to.index(p)] = from.alarms[from.index(p)];
        to.observedSeconds[to.index(p)] = from.observedSeconds[from.index(p)];
      }
    }
  }
}
