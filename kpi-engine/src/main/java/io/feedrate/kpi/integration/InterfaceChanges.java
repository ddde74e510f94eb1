package io.feedrate.kpi.integration;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Unannounced interface changes: changes of a source's model, namespaces or metadata that came
 * without a new version, of all changes. Without any change nothing can be told.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: house definition over OPC UA NodeVersion, PubSub
 * MetaDataVersion and differences between Sparkplug births. <b>Thread</b>: the engine's.
 * <b>Allocation</b>: 0.
 */
public final class InterfaceChanges implements Meter {
  private static final int ANNOUNCED = 0;
  private static final int UNANNOUNCED = 1;

  private static final String ID = "unannounced_interface_changes";

  /** Changes without a new version, of all. */
  public static final Kpi KPI =
      new Kpi(
          ID,
          ID,
          "Unannounced interface changes",
          "1",
          false,
          "interface changes without a new version / interface changes",
          "house definition over OPC UA NodeVersion, PubSub MetaDataVersion, Sparkplug births",
          List.of("announced", "unannounced"),
          (n, histogram) -> Figure.ratio(n[UNANNOUNCED], n[ANNOUNCED] + n[UNANNOUNCED]));

  private final Tally tally;

  public InterfaceChanges(Setting setting) {
    tally = setting.tally(KPI);
  }

  @Override
  public void onEvent(PlantEvent e) {
    if (e.kind() == EventKind.INTERFACE_CHANGED) {
      tally.add(e.asset(), ANNOUNCED, e.atNs(), 1);
    } else if (e.kind() == EventKind.INTERFACE_CHANGED_UNANNOUNCED) {
      tally.add(e.asset(), UNANNOUNCED, e.atNs(), 1);
    }
  }
}
