package io.feedrate.collector.assess;

import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * What is missing, indicator by indicator, and what to do next: an assessment as a list of work for
 * a plant engineer. Plain text for a terminal; English.
 */
public final class GapReport {

  private static final int[] FACTS = {12};

  private final Assessment assessment;
  private final Profile profile;
  private final TextColumns out = new TextColumns(AssessmentTable.WIDTH);

  private GapReport(Assessment assessment) {
    this.assessment = assessment;
    this.profile = assessment.profile();
  }

  /** The list, lines ended by a line feed. */
  public static String render(Assessment assessment) {
    return new GapReport(assessment).render();
  }

  private String render() {
    AssessmentTable.head(assessment, out);
    assessment.dimensions().forEach(dimension -> dimension(dimension, ""));
    AssessmentTable.foot(profile, out);
    return out.toString();
  }

  private void dimension(DimensionScore dimension, String above) {
    String name = above + dimension.dimension().name().english();
    if (above.isEmpty()) {
      out.line("");
      out.rule();
      out.wrap(
          "%s: score %s, level %s"
              .formatted(
                  name,
                  AssessmentWords.score(dimension.score()),
                  AssessmentWords.level(profile, dimension.level())));
      out.rule();
    } else {
      out.line("");
      out.wrap(name);
    }
    dimension.parts().forEach(part -> dimension(part, name + " / "));
    own(dimension);
  }

  private void own(DimensionScore dimension) {
    StringJoiner closed = new StringJoiner("; ");
    List<IndicatorScore> documents = new ArrayList<>();
    for (IndicatorScore score : AssessmentTable.own(dimension)) {
      if (score.verdict().reason() == Reason.NO_DOCUMENT) {
        documents.add(score);
      } else if (Gap.of(score).isClosed()) {
        closed.add(Gap.inOrder(score));
      } else {
        gap(score);
      }
    }
    documents(documents);
    if (closed.length() > 0) {
      out.line("");
      out.row(0, FACTS, "In order", closed.toString());
    }
  }

  /** Where a model asks for many documents of the same kind, they are one piece of work. */
  private void documents(List<IndicatorScore> documents) {
    if (documents.size() <= AssessmentTable.DOCUMENTS_SHOWN) {
      documents.forEach(this::gap);
      return;
    }
    out.line("");
    out.wrap(AssessmentTable.summed(documents));
    Gap gap = Gap.of(documents.get(0));
    facts(new Gap("none of them", gap.missing(), gap.next()));
  }

  private void gap(IndicatorScore score) {
    out.line("");
    out.wrap(
        score.indicator().name().english()
            + (score.indicator().mandatory()
                ? " (mandatory for level " + score.indicator().level() + ")"
                : ""));
    facts(Gap.of(score));
  }

  private void facts(Gap gap) {
    out.row(1, FACTS, "have", gap.have());
    out.row(1, FACTS, "missing", gap.missing());
    out.row(1, FACTS, "next", gap.next());
  }
}
