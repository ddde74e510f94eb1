package io.feedrate.collector.assess;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.OverallScore;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Quantities;
import io.feedrate.kpi.maturity.Reason;
import io.feedrate.kpi.maturity.Scoring;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An assessment as plain text for a terminal, at most {@value #WIDTH} columns wide where names let
 * it. English.
 */
public final class AssessmentTable {

  static final int WIDTH = 96;
  private static final int DIGEST_SHOWN = 16;

  /** So many documents of one part are shown one by one. */
  static final int DOCUMENTS_SHOWN = 2;

  private static final int[] INDICATORS = {35, 12, 17};
  private static final int[] DIMENSIONS = {30, 16, 18};

  private final Assessment assessment;
  private final Profile profile;
  private final Map<String, Kpi> catalogue = new TreeMap<>();
  private final TextColumns out = new TextColumns(WIDTH);

  private AssessmentTable(Assessment assessment, Collection<Kpi> catalogue) {
    this.assessment = assessment;
    this.profile = assessment.profile();
    catalogue.forEach(kpi -> this.catalogue.put(kpi.id(), kpi));
  }

  /**
   * The table, lines ended by a line feed.
   *
   * @param catalogue names and units of KPIs that no indicator of the profile asks for
   */
  public static String render(Assessment assessment, Collection<Kpi> catalogue) {
    return new AssessmentTable(assessment, catalogue).render();
  }

  private String render() {
    head(assessment, out);
    out.line("");
    out.row(0, INDICATORS, "Indicator", "Figure", "Bounds", "Verdict");
    assessment.dimensions().forEach(dimension -> indicators(dimension, 0));
    unmapped();
    out.line("");
    out.row(0, DIMENSIONS, "Dimension", scoreTitle(), "Level", "Evidence coverage");
    out.rule();
    assessment.dimensions().forEach(dimension -> dimension(dimension, 0));
    out.rule();
    overall(assessment.overall());
    foot(profile, out);
    return out.toString();
  }

  /** Of whom, when and under which profile. */
  static void head(Assessment assessment, TextColumns out) {
    Profile profile = assessment.profile();
    out.wrap(assessment.subject() + ": " + assessment.notice());
    out.line(period(assessment));
    out.line(
        "Profile %s %s, sha256 %s..."
            .formatted(profile.id(), profile.version(), shortened(profile.digest())));
  }

  static String period(Assessment assessment) {
    return AssessmentWords.time(assessment.startNs())
        + " to "
        + AssessmentWords.time(assessment.endNs())
        + " UTC";
  }

  static String shortened(String digest) {
    return digest.substring(0, Math.min(DIGEST_SHOWN, digest.length()));
  }

  private void indicators(DimensionScore dimension, int depth) {
    if (depth == 0) {
      out.rule();
    }
    out.line(TextColumns.INDENT.repeat(depth) + dimension.dimension().name().english());
    for (DimensionScore part : dimension.parts()) {
      indicators(part, depth + 1);
    }
    List<IndicatorScore> undocumented =
        own(dimension).stream()
            .filter(score -> score.verdict().reason() == Reason.NO_DOCUMENT)
            .toList();
    boolean many = undocumented.size() > DOCUMENTS_SHOWN;
    for (IndicatorScore score : own(dimension)) {
      if (!many || !undocumented.contains(score)) {
        indicator(score, depth + 1);
      }
    }
    if (many) {
      String why = undocumented.get(0).verdict().explanation();
      out.row(depth + 1, INDICATORS, summed(undocumented), "", "", why);
    }
  }

  /** Those of its parts stand under the parts; its own are left. */
  static List<IndicatorScore> own(DimensionScore dimension) {
    List<Indicator> own = dimension.dimension().indicators();
    return dimension.indicators().stream().filter(s -> own.contains(s.indicator())).toList();
  }

  /** Many documents in one line. */
  static String summed(List<IndicatorScore> documents) {
    return "%s and %d more documents"
        .formatted(documents.get(0).indicator().name().english(), documents.size() - 1);
  }

  private void indicator(IndicatorScore score, int depth) {
    String name = score.indicator().name().english();
    if (score.indicator().weight() == 0) {
      name += " (not scored)";
    }
    String figure = "";
    String bounds = "";
    if (score.indicator() instanceof Indicator.Measured measured) {
      figure = Quantities.text(score.figure(), measured.unit());
      bounds = Quantities.bounds(score.figure(), measured.unit());
    }
    out.row(depth, INDICATORS, name, figure, bounds, verdict(score));
  }

  private static String verdict(IndicatorScore score) {
    Indicator indicator = score.indicator();
    String gate = indicator.mandatory() ? "; mandatory for level " + indicator.level() : "";
    return score.verdict().explanation() + gate;
  }

  private void unmapped() {
    if (assessment.unmapped().isEmpty()) {
      return;
    }
    out.rule();
    out.line("Measured, and not asked for by this profile");
    assessment
        .unmapped()
        .forEach(
            (id, figure) -> {
              Kpi kpi = catalogue.get(id);
              String unit = kpi == null ? "" : kpi.unit();
              out.row(
                  1,
                  INDICATORS,
                  kpi == null ? id : kpi.name(),
                  Quantities.text(figure, unit),
                  Quantities.bounds(figure, unit),
                  state(figure));
            });
  }

  private static String state(Figure figure) {
    return switch (figure.state()) {
      case MEASURED -> "measured";
      case INSUFFICIENT_EVIDENCE -> "not enough evidence";
      case NOT_APPLICABLE -> "nothing was due in this period";
    };
  }

  private void dimension(DimensionScore dimension, int depth) {
    out.row(
        depth,
        DIMENSIONS,
        dimension.dimension().name().english(),
        AssessmentWords.score(dimension.score()),
        AssessmentWords.level(profile, dimension.level()),
        AssessmentWords.coverage(dimension.coverage()));
    dimension.parts().forEach(part -> dimension(part, depth + 1));
  }

  private void overall(OverallScore overall) {
    String level = AssessmentWords.level(profile, overall.level());
    boolean minimum = profile.scoring().overall() == Scoring.Overall.MINIMUM;
    out.row(
        0,
        DIMENSIONS,
        "Weakest dimension",
        AssessmentWords.score(overall.minimum()),
        minimum ? level : "-",
        "");
    out.row(
        0,
        DIMENSIONS,
        "Weighted mean",
        AssessmentWords.score(overall.weightedMean()),
        minimum ? "gives no level" : level,
        AssessmentWords.coverage(overall.coverage()));
  }

  /** How to read it. */
  static void foot(Profile profile, TextColumns out) {
    out.line("");
    out.wrap(
        "A score is a range: its lower end takes what is not known as not met, its upper end as"
            + " fully met. Coverage is the share of the weight that telemetry decides.");
    if (profile.isProvisional()) {
      out.wrap("Provisional: " + profile.provisional());
    }
  }

  private String scoreTitle() {
    return "Score (0 to " + AssessmentWords.decimals(profile.maxScore(), 0) + ")";
  }
}
