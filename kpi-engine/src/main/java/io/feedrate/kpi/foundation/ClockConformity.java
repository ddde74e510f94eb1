package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.State;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Clock conformity: seconds at whose start an asset's source clock was known to be right, of those
 * in scope in which its link was wholly proven alive. It is known to be right if it was measured
 * not more than 60 s ago and its offset plus the uncertainty of that was within the limit that the
 * register then had. Unmeasured seconds count as not conforming; the upper bound takes them as if
 * they were. Without any reading there is no evidence.
 *
 * <p><b>Unit</b>: 1, of seconds. <b>Source</b>: house definition; traceability after ISO/IEC 17025,
 * 6.5 (general knowledge). <b>Thread</b>: the engine's. <b>Allocation</b>: 0.
 */
public final class ClockConformity implements Meter.Timed {
  private static final int CONFORMING = 0;
  private static final int OFF = 1;
  private static final int UNKNOWN = 2;
  private static final long SECOND_NS = 1_000_000_000L;

  /** Seconds with a clock that is known to be right. */
  public static final Kpi KPI =
      new Kpi(
          "clock_conformity",
          "clock_conformity",
          "Clock conformity",
          "1",
          true,
          "seconds with |offset| + uncertainty <= limit, measured within 60 s / seconds connected and"
              + " in scope",
          "house definition; traceability after ISO/IEC 17025 6.5 (general knowledge)",
          List.of("conforming_s", "off_s", "unknown_s"),
          (n, histogram) -> figure(n));

  private final int[] linkOf;
  private final long limitNs;
  private final LinkTimelines links;
  private final Exclusions exclusions;
  private final ClockReadings readings;
  private final Tally tally;

  public ClockConformity(Setting setting) {
    linkOf = setting.register().assets().stream().mapToInt(Asset::link).toArray();
    limitNs = setting.register().rules().clockLimitNs();
    links = setting.links();
    exclusions = setting.exclusions();
    readings = new ClockReadings(setting.register().links().size());
    tally = setting.tally(KPI);
  }

  private static Figure figure(long[] n) {
    long all = n[CONFORMING] + n[OFF] + n[UNKNOWN];
    if (all == 0) {
      return Figure.NOT_APPLICABLE;
    }
    boolean measured = n[UNKNOWN] < all;
    double lower = (double) n[CONFORMING] / all;
    return new Figure(
        measured ? State.MEASURED : State.INSUFFICIENT_EVIDENCE,
        lower,
        lower,
        (double) (n[CONFORMING] + n[UNKNOWN]) / all);
  }

  @Override
  public void onClock(int link, long offsetNs, long uncertaintyNs, long nowNs) {
    long slackNs = limitNs - uncertaintyNs;
    readings.add(link, -slackNs <= offsetNs && offsetNs <= slackNs, nowNs);
  }

  @Override
  public void onTime(int asset, long fromNs, long toNs) {
    int link = linkOf[asset];
    if (link == Asset.NO_LINK) {
      return;
    }
    for (long ns = fromNs; ns < toNs; ns += SECOND_NS) {
      if (links.isAlive(link, ns, ns + SECOND_NS)
          && !exclusions.coversAsset(asset, ns, ns + SECOND_NS)) {
        tally.add(asset, kind(readings.at(link, ns)), ns, 1);
      }
    }
  }

  private static int kind(int verdict) {
    return switch (verdict) {
      case ClockReadings.CONFORMING -> CONFORMING;
      case ClockReadings.OFF -> OFF;
      default -> UNKNOWN;
    };
  }

  @Override
  public void write(Snapshot.Writer out) {
    readings.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    readings.read(in);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    for (int link = 0; link < heirs.oldLink().length; link++) {
      if (heirs.oldLink()[link] >= 0) {
        readings.copyFrom(((ClockConformity) old).readings, heirs.oldLink()[link], link);
      }
    }
  }
}
