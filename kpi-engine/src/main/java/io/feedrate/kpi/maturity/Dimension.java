package io.feedrate.kpi.maturity;

import java.util.ArrayList;
import java.util.List;

/**
 * A dimension of a maturity model, or a part (domain, sub-domain) of one.
 *
 * @param id unique in its profile
 * @param name what people read
 * @param weight among its siblings, 0 or more
 * @param parts its parts, mostly none
 * @param indicators what it asks for directly
 */
public record Dimension(
    String id, Text name, double weight, List<Dimension> parts, List<Indicator> indicators) {

  public Dimension {
    parts = List.copyOf(parts);
    indicators = List.copyOf(indicators);
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a weight is 0 or more: " + weight);
    }
  }

  /** The indicators of its parts and its own, in the profile's order. */
  public List<Indicator> allIndicators() {
    List<Indicator> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(part.allIndicators()));
    all.addAll(indicators);
    return all;
  }
}
