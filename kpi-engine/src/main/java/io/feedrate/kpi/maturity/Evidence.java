package io.feedrate.kpi.maturity;

import io.feedrate.kpi.Figure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that an assessment is made from.
 *
 * @param subject path of the site, line or asset that is assessed
 * @param startNs start of the period, inclusive, epoch nanoseconds
 * @param endNs end of the period, exclusive
 * @param measurements by KPI id
 * @param documents attached documents
 * @param declarations at most one per indicator
 */
public record Evidence(
    String subject,
    long startNs,
    long endNs,
    Map<String, Measurement> measurements,
    List<Document> documents,
    List<Declaration> declarations) {

  public Evidence {
    measurements = Map.copyOf(measurements);
    documents = List.copyOf(documents);
    declarations = List.copyOf(declarations);
    if (startNs >= endNs) {
      throw new IllegalArgumentException("the period ends before it starts");
    }
    if (declarations.stream().map(Declaration::indicator).distinct().count()
        != declarations.size()) {
      throw new IllegalArgumentException("at most one declaration per indicator");
    }
  }

  /** Telemetry alone. */
  public static Evidence of(String subject, long startNs, long endNs, Map<String, Figure> figures) {
    Map<String, Measurement> measurements = new TreeMap<>();
    figures.forEach((kpi, figure) -> measurements.put(kpi, Measurement.of(figure)));
    return new Evidence(subject, startNs, endNs, measurements, List.of(), List.of());
  }
}
