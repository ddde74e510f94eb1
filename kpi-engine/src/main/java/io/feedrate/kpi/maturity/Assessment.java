package io.feedrate.kpi.maturity;

import io.feedrate.kpi.Figure;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What evidence says under a profile. The same profile and evidence give an equal assessment.
 *
 * @param profile the model, named by its digest
 * @param subject path of what was assessed
 * @param startNs start of the period, inclusive, epoch nanoseconds
 * @param endNs end of the period, exclusive
 * @param dimensions in the profile's order
 * @param overall all of them together
 * @param unmapped figures that no indicator asks for, by KPI id
 */
public record Assessment(
    Profile profile,
    String subject,
    long startNs,
    long endNs,
    List<DimensionScore> dimensions,
    OverallScore overall,
    SortedMap<String, Figure> unmapped) {

  public Assessment {
    dimensions = List.copyOf(dimensions);
    unmapped = Collections.unmodifiableSortedMap(new TreeMap<>(unmapped));
  }

  /** Assesses this evidence under this profile. */
  public static Assessment of(Profile profile, Evidence evidence) {
    return new Scorer(profile, evidence).assess();
  }

  /** What every view of an assessment must say on its face. */
  public String notice() {
    return profile.isProvisional()
        ? "self-assessment aid; provisional " + profile.title().english() + " mapping"
        : "self-assessment aid; " + profile.title().english();
  }
}
