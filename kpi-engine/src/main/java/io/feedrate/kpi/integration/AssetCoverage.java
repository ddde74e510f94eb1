package io.feedrate.kpi.integration;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import java.util.List;

/**
 * Connected-asset coverage: of the assets with signals in scope, those that delivered a usable
 * value of each of them in the window. Counted with the slots, see {@link
 * io.feedrate.kpi.slot.SlotTracker}.
 *
 * <p><b>Unit</b>: 1, of asset-windows. <b>Source</b>: GB/T 39116 equipment and network sub-domains
 * (general knowledge).
 */
public final class AssetCoverage {
  /** Asset-windows with a usable value of each signal. */
  public static final int CONNECTED = 0;

  /** Asset-windows with a signal in scope. */
  public static final int REGISTERED = 1;

  /** Signal-windows with a usable value. */
  public static final int USABLE_SIGNALS = 2;

  /** Signal-windows in scope. */
  public static final int SIGNALS = 3;

  /** Assets that delivered every signal in scope at least once in a window, of those in scope. */
  public static final Kpi KPI =
      new Kpi(
          "connected_asset_coverage",
          "connected_asset_coverage",
          "Connected assets",
          "1",
          true,
          "asset-windows with a usable value of each signal in scope / asset-windows in scope",
          "GB/T 39116 equipment and network sub-domains (general knowledge)",
          List.of("connected", "registered", "usable_signals", "signals"),
          (n, histogram) -> Figure.ratio(n[CONNECTED], n[REGISTERED]));

  private AssetCoverage() {}
}
