package io.feedrate.collector.report;

import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.Handover;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.maturity.Assessment;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a report tells, without words: the same for every language and form.
 *
 * @param request what was asked for
 * @param assessment of the period
 * @param zone the plant's
 * @param firstNs start of the first window found; {@link Long#MAX_VALUE} where there is none
 * @param lastNs end of the last one
 * @param kpis every KPI by id, in the catalogue's order
 * @param assets machines and nodes by their completeness, the worst first; at most {@link
 *     #MOST_ASSETS}
 * @param assetCount how many there are
 * @param updates model updates that were open in the period, pending ones first; at most {@link
 *     #MOST_UPDATES}
 * @param updateCount how many there are
 * @param pendingCount how many of them are pending
 * @param exclusions that touch period and subject; at most {@link #MOST_EXCLUSIONS}
 * @param exclusionCount how many there are
 * @param registers under which the period was computed, newest last
 * @param handovers of other versions of Feedrate
 */
record ReportData(
    ReportRequest request,
    Assessment assessment,
    ZoneId zone,
    long firstNs,
    long lastNs,
    Map<String, KpiData> kpis,
    List<AssetData> assets,
    int assetCount,
    List<ModelUpdate> updates,
    int updateCount,
    int pendingCount,
    List<ExclusionRow> exclusions,
    int exclusionCount,
    List<RegisterData> registers,
    List<Handover> handovers) {

  /** So many machines and nodes are listed. */
  static final int MOST_ASSETS = 15;

  /** So many model updates are listed. */
  static final int MOST_UPDATES = 40;

  /** So many exclusions are listed. */
  static final int MOST_EXCLUSIONS = 60;

  /** So many registers are listed, the newest. */
  static final int MOST_REGISTERS = 20;

  ReportData {
    kpis = new LinkedHashMap<>(kpis);
    assets = List.copyOf(assets);
    updates = List.copyOf(updates);
    exclusions = List.copyOf(exclusions);
    registers = List.copyOf(registers);
    handovers = List.copyOf(handovers);
  }

  /** Whether there was no window in the period. */
  boolean isEmpty() {
    return firstNs > lastNs;
  }

  /**
   * Completeness of a machine or node.
   *
   * @param path of it
   * @param supplier or ""
   * @param outcomes slots by outcome, in the order of {@link io.feedrate.kpi.Outcome}
   * @param figure sensor data completeness
   */
  record AssetData(String path, String supplier, List<Long> outcomes, Figure figure) {
    AssetData {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * A register and since when it is in force.
   *
   * @param signals how many it has
   */
  record RegisterData(String hash, long sinceNs, int assets, int signals) {}
}
