package io.feedrate.collector.oscal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Dimension;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.Level;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Quantities;
import io.feedrate.kpi.maturity.Scale;
import io.feedrate.kpi.maturity.Text;
import java.util.List;

/** A profile as a catalogue: its dimensions are groups, its indicators controls. */
final class CatalogueView {

  private CatalogueView() {}

  /** Ids of a profile have no capitals, so what is added never makes another one's id. */
  static String objective(Indicator indicator) {
    return OscalText.token(indicator.id()) + "_OBJ";
  }

  static ObjectNode of(Head head, Profile profile) {
    ObjectNode catalogue = head.catalogue(profile.title().english());
    Props props = Props.of((ObjectNode) catalogue.get("metadata"));
    List<Level> levels = profile.levels();
    for (int i = 0; i < levels.size(); i++) {
      Props level = props.group("level-" + (i + 1)).number("level", i + 1);
      level.number("from", levels.get(i).from());
      names(level, levels.get(i).name());
    }
    ArrayNode groups = catalogue.putArray("groups");
    profile.dimensions().forEach(dimension -> group(groups.addObject(), dimension));
    return catalogue;
  }

  private static void names(Props props, Text name) {
    name.byLanguage().forEach((language, text) -> props.text("name-" + language, text));
  }

  private static void group(ObjectNode node, Dimension dimension) {
    node.put("id", OscalText.token(dimension.id()));
    node.put("class", "dimension");
    node.put("title", OscalText.markup(dimension.name().english()));
    Props props = Props.of(node).number("weight", dimension.weight());
    names(props, dimension.name());
    if (!dimension.parts().isEmpty()) {
      ArrayNode groups = node.putArray("groups");
      dimension.parts().forEach(part -> group(groups.addObject(), part));
    }
    if (!dimension.indicators().isEmpty()) {
      ArrayNode controls = node.putArray("controls");
      dimension.indicators().forEach(indicator -> control(controls.addObject(), indicator));
    }
  }

  private static void control(ObjectNode node, Indicator indicator) {
    String id = OscalText.token(indicator.id());
    node.put("id", id);
    node.put("class", "indicator");
    node.put("title", OscalText.markup(indicator.name().english()));
    Props props = Props.of(node).number("weight", indicator.weight());
    if (indicator.level() > 0) {
      props.number("level", indicator.level());
    }
    props.text("mandatory", Boolean.toString(indicator.mandatory()));
    if (indicator instanceof Indicator.Measured measured) {
      props.text("kpi", measured.kpi()).text("unit", measured.unit());
      props.text("thresholds-by", measured.thresholdsBy());
    } else if (indicator instanceof Indicator.Documented documented) {
      props.text("document-kind", documented.kind());
    }
    names(props, indicator.name());
    ArrayNode parts = node.putArray("parts");
    part(parts, id + "_STM", "statement", statement(indicator));
    part(parts, objective(indicator), "assessment-objective", wanted(indicator));
    if (!indicator.source().isBlank()) {
      part(parts, id + "_SRC", "guidance", "Source: " + indicator.source());
    }
  }

  private static void part(ArrayNode parts, String id, String name, String prose) {
    parts.addObject().put("id", id).put("name", name).put("prose", OscalText.markup(prose));
  }

  private static String statement(Indicator indicator) {
    return indicator instanceof Indicator.Measured measured
        ? indicator.name().english() + ", measured as the KPI " + measured.kpi()
        : indicator.name().english()
            + ", shown by a document: "
            + ((Indicator.Documented) indicator).kind();
  }

  private static String wanted(Indicator indicator) {
    if (indicator instanceof Indicator.Measured measured) {
      StringBuilder text = new StringBuilder("The conservative bound of ").append(measured.kpi());
      String glue = " is ";
      for (Degree degree : List.of(Degree.FULLY, Degree.MOSTLY, Degree.PARTLY)) {
        text.append(glue).append(range(measured, degree)).append(" for ").append(degree.words());
        glue = ", ";
      }
      return text.append("; satisfied is fully met").toString();
    }
    Indicator.Documented documented = (Indicator.Documented) indicator;
    return "A human who read the document says that it fully shows: "
        + documented.mustShow().english();
  }

  private static String range(Indicator.Measured indicator, Degree degree) {
    Scale.Range range = indicator.scale().range(degree);
    String min = Quantities.text(range.min(), indicator.unit());
    String max = Quantities.text(range.max(), indicator.unit());
    return switch (indicator.scale().better()) {
      case HIGHER -> "at least " + min;
      case LOWER -> "at most " + max;
      case WITHIN -> min + " to " + max;
    };
  }
}
