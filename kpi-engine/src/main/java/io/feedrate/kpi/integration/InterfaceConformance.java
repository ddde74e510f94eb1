package io.feedrate.kpi.integration;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.meter.StateTimeline;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Interface conformance: nodes that a source offers as the register asks, of those that it asks
 * for. A check is a state that holds until the next one; each window counts the last check of each
 * asset whose link is up at the window's end. An asset that was never checked is counted as that
 * and conforms in nothing; a check that cannot be (none required, more conforming than required) is
 * ignored.
 *
 * <p><b>Unit</b>: 1, of node-windows. <b>Source</b>: OPC 40501-1 conformance units and facets, of
 * which the register lists the required nodes. <b>Thread</b>: the engine's. <b>Allocation</b>: 0 in
 * steady state.
 */
public final class InterfaceConformance implements Meter {
  private static final int CONFORMING = 0;
  private static final int REQUIRED = 1;
  private static final int CHECKED = 2;
  private static final int UNCHECKED = 3;

  private static final int NEVER = -1;
  private static final String ID = "interface_conformance";

  /** Conforming of required nodes. */
  public static final Kpi KPI =
      new Kpi(
          ID,
          ID,
          "Interface conformance",
          "1",
          true,
          "node-windows offered as required / node-windows required, of connected assets checked",
          "OPC 40501-1 conformance units and facets",
          List.of("conforming", "required", "checked", "unchecked"),
          (n, histogram) ->
              n[REQUIRED] == 0 && n[UNCHECKED] > 0
                  ? Figure.INSUFFICIENT
                  : Figure.ratio(n[CONFORMING], n[REQUIRED]));

  private final int[] linkOf;
  private final LinkTimelines links;
  private final StateTimeline conforming;
  private final StateTimeline required;
  private final Tally tally;

  public InterfaceConformance(Setting setting) {
    linkOf = setting.register().assets().stream().mapToInt(Asset::link).toArray();
    links = setting.links();
    conforming = new StateTimeline(linkOf.length, NEVER);
    required = new StateTimeline(linkOf.length, NEVER);
    tally = setting.tally(KPI);
  }

  @Override
  public void onEvent(PlantEvent e) {
    boolean possible = e.of() > 0 && e.amount() >= 0 && e.amount() <= e.of();
    if (e.kind() == EventKind.INTERFACE_CHECKED && possible && e.of() <= Integer.MAX_VALUE) {
      conforming.set(e.asset(), e.atNs(), (int) e.amount());
      required.set(e.asset(), e.atNs(), (int) e.of());
    }
  }

  @Override
  public void onClose(int asset, long startNs, long endNs) {
    int link = linkOf[asset];
    if (link == Asset.NO_LINK) {
      return;
    }
    int asked = required.at(asset, endNs - 1);
    if (isUp(link, endNs)) {
      if (asked == NEVER) {
        tally.add(asset, UNCHECKED, startNs, 1);
      } else {
        tally.add(asset, CHECKED, startNs, 1);
        tally.add(asset, REQUIRED, startNs, asked);
        tally.add(asset, CONFORMING, startNs, conforming.at(asset, endNs - 1));
      }
    }
    conforming.forget(asset, endNs - 1);
    required.forget(asset, endNs - 1);
  }

  private boolean isUp(int link, long endNs) {
    int state = links.worst(link, endNs - 1, endNs);
    return state == LinkTimelines.UP || state == LinkTimelines.GAP;
  }

  @Override
  public void write(Snapshot.Writer out) {
    conforming.write(out);
    required.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    conforming.read(in);
    required.read(in);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    InterfaceConformance its = (InterfaceConformance) old;
    conforming.takeOver(its.conforming, heirs.oldAsset());
    required.takeOver(its.required, heirs.oldAsset());
  }
}
