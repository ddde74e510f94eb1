package io.feedrate.collector.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping of the document, read leniently: what is missing or of the wrong type gives the
 * fallback, since the schema speaks about that. Every key knows its own path, so that a mapping
 * merged of two still names the right lines.
 */
final class Entry {

  /** A value with its path. */
  record Field(JsonNode value, String path) {}

  /** Reads a text or says why it cannot. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(String text) throws BadValueException;
  }

  private final Map<String, Field> fields;
  private final String path;
  private final Problems problems;

  private Entry(Map<String, Field> fields, String path, Problems problems) {
    this.fields = fields;
    this.path = path;
    this.problems = problems;
  }

  /** A view of the node; empty if it is no mapping. Keys without a value count as left out. */
  static Entry of(JsonNode node, String path, Problems problems) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (!property.getValue().isNull()) {
        String key = property.getKey();
        fields.put(key, new Field(property.getValue(), Texts.child(path, key)));
      }
    }
    return new Entry(fields, path, problems);
  }

  /** This one with the keys of the other on top, and the other's path. */
  Entry with(Entry over) {
    Map<String, Field> merged = new LinkedHashMap<>(fields);
    merged.putAll(over.fields);
    return new Entry(merged, over.path, problems);
  }

  String path() {
    return path;
  }

  String path(String key) {
    Field field = fields.get(key);
    return field == null ? Texts.child(path, key) : field.path();
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  Map<String, Field> fields() {
    return fields;
  }

  /** The text of this key, if it is one. */
  Optional<String> text(String key) {
    Field field = fields.get(key);
    return field != null && field.value().isTextual()
        ? Optional.of(field.value().textValue())
        : Optional.empty();
  }

  String text(String key, String fallback) {
    return text(key).orElse(fallback);
  }

  /** The value of this key as written, if it is a text, a number or a boolean. */
  Optional<String> scalar(String key) {
    Field field = fields.get(key);
    return field != null && field.value().isValueNode()
        ? Optional.of(field.value().asText())
        : Optional.empty();
  }

  /** The parsed text of this key, or the fallback; what is wrong with it goes to the problems. */
  <T> T parsed(String key, Parser<T> parser, T fallback) {
    Optional<String> text = text(key);
    return text.isEmpty() ? fallback : parse(text.get(), key, parser, fallback);
  }

  /** As {@link #parsed}; a bare number is looked at too, since a unit is easily forgotten. */
  Duration duration(String key, Duration fallback) {
    Optional<String> text = scalar(key);
    return text.isEmpty() ? fallback : parse(text.get(), key, Durations::parse, fallback);
  }

  <T> T parse(String text, String key, Parser<T> parser, T fallback) {
    try {
      return parser.parse(text);
    } catch (BadValueException e) {
      problems.add(path(key), e);
      return fallback;
    }
  }

  /** The mapping under this key, or an empty one. */
  Entry child(String key) {
    Field field = fields.get(key);
    return field == null
        ? new Entry(Map.of(), Texts.child(path, key), problems)
        : of(field.value(), field.path(), problems);
  }

  /** The mappings under this key by their names, in the order of the file. */
  Map<String, Entry> children(String key) {
    Map<String, Entry> children = new LinkedHashMap<>();
    child(key).fields.forEach((k, f) -> children.put(k, of(f.value(), f.path(), problems)));
    return children;
  }

  /** The mappings in the list under this key. */
  List<Entry> items(String key) {
    List<Entry> items = new ArrayList<>();
    Field field = fields.get(key);
    if (field != null && field.value().isArray()) {
      for (JsonNode item : field.value()) {
        items.add(of(item, Texts.item(field.path(), items.size()), problems));
      }
    }
    return items;
  }

  /** Says what is wrong with the key's value. */
  void problem(String key, String message, String hint) {
    problems.add(path(key), message, hint);
  }

  /** What to do about a name that does not exist. */
  String suggestion(String name, Collection<String> known) {
    return problems.suggestion(name, known);
  }

  /** Says that a key is missing. */
  void missing(String key, String hint) {
    problems.missing(path, key, hint);
  }

  /** Says what is wrong with the whole mapping. */
  void problem(String message, String hint) {
    problems.add(path, message, hint);
  }
}
