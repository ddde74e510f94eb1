package io.feedrate.collector.assess;

import io.feedrate.kpi.maturity.Coverage;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Interval;
import io.feedrate.kpi.maturity.LevelRange;
import io.feedrate.kpi.maturity.Profile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scores, levels and times in the words of every text about an assessment. English. */
final class AssessmentWords {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long NS_PER_S = 1_000_000_000L;

  private AssessmentWords() {}

  static String score(Interval score) {
    if (!score.isDefined()) {
      return "not applicable";
    }
    // Rounded outwards, so that the text never promises more than is known.
    String lower = fixed(score.lower(), RoundingMode.FLOOR);
    String upper = fixed(score.upper(), RoundingMode.CEILING);
    return score.isPoint() ? decimals(score.lower(), 2) : lower + " to " + upper;
  }

  /** "3 Integrated" where the evidence says one level, else "2 to 4". */
  static String level(Profile profile, LevelRange level) {
    if (!level.isDefined()) {
      return "-";
    } else if (level.isSingle()) {
      return level.lowest() == 0
          ? "below level 1"
          : level.lowest() + " " + profile.levels().get(level.lowest() - 1).name().english();
    }
    return level.lowest() + " to " + level.highest();
  }

  static String coverage(Coverage coverage) {
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

  /** The share that is measured, "80 %". */
  static String measured(Coverage coverage) {
    return Double.isNaN(coverage.measured()) ? "-" : share(coverage.measured());
  }

  /** A degree in a word, or from one to another: "mostly", "not to partly". */
  static String degree(Interval degree) {
    if (!degree.isDefined()) {
      return "not applicable";
    }
    String lower = degree(degree.lower());
    return degree.isPoint() ? lower : lower + " to " + degree(degree.upper());
  }

  private static String degree(double value) {
    String word = "not";
    for (Degree degree : Degree.values()) {
      if (value >= degree.value()) {
        word = degree.words().replace(" met", "");
      }
    }
    return word.equals("not") ? "not met" : word;
  }

  private static void add(List<String> parts, double share, String what) {
    if (share > 0) {
      parts.add(share(share) + " " + what);
    }
  }

  private static String share(double share) {
    return decimals(share * 100, 0) + " %";
  }

  static String decimals(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String fixed(double value, RoundingMode rounding) {
    return BigDecimal.valueOf(value).setScale(2, rounding).toPlainString();
  }

  static String time(long epochNs) {
    return TIME.format(
        Instant.ofEpochSecond(Math.floorDiv(epochNs, NS_PER_S), Math.floorMod(epochNs, NS_PER_S)));
  }
}
