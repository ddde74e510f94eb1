package io.feedrate.collector.assess;

import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Dimension;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two profiles, and what that makes of the same results. Plain text for a
 * terminal; English.
 */
public final class ProfileDiffReport {

  private final Profile older;
  private final Profile newer;
  private final ProfileDiff diff;
  private final TextColumns out = new TextColumns(AssessmentTable.WIDTH);

  private ProfileDiffReport(Profile older, Profile newer) {
    this.older = older;
    this.newer = newer;
    this.diff = ProfileDiff.of(older, newer);
  }

  /** The changes, lines ended by a line feed. */
  public static String render(Profile older, Profile newer) {
    return new ProfileDiffReport(older, newer).render();
  }

  /** The changes and what they mean: both assessments are of the same evidence. */
  public static String render(Assessment before, Assessment after) {
    ProfileDiffReport report = new ProfileDiffReport(before.profile(), after.profile());
    report.render();
    new ProfileEffect(before, after, report.diff, report.out).render();
    return report.out.toString();
  }

  private String render() {
    out.line("old  " + named(older));
    out.line("new  " + named(newer));
    out.line("");
    if (diff.isEmpty()) {
      out.wrap(
          older.digest().equals(newer.digest())
              ? "They are the same."
              : "They ask for the same; only titles or notes differ.");
      return out.toString();
    }
    out.line(diff.count() == 1 ? "1 change" : diff.count() + " changes");
    diff.model().forEach(change -> out.row(1, new int[] {}, change));
    Map<String, Dimension> dimensions = new LinkedHashMap<>();
    newer.dimensions().forEach(d -> dimensions.putIfAbsent(d.id(), d));
    older.dimensions().forEach(d -> dimensions.putIfAbsent(d.id(), d));
    dimensions.values().forEach(this::changes);
    return out.toString();
  }

  private static String named(Profile profile) {
    return "%s %s, sha256 %s..."
        .formatted(profile.id(), profile.version(), AssessmentTable.shortened(profile.digest()));
  }

  /** Of a dimension of the newer profile, and what the older one had in it as well. */
  private void changes(Dimension dimension) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Profile profile : List.of(older, newer)) {
      profile.dimensions().stream()
          .filter(d -> d.id().equals(dimension.id()))
          .forEach(d -> names(d, names));
    }
    boolean changed =
        names.keySet().stream()
            .anyMatch(id -> diff.dimensions().containsKey(id) || diff.indicators().containsKey(id));
    if (!changed) {
      return;
    }
    out.line("");
    List<String> itself = diff.dimensions().getOrDefault(dimension.id(), List.of());
    if (itself.contains("added") || itself.contains("removed")) {
      out.wrap(
          "%s: %s, with %d indicators"
              .formatted(
                  dimension.name().english(), itself.get(0), dimension.allIndicators().size()));
      return;
    }
    out.line(dimension.name().english());
    names.forEach(
        (id, name) -> {
          told(diff.dimensions().get(id), id, id.equals(dimension.id()) ? "itself" : name);
          told(diff.indicators().get(id), id, name);
        });
  }

  private void told(@Nullable List<String> changes, String id, String name) {
    if (changes != null) {
      out.row(1, new int[] {}, "%s (%s): %s".formatted(name, id, String.join("; ", changes)));
    }
  }

  private static void names(Dimension dimension, Map<String, String> names) {
    names.put(dimension.id(), dimension.name().english());
    for (Indicator indicator : dimension.indicators()) {
      names.put(indicator.id(), indicator.name().english());
    }
    dimension.parts().forEach(part -> names(part, names));
  }

  /** A dimension's score by its id; for those that the other profile does not have: none. */
  static Map<String, DimensionScore> byId(Assessment assessment) {
    Map<String, DimensionScore> byId = new LinkedHashMap<>();
    assessment.dimensions().forEach(d -> byId.put(d.dimension().id(), d));
    return byId;
  }
}
