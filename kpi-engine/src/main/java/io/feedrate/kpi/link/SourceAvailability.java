package io.feedrate.kpi.link;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import java.util.List;

/** How long sources were reachable, and how many assets delivered. */
public final class SourceAvailability {

  /** Index of the seconds proven alive. */
  public static final int ALIVE = 0;

  /** Index of the seconds in scope, alive or not. */
  public static final int REQUIRED = 1;

  /** Index of the seconds excluded. */
  public static final int EXCLUDED = 2;

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

  /** Assets that delivered every signal in scope at least once in a window, of those in scope. */
  public static final Kpi CONNECTED_ASSETS =
      new Kpi(
          "connected_asset_coverage",
          "connected_asset_coverage",
          "Connected assets",
          "1",
          true,
          "asset-windows with a usable value of each signal in scope / asset-windows in scope",
          "GB/T 39116 equipment and network sub-domains (general knowledge)",
          List.of("connected", "registered"),
          (n, histogram) -> Figure.ratio(n[0], n[1]));

  private static final long SECOND_NS = 1_000_000_000L;

  private SourceAvailability() {}

  /** Whether a link was proven alive in the whole second that starts at {@code fromNs}. */
  public static boolean isAlive(LinkTimelines links, int link, long fromNs) {
    long toNs = fromNs + SECOND_NS;
    int state = links.worst(link, fromNs, toNs);
    return (state == LinkTimelines.UP || state == LinkTimelines.GAP)
        && links.provenNs(link) >= toNs;
  }
}
