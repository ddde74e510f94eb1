package io.feedrate.kpi.example;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Scrap ratio: parts that an inspection found bad, of the parts inspected.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: ISO 22400-2 scrap ratio SQ / PQ (general knowledge).
 * <b>Thread</b>: the engine's. <b>Allocation</b>: 0.
 */
public final class ScrapRatio implements Meter {
  private static final int BAD = 0;
  private static final int INSPECTED = 1;

  /** Parts found bad, of the parts inspected. */
  public static final Kpi KPI =
      new Kpi(
          "scrap_ratio",
          "scrap_ratio",
          "Scrap ratio",
          "1",
          false,
          "parts found bad / parts inspected",
          "ISO 22400-2 (general knowledge)",
          List.of("bad", "inspected"),
          (n, histogram) -> Figure.ratio(n[BAD], n[INSPECTED]));

  private final Tally tally;

  public ScrapRatio(Setting setting) {
    tally = setting.tally(KPI);
  }

  @Override
  public void onEvent(PlantEvent e) {
    switch (e.kind()) {
      case PART_BAD -> {
        tally.add(e.asset(), BAD, e.atNs(), 1);
        tally.add(e.asset(), INSPECTED, e.atNs(), 1);
      }
      case PART_GOOD -> tally.add(e.asset(), INSPECTED, e.atNs(), 1);
      default -> {}
    }
  }
}
