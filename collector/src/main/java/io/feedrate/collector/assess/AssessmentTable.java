package io.feedrate.collector.assess;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.Coverage;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.Interval;
import io.feedrate.kpi.maturity.LevelRange;
import io.feedrate.kpi.maturity.OverallScore;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Quantities;
import io.feedrate.kpi.maturity.Scoring;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An assessment as plain text for a terminal, at most {@value #WIDTH} columns wide where names let
 * it. English.
 */
public final class AssessmentTable {

  static final int WIDTH = 96;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long NS_PER_S = 1_000_000_000L;
  private static final int DIGEST_SHOWN = 16;

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
    head();
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
    foot();
    return out.toString();
  }

  private void head() {
    out.wrap(assessment.subject() + ": " + assessment.notice());
    out.line(time(assessment.startNs()) + " to " + time(assessment.endNs()) + " UTC");
    String digest = profile.digest();
    out.line(
        "Profile %s %s, sha256 %s..."
            .formatted(
                profile.id(),
                profile.version(),
                digest.substring(0, Math.min(DIGEST_SHOWN, digest.length()))));
  }

  private void indicators(DimensionScore dimension, int depth) {
    out.rule();
    out.line(TextColumns.INDENT.repeat(depth) + dimension.dimension().name().english());
    for (DimensionScore part : dimension.parts()) {
      indicators(part, depth + 1);
    }
    // Those of its parts stand under the parts; its own are left.
    List<Indicator> own = dimension.dimension().indicators();
    for (IndicatorScore score : dimension.indicators()) {
      if (own.contains(score.indicator())) {
        indicator(score, depth + 1);
      }
    }
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
        score(dimension.score()),
        level(dimension.level()),
        coverage(dimension.coverage()));
    dimension.parts().forEach(part -> dimension(part, depth + 1));
  }

  private void overall(OverallScore overall) {
    String level = level(overall.level());
    boolean minimum = profile.scoring().overall() == Scoring.Overall.MINIMUM;
    out.row(
        0, DIMENSIONS, "Weakest dimension", score(overall.minimum()), minimum ? level : "-", "");
    out.row(
        0,
        DIMENSIONS,
        "Weighted mean",
        score(overall.weightedMean()),
        minimum ? "gives no level" : level,
        coverage(overall.coverage()));
  }

  private void foot() {
    out.line("");
    out.wrap(
        "A score is a range: its lower end takes what is not known as not met, its upper end as"
            + " fully met. Coverage is the share of the weight that telemetry decides.");
    if (profile.isProvisional()) {
      out.wrap("Provisional: " + profile.provisional());
    }
  }

  private String scoreTitle() {
    return "Score (0 to " + decimals(profile.maxScore(), 0) + ")";
  }

  private static String score(Interval score) {
    if (!score.isDefined()) {
      return "not applicable";
    }
    // Rounded outwards, so that the text never promises more than is known.
    String lower = fixed(score.lower(), RoundingMode.FLOOR);
    String upper = fixed(score.upper(), RoundingMode.CEILING);
    return score.isPoint() ? decimals(score.lower(), 2) : lower + " to " + upper;
  }

  private String level(LevelRange level) {
    if (!level.isDefined()) {
      return "-";
    } else if (level.isSingle()) {
      return levelName(level.lowest());
    }
    return level.lowest() + " to " + level.highest();
  }

  private String levelName(int level) {
    return level == 0
        ? "below level 1"
        : level + " " + profile.levels().get(level - 1).name().english();
  }

  private static String coverage(Coverage coverage) {
    if (Double.isNaN(coverage.measured())) {
      return "nothing applicable";
    }
    List<String> parts = new ArrayList<>();
    parts.add(share(coverage.measured()) + " measured");
    add(parts, coverage.reviewed(), "reviewed");
    add(parts, coverage.declared(), "declared only");
    add(parts, coverage.notImplemented(), "not there");
    add(parts, coverage.missing(), "open");
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, double share, String what) {
    if (share > 0) {
      parts.add(share(share) + " " + what);
    }
  }

  private static String share(double share) {
    return decimals(share * 100, 0) + " %";
  }

  private static String decimals(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String fixed(double value, RoundingMode rounding) {
    return BigDecimal.valueOf(value).setScale(2, rounding).toPlainString();
  }

  private static String time(long epochNs) {
    return TIME.format(
        Instant.ofEpochSecond(Math.floorDiv(epochNs, NS_PER_S), Math.floorMod(epochNs, NS_PER_S)));
  }
}
