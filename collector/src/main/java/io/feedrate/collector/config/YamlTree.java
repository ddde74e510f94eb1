package io.feedrate.collector.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.config.YamlDocument.Place;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns composed YAML into a JSON tree and notes where each path is. */
final class YamlTree {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MAX_NODES = 500_000;
  private static final int MAX_DEPTH = 60;

  private final String file;
  private final Map<String, Place> places = new HashMap<>();
  private final List<ConfigError> errors = new ArrayList<>();
  private int nodes;

  YamlTree(String file) {
    this.file = file;
  }

  Map<String, Place> places() {
    return places;
  }

  List<ConfigError> errors() {
    return errors;
  }

  JsonNode convert(Node root) throws ConfigException {
    places.put("", Place.of(root.getStartMark()));
    return convert(root, "", 0);
  }

  private JsonNode convert(Node node, String path, int depth) throws ConfigException {
    // Aliases are followed, so a small file may stand for a huge or endless tree.
    if (++nodes > MAX_NODES) {
      throw YamlDocument.error(
          file,
          Place.of(node.getStartMark()),
          "the file has more than " + MAX_NODES + " entries, aliases included",
          "Use templates for what machines have in common.");
    }
    if (depth > MAX_DEPTH) {
      throw YamlDocument.error(
          file,
          Place.of(node.getStartMark()),
          "the entries are nested too deeply, or an alias holds itself",
          "");
    }
    if (node instanceof MappingNode mapping) {
      return object(mapping, path, depth);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      for (Node item : sequence.getValue()) {
        String itemPath = Texts.item(path, array.size());
        places.put(itemPath, Place.of(item.getStartMark()));
        array.add(convert(item, itemPath, depth + 1));
      }
      return array;
    }
    return scalar((ScalarNode) node, path);
  }

  private JsonNode object(MappingNode mapping, String path, int depth) throws ConfigException {
    ObjectNode object = JSON.objectNode();
    Map<String, Place> first = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place place = Place.of(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        error(place, path, "a key must be a plain text", "");
        continue;
      }
      String key = keyNode.getValue();
      String childPath = Texts.child(path, key);
      if (keyNode.getTag().equals(Tag.MERGE)) {
        error(place, path, "merge keys (<<) are not supported", "Use a template instead.");
        continue;
      }
      Place before = first.putIfAbsent(key, place);
      if (before != null) {
        error(
            place,
            childPath,
            "duplicate key, it is already on line " + before.line(),
            "Remove one of the two.");
        continue;
      }
      places.put(childPath, place);
      object.set(key, convert(tuple.getValueNode(), childPath, depth + 1));
    }
    return object;
  }

  private JsonNode scalar(ScalarNode scalar, String path) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.STR)) {
      return JSON.textNode(text);
    }
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(text);
    }
    error(
        Place.of(scalar.getStartMark()),
        path,
        "tags such as " + Texts.quote(tag.getValue()) + " are not allowed",
        "Remove the tag, or put the text in quotes.");
    return JSON.textNode(text);
  }

  /** A number, or the text itself where it is none that can be held (or only tagged as one). */
  private static JsonNode number(String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      if (value.precision() > 40 || Math.abs((long) value.scale()) > 400) {
        return JSON.textNode(text);
      }
      if (value.scale() <= 0 && value.precision() - value.scale() < 19) {
        BigInteger whole = value.toBigIntegerExact();
        return JSON.numberNode(whole.longValueExact());
      }
      double real = value.doubleValue();
      return Double.isFinite(real) ? JSON.numberNode(real) : JSON.textNode(text);
    } catch (NumberFormatException e) {
      return JSON.textNode(text);
    }
  }

  private void error(Place place, String path, String message, String hint) {
    errors.add(
        new ConfigError(
            file,
            place.line(),
            place.column(),
            Texts.oneLine(path),
            Texts.oneLine(message),
            Texts.oneLine(hint)));
  }
}
