package io.feedrate.kpi.foundation;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Source availability: the share of seconds in scope in which an asset's link was wholly proven
 * alive.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: ISO/IEC 25024:2015 Ava-D-1, ISO/IEC 5259-2 Ava-ML-1 (both per
 * secondary sources). <b>Thread</b>: the engine's. <b>Allocation</b>: 0.
 */
public final class SourceAvailability implements Meter.Timed {
  private static final int ALIVE = 0;
  private static final int REQUIRED = 1;
  private static final int EXCLUDED = 2;
  private static final long SECOND_NS = 1_000_000_000L;

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

  private final int[] linkOf;
  private final LinkTimelines links;
  private final Exclusions exclusions;
  private final Tally tally;

  public SourceAvailability(Setting setting) {
    linkOf = setting.register().assets().stream().mapToInt(Asset::link).toArray();
    links = setting.links();
    exclusions = setting.exclusions();
    tally = setting.tally(KPI);
  }

  @Override
  public void onTime(int asset, long fromNs, long toNs) {
    int link = linkOf[asset];
    if (link == Asset.NO_LINK) {
      return;
    }
    for (long ns = fromNs; ns < toNs; ns += SECOND_NS) {
      if (exclusions.coversAsset(asset, ns, ns + SECOND_NS)) {
        tally.add(asset, EXCLUDED, ns, 1);
      } else {
        tally.add(asset, REQUIRED, ns, 1);
        if (isAlive(link, ns)) {
          tally.add(asset, ALIVE, ns, 1);
        }
      }
    }
  }

  private boolean isAlive(int link, long fromNs) {
    long toNs = fromNs + SECOND_NS;
    int state = links.worst(link, fromNs, toNs);
    return (state == LinkTimelines.UP || state == LinkTimelines.GAP)
        && links.provenNs(link) >= toNs;
  }
}
