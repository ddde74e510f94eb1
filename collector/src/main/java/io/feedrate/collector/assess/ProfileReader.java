package io.feedrate.collector.assess;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.engine.Kpis;
import io.feedrate.kpi.maturity.Dimension;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Level;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Scale;
import io.feedrate.kpi.maturity.Scoring;
import io.feedrate.kpi.maturity.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Builds the profile of a tree that fits the schema, and finds what the schema cannot. */
final class ProfileReader {

  private static final Text NOTHING_DUE = Text.of("nothing was due in this period");

  private static final Text TOO_LITTLE =
      Text.of("what is known does not carry a figure in this period");

  private final LocatedYaml yaml;
  private final JsonNode root;
  private final Set<String> ids = new HashSet<>();

  ProfileReader(LocatedYaml yaml) {
    this.yaml = yaml;
    this.root = yaml.root();
  }

  Profile profile() throws ProfileException {
    Scoring scoring = scoring(root.path("scoring"));
    List<Level> levels = levels(scoring);
    List<Dimension> dimensions = dimensions(root, "dimensions", scoring, levels.size());
    yaml.throwIfAny();
    return new Profile(
        root.path("id").asText(),
        root.path("version").asText(),
        CanonicalJson.sha256(root),
        text(root.path("title")),
        root.path("provisional").asBoolean() ? root.path("provisional-reason").asText() : "",
        scoring,
        levels,
        dimensions);
  }

  private static Scoring scoring(JsonNode node) {
    return new Scoring(
        node.path("method").asText().equals("score-bands")
            ? Scoring.Method.SCORE_BANDS
            : Scoring.Method.LEVEL_REQUIREMENTS,
        node.path("met-from").asDouble(0.8),
        node.path("overall").asText().equals("weighted-mean")
            ? Scoring.Overall.WEIGHTED_MEAN
            : Scoring.Overall.MINIMUM);
  }

  private List<Level> levels(Scoring scoring) {
    boolean bands = scoring.method() == Scoring.Method.SCORE_BANDS;
    List<Level> levels = new ArrayList<>();
    double before = -1;
    for (JsonNode node : root.path("levels")) {
      String path = "levels[" + levels.size() + "]";
      if (node.has("from") != bands) {
        yaml.problem(
            path,
            bands
                ? "a level of score-bands needs from, the least score for it"
                : "from belongs to score-bands; here a level is met by its requirements");
      }
      double from = node.path("from").asDouble();
      if (bands && node.has("from") && from <= before) {
        yaml.problem(path + ".from", "levels must begin at rising scores");
      }
      before = from;
      levels.add(new Level(text(node.path("name")), from));
    }
    return levels;
  }

  private List<Dimension> dimensions(JsonNode parent, String path, Scoring scoring, int levels) {
    List<Dimension> dimensions = new ArrayList<>();
    String key = path.substring(path.lastIndexOf('.') + 1);
    for (JsonNode node : parent.path(key)) {
      String here = path + "[" + dimensions.size() + "]";
      String id = id(node, here);
      List<Dimension> parts = dimensions(node, here + ".parts", scoring, levels);
      List<Indicator> indicators = new ArrayList<>();
      int index = 0;
      for (JsonNode indicator : node.path("indicators")) {
        indicator(indicator, here + ".indicators[" + index++ + "]", scoring, levels)
            .ifPresent(indicators::add);
      }
      dimensions.add(new Dimension(id, text(node.path("name")), weight(node), parts, indicators));
    }
    return dimensions;
  }

  private Optional<Indicator> indicator(JsonNode node, String path, Scoring scoring, int levels) {
    String id = id(node, path);
    int level = node.path("level").asInt();
    boolean mandatory = node.path("mandatory").asBoolean();
    boolean staged = scoring.method() == Scoring.Method.LEVEL_REQUIREMENTS;
    if (level == 0 && (staged || mandatory)) {
      yaml.problem(path, "the key level is missing: which level asks for it");
      return Optional.empty();
    } else if (level > levels) {
      yaml.problem(path + ".level", "there are only " + levels + " levels");
      return Optional.empty();
    }
    Text name = text(node.path("name"));
    String source = node.path("source").asText();
    if (node.has("document")) {
      return Optional.of(
          new Indicator.Documented(
              id,
              name,
              weight(node),
              level,
              mandatory,
              source,
              node.path("document").asText(),
              text(node.path("must-show"))));
    }
    checkKpi(node, path);
    return scale(node, path)
        .map(
            scale ->
                new Indicator.Measured(
                    id,
                    name,
                    weight(node),
                    level,
                    mandatory,
                    source,
                    node.path("kpi").asText(),
                    node.path("unit").asText(),
                    scale,
                    node.path("thresholds").path("by").asText(),
                    node.has("nothing-due") ? text(node.path("nothing-due")) : NOTHING_DUE,
                    node.has("too-little") ? text(node.path("too-little")) : TOO_LITTLE,
                    minimum(node.path("minimum"))));
  }

  /** A slip here would later look like missing evidence. */
  private void checkKpi(JsonNode node, String path) {
    String id = node.path("kpi").asText();
    Optional<Kpi> known = Kpis.ALL.stream().filter(kpi -> kpi.id().equals(id)).findFirst();
    if (known.isEmpty()) {
      String all = Kpis.ALL.stream().map(Kpi::id).collect(Collectors.joining(", "));
      yaml.problem(path + ".kpi", "no KPI has the id " + id + "; there are " + all);
      return;
    }
    Kpi kpi = known.get();
    if (!kpi.unit().equals(node.path("unit").asText())) {
      yaml.problem(path + ".unit", "the unit of " + id + " is \"" + kpi.unit() + "\"");
    }
    String better = kpi.higherIsBetter() ? "higher" : "lower";
    if (!node.path("better").asText().matches(better + "|within")) {
      yaml.problem(path + ".better", "of " + id + " " + better + " is better");
    }
    for (JsonNode count : node.path("minimum").path("counts")) {
      if (!kpi.counts().contains(count.asText())) {
        yaml.problem(
            path + ".minimum.counts",
            id + " has no count " + count.asText() + "; it has " + String.join(", ", kpi.counts()));
      }
    }
  }

  /** A degree without a threshold has that of the next better one: there is nothing in between. */
  private Optional<Scale> scale(JsonNode node, String path) {
    JsonNode fully = node.path("thresholds").path("fully");
    JsonNode mostly = node.path("thresholds").path("mostly");
    mostly = mostly.isMissingNode() ? fully : mostly;
    JsonNode partly = node.path("thresholds").path("partly");
    partly = partly.isMissingNode() ? mostly : partly;
    boolean within = node.path("better").asText().equals("within");
    if (fully.isArray() != within || mostly.isArray() != within || partly.isArray() != within) {
      yaml.problem(
          path + ".thresholds",
          within ? "better: within needs [min, max]" : "a threshold is one number here");
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (node.path("better").asText()) {
            case "higher" -> Scale.atLeast(partly.asDouble(), mostly.asDouble(), fully.asDouble());
            case "lower" -> Scale.atMost(partly.asDouble(), mostly.asDouble(), fully.asDouble());
            default -> Scale.within(range(partly), range(mostly), range(fully));
          });
    } catch (IllegalArgumentException e) {
      yaml.problem(path + ".thresholds", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Scale.Range range(JsonNode pair) {
    return new Scale.Range(pair.path(0).asDouble(), pair.path(1).asDouble());
  }

  private static Indicator.Minimum minimum(JsonNode node) {
    if (node.isMissingNode()) {
      return Indicator.Minimum.NONE;
    }
    List<String> counts = new ArrayList<>();
    node.path("counts").forEach(count -> counts.add(count.asText()));
    return new Indicator.Minimum(counts, node.path("at-least").asLong());
  }

  private String id(JsonNode node, String path) {
    String id = node.path("id").asText();
    if (!ids.add(id)) {
      yaml.problem(path + ".id", "the id " + id + " is given twice");
    }
    return id;
  }

  private static double weight(JsonNode node) {
    return node.path("weight").asDouble(1);
  }

  private static Text text(JsonNode node) {
    if (node.isTextual()) {
      return Text.of(node.asText());
    }
    TreeMap<String, String> byLanguage = new TreeMap<>();
    node.properties().forEach(p -> byLanguage.put(p.getKey(), p.getValue().asText()));
    return new Text(byLanguage);
  }
}
