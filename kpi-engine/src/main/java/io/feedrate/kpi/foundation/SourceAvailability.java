package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.history.OutcomeRuns;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import io.feedrate.kpi.window.Windows;
import java.util.Arrays;
import java.util.List;

/**
 * Source availability: the share of seconds in scope in which an asset's link was wholly proven
 * alive. An exclusion that is entered late takes seconds out of scope as long as their windows can
 * be revised.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: ISO/IEC 25024:2015 Ava-D-1, ISO/IEC 5259-2 Ava-ML-1 (both per
 * secondary sources). <b>Thread</b>: the engine's. <b>Allocation</b>: 0. <b>Bounds</b>: {@link
 * OutcomeRuns}.
 */
public final class SourceAvailability implements Meter.Timed {
  private static final int ALIVE = 0;
  private static final int REQUIRED = 1;
  private static final int EXCLUDED = 2;

  // What a second was, as it is remembered.
  private static final int WAS_ALIVE = OutcomeRuns.USUAL;
  private static final int WAS_NOT = 1;
  private static final int WAS_EXCLUDED = 2;

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long NEVER = Long.MIN_VALUE;

  /** Seconds that the link was proven alive, of those required. */
  public static final Kpi KPI =
      new Kpi(
          "source_availability",
          "source_availability",
          "Source availability",
          "1",
          true,
          "seconds wholly proven alive / seconds in scope",
          "ISO/IEC 25024:2015 Ava-D-1 (per secondary source)",
          List.of("alive", "required", "excluded"),
          (n, histogram) -> Figure.ratio(n[ALIVE], n[REQUIRED]));

  private final List<Asset> assets;
  private final int[] linkOf;
  private final LinkTimelines links;
  private final Exclusions exclusions;
  private final Windows windows;
  private final Tally tally;
  private final OutcomeRuns runs;
  private final long[] fromNs;
  private final long[] untilNs;

  public SourceAvailability(Setting setting) {
    assets = setting.register().assets();
    linkOf = assets.stream().mapToInt(Asset::link).toArray();
    windows = setting.windows();
    runs = new OutcomeRuns(assets.size(), asset -> SECOND_NS, windows.windowNs());
    fromNs = new long[assets.size()];
    untilNs = new long[assets.size()];
    Arrays.fill(untilNs, NEVER);
    links = setting.links();
    exclusions = setting.exclusions();
    tally = setting.tally(KPI);
  }

  @Override
  public void onTime(int asset, long beginNs, long endNs) {
    int link = linkOf[asset];
    if (link == Asset.NO_LINK) {
      return;
    }
    if (untilNs[asset] != beginNs) {
      fromNs[asset] = beginNs;
    }
    untilNs[asset] = endNs;
    runs.forget(windows.revisableSinceNs());
    for (long ns = beginNs; ns < endNs; ns += SECOND_NS) {
      if (exclusions.coversAsset(asset, ns, ns + SECOND_NS)) {
        tally.add(asset, EXCLUDED, ns, 1);
        runs.append(asset, ns / SECOND_NS, 1, WAS_EXCLUDED);
      } else {
        tally.add(asset, REQUIRED, ns, 1);
        if (isAlive(link, ns)) {
          tally.add(asset, ALIVE, ns, 1);
        } else {
          runs.append(asset, ns / SECOND_NS, 1, WAS_NOT);
        }
      }
    }
  }

  @Override
  public void onExclusion(String subject, long beginNs, long endNs) {
    for (Asset asset : assets) {
      if (untilNs[asset.id()] != NEVER && Exclusions.isOf(asset.path(), subject)) {
        long sinceNs = Math.max(beginNs, Math.max(fromNs[asset.id()], windows.revisableSinceNs()));
        long firstNs = -Math.floorDiv(-sinceNs, SECOND_NS) * SECOND_NS;
        long lastNs = Math.min(untilNs[asset.id()], endNs) - SECOND_NS;
        for (long ns = firstNs; ns <= lastNs; ns += SECOND_NS) {
          exclude(asset.id(), ns);
        }
      }
    }
  }

  private void exclude(int asset, long ns) {
    long second = ns / SECOND_NS;
    runs.makeRoom();
    if (second >= runs.firstKnown(asset)) {
      int was = runs.get(asset, second);
      if (was != WAS_EXCLUDED) {
        tally.add(asset, REQUIRED, ns, -1);
        tally.add(asset, EXCLUDED, ns, 1);
        if (was == WAS_ALIVE) {
          tally.add(asset, ALIVE, ns, -1);
        }
        runs.set(asset, second, second + 1, WAS_EXCLUDED);
      }
    }
  }

  private boolean isAlive(int link, long fromNs) {
    long toNs = fromNs + SECOND_NS;
    int state = links.worst(link, fromNs, toNs);
    return (state == LinkTimelines.UP || state == LinkTimelines.GAP)
        && links.provenNs(link) >= toNs;
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    SourceAvailability other = (SourceAvailability) old;
    runs.takeOver(other.runs);
    runs.forget(windows.revisableSinceNs());
    for (int a = 0; a < fromNs.length; a++) {
      int its = heirs.oldAsset()[a];
      if (its >= 0) {
        fromNs[a] = other.fromNs[its];
        untilNs[a] = other.untilNs[its];
        runs.copyFrom(other.runs, its, a);
      }
    }
  }

  @Override
  public void write(Snapshot.Writer out) {
    out.putLongs(fromNs);
    out.putLongs(untilNs);
    runs.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    in.getLongs(fromNs);
    in.getLongs(untilNs);
    runs.read(in);
  }
}
