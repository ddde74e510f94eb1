package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.meter.StateTimeline;
import io.feedrate.kpi.window.Tally;
import java.util.Arrays;
import java.util.List;

/**
 * Manual intervention: the time that a machine was in the mode Manual or
 * AutomaticWithManualIntervention, of the time that its mode was known. The mode comes from the
 * machine's (first) signal with the role {@link Role#CONTROL_MODE} and holds until the next value.
 * It is not known before the first value, in seconds in which the signal's link was not wholly
 * proven alive, and after a value that is none of the enumeration's. Excluded seconds are out of
 * scope.
 *
 * <p>Values may come out of order until the machine's watermark passes; what comes later counts
 * from there on and changes nothing that was counted.
 *
 * <p><b>Unit</b>: 1; counts in ms. <b>Source</b>: OPC 40501-1 MachineOperationMode (enumeration in
 * the nodeset). <b>Thread</b>: the engine's. <b>Allocation</b>: 0.
 */
public final class ManualIntervention implements Meter.Timed {
  private static final int MANUAL_MS = 0;
  private static final int KNOWN_MS = 1;
  private static final int UNKNOWN_MS = 2;
  private static final int EXCLUDED_MS = 3;

  private static final int UNKNOWN = -1;
  private static final int MANUAL = 0;
  private static final int AUTOMATIC_WITH_INTERVENTION = 3;
  private static final int LAST_MODE = 5;

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long SECOND_MS = 1000;
  private static final long MS_NS = 1_000_000L;

  /** Time in a manual mode, of the time with a known mode. */
  public static final Kpi KPI =
      new Kpi(
          "manual_intervention",
          "manual_intervention",
          "Manual intervention",
          "1",
          false,
          "time in Manual or AutomaticWithManualIntervention / time with a known mode",
          "OPC 40501-1 MachineOperationMode (enumeration in the nodeset)",
          List.of("manual_ms", "known_ms", "unknown_ms", "excluded_ms"),
          (n, histogram) -> Figure.ratio(n[MANUAL_MS], n[KNOWN_MS]));

  /** Index of the timeline of each asset, or -1 where it has no mode. */
  private final int[] timelineOf;

  private final int[] signalOf;
  private final int[] linkOf;
  private final StateTimeline modes;
  private final LinkTimelines links;
  private final Exclusions exclusions;
  private final Tally tally;
  private final StateTimeline.Visitor count = this::count;
  private int asset;

  public ManualIntervention(Setting setting) {
    int assets = setting.register().assets().size();
    timelineOf = new int[assets];
    signalOf = new int[assets];
    linkOf = new int[assets];
    Arrays.fill(timelineOf, -1);
    int n = 0;
    for (Signal s : setting.register().signals()) {
      if (s.role() == Role.CONTROL_MODE && timelineOf[s.asset()] < 0) {
        timelineOf[s.asset()] = n++;
        signalOf[s.asset()] = s.id();
        linkOf[s.asset()] = s.link();
      }
    }
    modes = new StateTimeline(n, UNKNOWN);
    links = setting.links();
    exclusions = setting.exclusions();
    tally = setting.tally(KPI);
  }

  @Override
  public void onValue(Signal signal, double value, long atNs, long receivedNs) {
    if (signal.role() == Role.CONTROL_MODE && signalOf[signal.asset()] == signal.id()) {
      boolean isMode = value >= MANUAL && value <= LAST_MODE && value == StrictMath.rint(value);
      modes.set(timelineOf[signal.asset()], atNs, isMode ? (int) value : UNKNOWN);
    }
  }

  @Override
  public void onTime(int itsAsset, long fromNs, long toNs) {
    int timeline = timelineOf[itsAsset];
    if (timeline < 0) {
      return;
    }
    asset = itsAsset;
    for (long ns = fromNs; ns < toNs; ns += SECOND_NS) {
      if (exclusions.coversAsset(asset, ns, ns + SECOND_NS)) {
        tally.add(asset, EXCLUDED_MS, ns, SECOND_MS);
      } else if (isAlive(linkOf[asset], ns)) {
        modes.visit(timeline, ns, ns + SECOND_NS, count);
      } else {
        tally.add(asset, UNKNOWN_MS, ns, SECOND_MS);
      }
    }
    modes.forget(timeline, toNs);
  }

  private boolean isAlive(int link, long fromNs) {
    long toNs = fromNs + SECOND_NS;
    return links.worst(link, fromNs, toNs) <= LinkTimelines.GAP && links.provenNs(link) >= toNs;
  }

  /** Differences of whole milliseconds, so that the parts of a second add up to it. */
  private void count(int timeline, int mode, long fromNs, long toNs) {
    long ms = Math.floorDiv(toNs, MS_NS) - Math.floorDiv(fromNs, MS_NS);
    if (mode == UNKNOWN) {
      tally.add(asset, UNKNOWN_MS, fromNs, ms);
      return;
    }
    tally.add(asset, KNOWN_MS, fromNs, ms);
    if (mode == MANUAL || mode == AUTOMATIC_WITH_INTERVENTION) {
      tally.add(asset, MANUAL_MS, fromNs, ms);
    }
  }

  @Override
  public void write(Snapshot.Writer out) {
    modes.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    modes.read(in);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    ManualIntervention other = (ManualIntervention) old;
    int[] oldTimeline = new int[(int) Arrays.stream(timelineOf).filter(t -> t >= 0).count()];
    for (int a = 0; a < timelineOf.length; a++) {
      if (timelineOf[a] >= 0) {
        int before = heirs.oldAsset()[a];
        oldTimeline[timelineOf[a]] = before < 0 ? -1 : other.timelineOf[before];
      }
    }
    modes.takeOver(other.modes, oldTimeline);
  }
}
