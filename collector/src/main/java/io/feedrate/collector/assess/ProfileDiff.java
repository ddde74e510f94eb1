package io.feedrate.collector.assess;

import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Dimension;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Level;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Quantities;
import io.feedrate.kpi.maturity.Scale;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What changed between two profiles: dimensions and indicators are the same where their ids are.
 *
 * @param model changes of scoring and levels
 * @param dimensions changes of dimensions and parts themselves, by id
 * @param indicators changes of indicators, by id; in the order of the older profile, then the newer
 */
record ProfileDiff(
    List<String> model,
    Map<String, List<String>> dimensions,
    Map<String, List<String>> indicators) {

  /** Compares what can change a score, and notes where only words did. */
  static ProfileDiff of(Profile older, Profile newer) {
    Map<String, Placed<Dimension>> oldDimensions = new LinkedHashMap<>();
    Map<String, Placed<Indicator>> oldIndicators = new LinkedHashMap<>();
    older.dimensions().forEach(d -> place(d, "", oldDimensions, oldIndicators));
    Map<String, Placed<Dimension>> newDimensions = new LinkedHashMap<>();
    Map<String, Placed<Indicator>> newIndicators = new LinkedHashMap<>();
    newer.dimensions().forEach(d -> place(d, "", newDimensions, newIndicators));
    return new ProfileDiff(
        model(older, newer),
        changes(oldDimensions, newDimensions, ProfileDiff::dimension),
        changes(oldIndicators, newIndicators, ProfileDiff::indicator));
  }

  /** Whether both ask for the same. */
  boolean isEmpty() {
    return model.isEmpty() && dimensions.isEmpty() && indicators.isEmpty();
  }

  /** How many changes there are. */
  int count() {
    return model.size()
        + Stream.of(dimensions, indicators)
            .flatMap(changes -> changes.values().stream())
            .mapToInt(List::size)
            .sum();
  }

  /** Something, and the id of what it stands in; "" at the top. */
  private record Placed<T>(T what, String in) {}

  /** Says what changed. */
  private interface Comparison<T> {
    void compare(T before, T after, List<String> changes);
  }

  private static void place(
      Dimension dimension,
      String in,
      Map<String, Placed<Dimension>> dimensions,
      Map<String, Placed<Indicator>> indicators) {
    dimensions.put(dimension.id(), new Placed<>(dimension, in));
    dimension.parts().forEach(part -> place(part, dimension.id(), dimensions, indicators));
    dimension.indicators().forEach(i -> indicators.put(i.id(), new Placed<>(i, dimension.id())));
  }

  private static <T> Map<String, List<String>> changes(
      Map<String, Placed<T>> older, Map<String, Placed<T>> newer, Comparison<T> comparison) {
    Set<String> ids = new LinkedHashSet<>(older.keySet());
    ids.addAll(newer.keySet());
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String id : ids) {
      Placed<T> before = older.get(id);
      Placed<T> after = newer.get(id);
      List<String> changes = new ArrayList<>();
      if (before == null || after == null) {
        changes.add(before == null ? "added" : "removed");
      } else {
        change(changes, "part of", before.in, after.in);
        comparison.compare(before.what, after.what, changes);
        if (changes.isEmpty() && !before.what.equals(after.what) && !isParent(before.what)) {
          changes.add("its words changed");
        }
      }
      if (!changes.isEmpty()) {
        all.put(id, changes);
      }
    }
    return all;
  }

  /** A dimension differs wherever something below it does; that is told there. */
  private static boolean isParent(Object what) {
    return what instanceof Dimension;
  }

  private static List<String> model(Profile older, Profile newer) {
    List<String> changes = new ArrayList<>();
    change(changes, "scoring method", older.scoring().method(), newer.scoring().method());
    change(
        changes, "met from", number(older.scoring().metFrom()), number(newer.scoring().metFrom()));
    change(changes, "overall level by", older.scoring().overall(), newer.scoring().overall());
    int most = Math.max(older.levels().size(), newer.levels().size());
    for (int i = 0; i < most; i++) {
      change(changes, "level " + (i + 1), level(older, i), level(newer, i));
    }
    return changes;
  }

  private static String level(Profile profile, int index) {
    if (index >= profile.levels().size()) {
      return "none";
    }
    Level level = profile.levels().get(index);
    String from = profile.maxScore() == 1 ? " from " + number(level.from()) : "";
    return level.name().english() + from;
  }

  private static void dimension(Dimension before, Dimension after, List<String> changes) {
    change(changes, "name", before.name().english(), after.name().english());
    change(changes, "weight", number(before.weight()), number(after.weight()));
  }

  private static void indicator(Indicator before, Indicator after, List<String> changes) {
    change(changes, "name", before.name().english(), after.name().english());
    change(changes, "weight", number(before.weight()), number(after.weight()));
    change(changes, "level", before.level(), after.level());
    change(changes, "mandatory", before.mandatory(), after.mandatory());
    if (before instanceof Indicator.Measured a && after instanceof Indicator.Measured b) {
      measured(a, b, changes);
    } else if (before instanceof Indicator.Documented a
        && after instanceof Indicator.Documented b) {
      change(changes, "document", a.kind(), b.kind());
      change(changes, "must show", a.mustShow().english(), b.mustShow().english());
    } else {
      change(changes, "shown by", shownBy(before), shownBy(after));
    }
  }

  private static String shownBy(Indicator indicator) {
    return indicator instanceof Indicator.Measured measured
        ? measured.kpi()
        : "a document (" + ((Indicator.Documented) indicator).kind() + ")";
  }

  private static void measured(
      Indicator.Measured before, Indicator.Measured after, List<String> changes) {
    change(changes, "KPI", before.kpi(), after.kpi());
    change(changes, "better", before.scale().better(), after.scale().better());
    for (Degree degree : List.of(Degree.FULLY, Degree.MOSTLY, Degree.PARTLY)) {
      change(changes, degree.words(), threshold(before, degree), threshold(after, degree));
    }
    change(changes, "least evidence", least(before.minimum()), least(after.minimum()));
  }

  private static String threshold(Indicator.Measured indicator, Degree degree) {
    Scale.Range range = indicator.scale().range(degree);
    String min = Quantities.text(range.min(), indicator.unit());
    String max = Quantities.text(range.max(), indicator.unit());
    return switch (indicator.scale().better()) {
      case HIGHER -> "from " + min;
      case LOWER -> "up to " + max;
      case WITHIN -> "from " + min + " to " + max;
    };
  }

  private static String least(Indicator.Minimum minimum) {
    return minimum.counts().isEmpty()
        ? "none"
        : minimum.atLeast() + " of " + String.join(" + ", minimum.counts());
  }

  private static void change(List<String> changes, String what, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      changes.add("%s: was %s, now %s".formatted(what, text(before), text(after)));
    }
  }

  private static String text(Object value) {
    String text = value instanceof Enum<?> ? value.toString().toLowerCase(Locale.ROOT) : "" + value;
    return text.isEmpty() ? "nothing" : text.replace("_", value instanceof Enum<?> ? " " : "_");
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
