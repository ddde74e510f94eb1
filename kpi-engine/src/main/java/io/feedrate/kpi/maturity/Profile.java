package io.feedrate.kpi.maturity;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A maturity model as data.
 *
 * @param id stable over its versions
 * @param version of this text
 * @param digest SHA-256 of the profile's canonical text, hex: what an assessment names
 * @param title what people read
 * @param provisional why it is provisional, or "" if it is not
 * @param scoring how levels follow
 * @param levels from the lowest
 * @param dimensions in the order in which they are shown
 */
public record Profile(
    String id,
    String version,
    String digest,
    Text title,
    String provisional,
    Scoring scoring,
    List<Level> levels,
    List<Dimension> dimensions) {

  public Profile {
    levels = List.copyOf(levels);
    dimensions = List.copyOf(dimensions);
    if (levels.isEmpty() || dimensions.isEmpty()) {
      throw new IllegalArgumentException("a profile has levels and dimensions");
    }
    if (scoring.method() == Scoring.Method.SCORE_BANDS) {
      checkBands(levels);
    }
    Set<String> ids = new HashSet<>();
    dimensions.forEach(dimension -> checkIds(dimension, ids));
    for (Dimension dimension : dimensions) {
      for (Indicator indicator : dimension.allIndicators()) {
        checkLevel(indicator, scoring, levels.size());
      }
    }
  }

  /** Whether its text or its mapping is not settled. */
  public boolean isProvisional() {
    return !provisional.isEmpty();
  }

  /** The highest possible score. */
  public double maxScore() {
    return scoring.method() == Scoring.Method.SCORE_BANDS ? 1 : levels.size();
  }

  /** The ids of the KPIs that it asks for. */
  public SortedSet<String> kpis() {
    SortedSet<String> kpis = new TreeSet<>();
    for (Dimension dimension : dimensions) {
      for (Indicator indicator : dimension.allIndicators()) {
        if (indicator instanceof Indicator.Measured measured) {
          kpis.add(measured.kpi());
        }
      }
    }
    return kpis;
  }

  private static void checkBands(List<Level> levels) {
    for (int i = 1; i < levels.size(); i++) {
      if (levels.get(i).from() <= levels.get(i - 1).from()) {
        throw new IllegalArgumentException(
            "levels must begin at rising scores: level " + (i + 1) + " does not");
      }
    }
  }

  private static void checkIds(Dimension dimension, Set<String> ids) {
    checkId(dimension.id(), ids);
    dimension.parts().forEach(part -> checkIds(part, ids));
    dimension.indicators().forEach(indicator -> checkId(indicator.id(), ids));
  }

  private static void checkId(String id, Set<String> ids) {
    if (!ids.add(id)) {
      throw new IllegalArgumentException("the id " + id + " is given twice");
    }
  }

  private static void checkLevel(Indicator indicator, Scoring scoring, int levels) {
    boolean needsLevel =
        scoring.method() == Scoring.Method.LEVEL_REQUIREMENTS || indicator.mandatory();
    if (indicator.level() < (needsLevel ? 1 : 0) || indicator.level() > levels) {
      throw new IllegalArgumentException(
          indicator.id() + " needs a level from 1 to " + levels + ": " + indicator.level());
    }
  }
}
