package io.feedrate.collector.assess;

import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.IndicatorState;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Quantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Assessments of several subjects under one profile and for one period, side by side: first what
 * each dimension comes to, then each measured indicator. Plain text for a terminal; English.
 */
public final class SideBySide {

  private static final int NAME = 16;
  private static final int CELL_MIN = 13;
  private static final int INDICATOR = 32;
  private static final int SUBJECTS_ABREAST = 4;

  private final String subject;
  private final List<Assessment> assessments;
  private final Profile profile;
  private final TextColumns out = new TextColumns(AssessmentTable.WIDTH);

  private SideBySide(String subject, List<Assessment> assessments) {
    this.subject = subject;
    this.assessments = List.copyOf(assessments);
    this.profile = assessments.get(0).profile();
  }

  /**
   * The tables, lines ended by a line feed.
   *
   * @param subject what they are all below: it is not said again in their paths
   * @param by what each of them is, such as "supplier"
   * @param assessments one or more of the same profile and period; their subjects are the names
   */
  public static String render(String subject, String by, List<Assessment> assessments) {
    return new SideBySide(subject, assessments).render(by);
  }

  private String render(String by) {
    Assessment any = assessments.get(0);
    out.wrap(subject + " by " + by + ": " + any.notice());
    out.line(AssessmentTable.period(any));
    out.line(
        "Profile %s %s, sha256 %s..."
            .formatted(
                profile.id(), profile.version(), AssessmentTable.shortened(profile.digest())));
    dimensions();
    for (int from = 0; from < assessments.size(); from += SUBJECTS_ABREAST) {
      int to = Math.min(from + SUBJECTS_ABREAST, assessments.size());
      indicators(assessments.subList(from, to));
    }
    out.line("");
    out.wrap(
        "Only what is measured is held side by side; documents are open here, which widens every"
            + " score alike, and declarations do not count. \"open\" is not zero: there is not enough evidence. What counts for a"
            + " line as a whole, such as alarms of an operator position, is open for its assets.");
    AssessmentTable.foot(profile, out);
    return out.toString();
  }

  /** A block for each subject: score, level and coverage below the name of each dimension. */
  private void dimensions() {
    int count = profile.dimensions().size();
    int[] widths = new int[count];
    Arrays.fill(widths, Math.max(CELL_MIN, (AssessmentTable.WIDTH - NAME) / count));
    widths[0] = NAME;
    out.line("");
    row(widths, "", any -> any.dimension().name().english(), assessments.get(0));
    for (Assessment each : assessments) {
      out.rule();
      out.wrap(name(each));
      row(widths, "score", d -> AssessmentWords.score(d.score()), each);
      row(widths, "level", d -> AssessmentWords.level(profile, d.level()), each);
      row(widths, "measured", d -> AssessmentWords.measured(d.coverage()), each);
    }
    out.rule();
  }

  private void row(int[] widths, String name, DimensionText text, Assessment assessment) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    assessment.dimensions().forEach(d -> cells.add(text.of(d)));
    out.row(name.isEmpty() ? 0 : 1, widths, cells.toArray(String[]::new));
  }

  private void indicators(List<Assessment> abreast) {
    int[] widths = new int[abreast.size()];
    Arrays.fill(widths, (AssessmentTable.WIDTH - INDICATOR) / SUBJECTS_ABREAST);
    widths[0] = INDICATOR;
    List<String> heads = new ArrayList<>(List.of("Indicator"));
    abreast.forEach(each -> heads.add(name(each)));
    out.line("");
    out.row(0, widths, heads.toArray(String[]::new));
    for (int d = 0; d < profile.dimensions().size(); d++) {
      out.rule();
      out.line(profile.dimensions().get(d).name().english());
      List<IndicatorScore> its = abreast.get(0).dimensions().get(d).indicators();
      for (int i = 0; i < its.size(); i++) {
        if (its.get(i).indicator() instanceof Indicator.Measured measured) {
          List<String> cells = new ArrayList<>(List.of(measured.name().english()));
          for (Assessment each : abreast) {
            cells.add(cell(measured, each.dimensions().get(d).indicators().get(i)));
          }
          out.row(1, widths, cells.toArray(String[]::new));
        }
      }
    }
  }

  private String name(Assessment assessment) {
    String above = subject + "/";
    String name = assessment.subject();
    return name.startsWith(above) ? name.substring(above.length()) : name;
  }

  private static String cell(Indicator.Measured indicator, IndicatorScore score) {
    if (score.verdict().state() != IndicatorState.MEASURED) {
      String figure = Quantities.text(score.figure(), indicator.unit());
      return figure.equals("-") ? "open" : figure + " open";
    }
    return Quantities.text(score.figure(), indicator.unit())
        + " "
        + AssessmentWords.degree(score.verdict().degree());
  }

  /** A cell of a dimension. */
  private interface DimensionText {
    String of(DimensionScore dimension);
  }
}
