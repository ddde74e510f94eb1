package io.feedrate.collector.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Sentences for what a JSON Schema keyword found; none repeats a value that could be a secret. */
final class SchemaWords {

  /** What is wrong and how to mend it. */
  record Said(String message, String hint) {}

  private SchemaWords() {}

  /**
   * The sentence.
   *
   * @param keyword the one that failed
   * @param schema the object that it stands in
   */
  static Said say(String keyword, JsonNode schema, JsonNode value) {
    String limit = schema.path(keyword).asText();
    return switch (keyword) {
      case "type" -> type(schema.path("type"), value);
      case "enum" -> choice(schema.path("enum"), value);
      case "pattern" ->
          new Said(
              secret(schema)
                  ? "a secret must not stand in this file"
                  : Texts.quote(value.asText()) + " is not allowed here",
              schema.path("patternErrorMessage").asText());
      case "minimum" -> new Said("must be at least " + limit, "");
      case "maximum" -> new Said("must be at most " + limit, "");
      case "minLength", "minProperties" ->
          new Said("must not be empty", hint("Fill it in", schema));
      case "minItems" ->
          limit.equals("1")
              ? new Said("must not be empty", hint("Fill it in", schema))
              : new Said("must have " + limit + " entries", hint("Write", schema));
      case "maxLength" -> new Said("must be at most " + limit + " characters long", "");
      case "maxItems", "maxProperties" ->
          new Said("must have " + limit + " entries", hint("Write", schema));
      default -> new Said("is not as it must be (" + keyword + ")", hint("Write", schema));
    };
  }

  private static boolean secret(JsonNode schema) {
    return schema.path("writeOnly").asBoolean();
  }

  /** What to do with it, followed by the first sentence of its description. */
  static String hint(String todo, JsonNode schema) {
    String description = schema.path("description").asText("");
    if (description.length() < 2) {
      return "";
    }
    int end = description.indexOf(". ");
    String sentence = end < 0 ? description : description.substring(0, end + 1);
    boolean abbreviation = Character.isUpperCase(sentence.charAt(1));
    return todo
        + ": "
        + (abbreviation
            ? sentence
            : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1));
  }

  private static Said type(JsonNode types, JsonNode value) {
    List<String> wanted = new ArrayList<>();
    if (types.isTextual()) {
      wanted.add(name(types.textValue()));
    } else {
      types.forEach(type -> wanted.add(name(type.asText())));
    }
    String message = "must be " + Texts.or(wanted) + ", but is " + name(kind(value));
    if (wanted.contains(name("string")) && value.isValueNode()) {
      return new Said(message, "Put it in double quotes.");
    } else if (wanted.contains(name("array"))) {
      return new Said(message, "Begin each entry with \"- \", or write [a, b].");
    } else if (wanted.contains(name("object"))) {
      return new Said(message, "Write \"key: value\" lines, indented below it.");
    } else if (wanted.contains(name("number")) && value.isTextual()) {
      return new Said(message, "Write it without quotes and without a unit.");
    }
    return new Said(message, "");
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      default -> "string";
    };
  }

  private static String name(String type) {
    return switch (type) {
      case "object" -> "a mapping";
      case "array" -> "a list";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      case "null" -> "null";
      default -> "a text";
    };
  }

  private static Said choice(JsonNode values, JsonNode value) {
    List<String> allowed = new ArrayList<>();
    for (JsonNode each : values) {
      if (!allowed.contains(each.asText())) {
        allowed.add(each.asText());
      }
    }
    String nearest =
        Texts.nearest(value.asText(), allowed)
            .map(near -> "Did you mean " + Texts.quote(near) + "?")
            .orElse("");
    String was = value.isValueNode() ? Texts.quote(value.asText()) : "this";
    return new Said(was + " is not one of " + Texts.or(allowed), nearest);
  }
}
