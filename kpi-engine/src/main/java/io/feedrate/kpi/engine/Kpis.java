package io.feedrate.kpi.engine;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.collaboration.Advices;
import io.feedrate.kpi.completeness.Completeness;
import io.feedrate.kpi.latency.Inferences;
import io.feedrate.kpi.link.SourceAvailability;
import io.feedrate.kpi.rollout.Rollouts;
import io.feedrate.kpi.rollout.UpdateLatency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalogue: every KPI there is, one line each. */
public final class Kpis {

  /** All KPIs, in the order of the AIMM dimensions that they are mapped to by default. */
  public static final List<Kpi> ALL =
      List.of(
          Completeness.EVENTUAL,
          Completeness.IN_TIME,
          Completeness.GROSS,
          SourceAvailability.KPI,
          Completeness.RANGE_VALIDITY,
          UpdateLatency.MEDIAN,
          Rollouts.ON_TIME,
          Inferences.AVAILABILITY,
          Inferences.LATENCY_P95,
          SourceAvailability.CONNECTED_ASSETS,
          Advices.DECIDED,
          Advices.ACCEPTED);

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
