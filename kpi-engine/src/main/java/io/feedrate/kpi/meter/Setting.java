package io.feedrate.kpi.meter;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.SignalIndex;
import io.feedrate.kpi.episode.Episodes;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.link.LinkTimelines;
import io.feedrate.kpi.window.Tally;
import io.feedrate.kpi.window.Windows;

/**
 * What a meter is built on.
 *
 * @param register in force for as long as the meter lives
 * @param signals its signals by what they belong to
 * @param windows of assets
 * @param signalWindows of signals
 * @param links what is known about links over time
 * @param exclusions what is out of scope
 * @param episodes what began and waits for its end
 * @param names names by id
 */
public record Setting(
    Register register,
    SignalIndex signals,
    Windows windows,
    Windows signalWindows,
    LinkTimelines links,
    Exclusions exclusions,
    Episodes episodes,
    Names names) {

  /** A tally per asset for a KPI's base counts; in the constructor only. */
  public Tally tally(Kpi basis) {
    return windows.tally(basis);
  }
}
