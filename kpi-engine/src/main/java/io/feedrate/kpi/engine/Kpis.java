package io.feedrate.kpi.engine;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.capability.InferenceAvailability;
import io.feedrate.kpi.capability.InferenceLatency;
import io.feedrate.kpi.capability.UpdateLatency;
import io.feedrate.kpi.capability.UpdateOnTime;
import io.feedrate.kpi.collaboration.AdviceDecisions;
import io.feedrate.kpi.foundation.Completeness;
import io.feedrate.kpi.foundation.RangeValidity;
import io.feedrate.kpi.foundation.SourceAvailability;
import io.feedrate.kpi.integration.AssetCoverage;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalogue: every KPI there is, one line for what one class measures. */
public final class Kpis {

  /** All families, in the order of the AIMM dimensions that they are mapped to by default. */
  public static final List<Family> FAMILIES =
      List.of(
          // Data Foundation
          Family.derived(Completeness.EVENTUAL, Completeness.IN_TIME, Completeness.GROSS),
          Family.of(SourceAvailability::new, SourceAvailability.KPI),
          Family.derived(RangeValidity.KPI),
          // Model Capability
          Family.derived(UpdateLatency.MEDIAN),
          Family.of(UpdateOnTime::new, UpdateOnTime.KPI),
          Family.of(
              InferenceAvailability::new,
              InferenceAvailability.KPI,
              InferenceLatency.P50,
              InferenceLatency.P95,
              InferenceLatency.P99),
          // Production Line Integration
          Family.derived(AssetCoverage.KPI),
          // Human-Machine Collaboration
          Family.of(AdviceDecisions::new, AdviceDecisions.DECIDED, AdviceDecisions.ACCEPTED));

  /** All KPIs. */
  public static final List<Kpi> ALL = FAMILIES.stream().flatMap(f -> f.kpis().stream()).toList();

  private static final Map<String, Kpi> BY_ID =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Kpi::id, Function.identity()));

  private Kpis() {}

  /**
   * The KPI with this id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Kpi byId(String id) {
    Kpi kpi = BY_ID.get(id);
    if (kpi == null) {
      throw new IllegalArgumentException("no KPI has the id " + id);
    }
    return kpi;
  }
}
