package io.feedrate.collector.assess;

import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.Interval;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Scoring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a changed profile makes of the same evidence: each dimension's score and level before and
 * after, and the indicators that make the difference. Where levels are bands of the score, what the
 * indicators add to it sums up to the difference of the score.
 */
final class ProfileEffect {

  private static final int[] DIMENSION = {36, 20};
  private static final int[] INDICATOR = {36, 20, 20};

  private final Assessment before;
  private final Assessment after;
  private final ProfileDiff diff;
  private final TextColumns out;
  private final boolean adds;

  ProfileEffect(Assessment before, Assessment after, ProfileDiff diff, TextColumns out) {
    this.before = before;
    this.after = after;
    this.diff = diff;
    this.out = out;
    this.adds = isBands(before.profile()) && isBands(after.profile());
  }

  private static boolean isBands(Profile profile) {
    return profile.scoring().method() == Scoring.Method.SCORE_BANDS;
  }

  void render() {
    out.line("");
    out.wrap(
        "The same results of %s, %s".formatted(after.subject(), AssessmentTable.period(after)));
    out.line("");
    out.row(0, INDICATOR, "", "Old", "New", adds ? "Adds (low / high)" : "");
    Map<String, DimensionScore> olds = ProfileDiffReport.byId(before);
    Map<String, DimensionScore> news = ProfileDiffReport.byId(after);
    Set<String> ids = new LinkedHashSet<>(news.keySet());
    ids.addAll(olds.keySet());
    ids.forEach(id -> dimension(olds.get(id), news.get(id)));
    out.rule();
    level(
        "All, " + (minimum(after) ? "by the weakest" : "by the weighted mean"),
        AssessmentWords.level(before.profile(), before.overall().level()),
        AssessmentWords.level(after.profile(), after.overall().level()),
        List.of());
  }

  private static boolean minimum(Assessment assessment) {
    return assessment.profile().scoring().overall() == Scoring.Overall.MINIMUM;
  }

  private void dimension(@Nullable DimensionScore old, @Nullable DimensionScore now) {
    DimensionScore any = now == null ? old : now;
    if (any == null) {
      return;
    }
    out.rule();
    out.row(0, DIMENSION, any.dimension().name().english(), score(old), score(now));
    level(
        "  level",
        old == null ? "-" : AssessmentWords.level(before.profile(), old.level()),
        now == null ? "-" : AssessmentWords.level(after.profile(), now.level()),
        old == null || now == null ? List.of() : why(old, now));
    if (old == null || now == null) {
      out.row(1, new int[] {}, "only in the " + (old == null ? "new" : "old") + " profile");
    } else {
      indicators(scores(old), scores(now));
    }
  }

  private static String score(@Nullable DimensionScore score) {
    return score == null ? "-" : AssessmentWords.score(score.score());
  }

  private void level(String name, String old, String now, List<String> why) {
    boolean same = old.equals(now);
    out.row(0, DIMENSION, name, old, same ? "the same" : now);
    if (!same && !why.isEmpty()) {
      out.row(1, new int[] {}, "because " + String.join(", and ", why));
    }
  }

  /** Why the levels differ. */
  private List<String> why(DimensionScore old, DimensionScore now) {
    List<String> why = new ArrayList<>();
    if (!old.score().equals(now.score())) {
      why.add("the score is another");
    }
    if (!diff.model().isEmpty()) {
      why.add("scoring or levels changed");
    }
    boolean gates =
        now.indicators().stream()
            .map(i -> diff.indicators().getOrDefault(i.indicator().id(), List.of()))
            .anyMatch(changes -> changes.stream().anyMatch(c -> c.startsWith("mandatory")));
    if (gates) {
      why.add("what is mandatory changed");
    }
    return why;
  }

  private static Map<String, IndicatorScore> scores(DimensionScore dimension) {
    Map<String, IndicatorScore> scores = new LinkedHashMap<>();
    dimension.indicators().forEach(i -> scores.put(i.indicator().id(), i));
    return scores;
  }

  private void indicators(Map<String, IndicatorScore> olds, Map<String, IndicatorScore> news) {
    Set<String> ids = new LinkedHashSet<>(olds.keySet());
    ids.addAll(news.keySet());
    int others = 0;
    double lower = 0;
    double upper = 0;
    for (String id : ids) {
      IndicatorScore old = olds.get(id);
      IndicatorScore now = news.get(id);
      double itsLower = part(now, true) - part(old, true);
      double itsUpper = part(now, false) - part(old, false);
      if (diff.indicators().containsKey(id)) {
        indicator(id, old, now, adds ? added(itsLower, itsUpper) : "");
      } else {
        others++;
        lower += itsLower;
        upper += itsUpper;
      }
    }
    if (adds && others > 0 && !added(lower, upper).equals(added(0, 0))) {
      String what = others + " others, not changed: their share of the weight is another";
      out.row(1, INDICATOR, what, "", "", added(lower, upper));
    }
  }

  private void indicator(
      String id, @Nullable IndicatorScore old, @Nullable IndicatorScore now, String added) {
    IndicatorScore any = now == null ? old : now;
    if (any == null) {
      return;
    }
    out.row(1, INDICATOR, any.indicator().name().english(), verdict(old), verdict(now), added);
    String changed = String.join("; ", diff.indicators().getOrDefault(id, List.of()));
    String explained = now == null ? "" : ". Now " + now.verdict().explanation();
    out.row(2, new int[] {}, changed + explained);
  }

  private static String verdict(@Nullable IndicatorScore score) {
    if (score == null) {
      return "-";
    }
    Interval degree = score.verdict().degree();
    return degree.equals(Interval.UNKNOWN) ? "open" : AssessmentWords.degree(degree);
  }

  /** What it adds to an end of the dimension's score. */
  private static double part(@Nullable IndicatorScore score, boolean lowerEnd) {
    if (score == null || !score.verdict().degree().isDefined()) {
      return 0;
    }
    Interval degree = score.verdict().degree();
    return score.share() * (lowerEnd ? degree.lower() : degree.upper());
  }

  private static String added(double lower, double upper) {
    String low = signed(lower);
    String high = signed(upper);
    return low.equals(high) ? low : low + " / " + high;
  }

  private static String signed(double value) {
    String text = String.format(Locale.ROOT, "%+.3f", value);
    return text.matches("[+-]0\\.000") ? "0" : text;
  }
}
