package io.feedrate.kpi.engine;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * KPIs that belong together: one meter measures what all of them are computed from.
 *
 * @param kpis what is computed
 * @param meter makes the meter; empty where the counts come from slots or episodes
 */
public record Family(List<Kpi> kpis, Optional<Function<Setting, Meter>> meter) {
  public Family {
    kpis = List.copyOf(kpis);
  }

  /** KPIs that a meter measures. */
  public static Family of(Function<Setting, Meter> meter, Kpi... kpis) {
    return new Family(List.of(kpis), Optional.of(meter));
  }

  /** KPIs whose counts come from slots, episodes or another family's meter. */
  public static Family derived(Kpi... kpis) {
    return new Family(List.of(kpis), Optional.empty());
  }
}
