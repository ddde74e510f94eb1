package io.feedrate.collector.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates against the shipped JSON Schema and says in plain sentences what it found. */
final class SchemaCheck {

  static final String RESOURCE = "/io/feedrate/config/schema/gateway.schema.json";

  private final YamlDocument document;
  private final Problems problems;
  private final JsonNode schema;

  private SchemaCheck(YamlDocument document, Problems problems, JsonNode schema) {
    this.document = document;
    this.problems = problems;
    this.schema = schema;
  }

  static void check(YamlDocument document, Problems problems) {
    Holder holder = Holder.INSTANCE;
    SchemaCheck check = new SchemaCheck(document, problems, holder.node);
    for (ValidationMessage message : holder.schema.validate(document.root())) {
      check.tell(message);
    }
  }

  private void tell(ValidationMessage message) {
    String path = path(message.getInstanceLocation());
    String keyword = message.getType();
    if (keyword.equals("additionalProperties")) {
      List<String> known = new ArrayList<>();
      properties(message).fieldNames().forEachRemaining(known::add);
      problems.misspelt(path, message.getProperty(), known);
      return;
    }
    if (keyword.equals("propertyNames")) {
      String name = message.getProperty();
      problems.add(
          Texts.child(path, name),
          Texts.quote(name) + " is not allowed here",
          resolve(owner(message).path(keyword)).path("patternErrorMessage").asText());
      return;
    }
    if (keyword.equals("required")) {
      String missing = message.getProperty();
      problems.missing(
          path, missing, SchemaWords.hint("Add it", properties(message).path(missing)));
      return;
    }
    JsonNode value = valueAt(message.getInstanceLocation());
    if (value.isNull()) {
      nothing(path, keyword, message);
    } else if (!problems.at(path)) {
      SchemaWords.Said said = SchemaWords.say(keyword, owner(message), value);
      problems.add(path, said.message(), said.hint());
    }
  }

  /** A key without a value is as good as left out, so only a needed one is reported. */
  private void nothing(String path, String keyword, ValidationMessage message) {
    if (keyword.equals("type")) {
      needed(message)
          .ifPresent(
              property -> problems.add(path, "is empty", SchemaWords.hint("Fill it in", property)));
    }
  }

  /** The schema of the value that the message is about, if it must be there. */
  private Optional<JsonNode> needed(ValidationMessage message) {
    JsonNodePath evaluation = message.getEvaluationPath();
    JsonNode node = schema;
    JsonNode parent = schema;
    String role = "";
    String key = "";
    for (int i = 0; i < evaluation.getNameCount() - 1; i++) {
      String step = evaluation.getName(i);
      if (step.equals("$ref")) {
        node = resolve(node);
      } else if (step.equals("properties")) {
        parent = node;
        role = step;
        key = evaluation.getName(++i);
        node = node.path(step).path(key);
      } else {
        role = step;
        node = node.path(step);
      }
    }
    if (!role.equals("properties")) {
      return Optional.of(node);
    }
    for (JsonNode required : parent.path("required")) {
      if (required.asText().equals(key)) {
        return Optional.of(parent.path("properties").path(key));
      }
    }
    return Optional.empty();
  }

  private JsonNode resolve(JsonNode node) {
    String ref = node.path("$ref").asText();
    return ref.isEmpty() ? node : schema.at(JsonPointer.compile(ref.substring(1)));
  }

  private JsonNode valueAt(JsonNodePath location) {
    JsonNode value = document.root();
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      value = element instanceof Integer index ? value.path(index) : value.path(element.toString());
    }
    return value;
  }

  private static String path(JsonNodePath location) {
    String path = "";
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      path =
          element instanceof Integer index
              ? Texts.item(path, index)
              : Texts.child(path, element.toString());
    }
    return path;
  }

  /** The schema object that the failed keyword stands in. */
  private JsonNode owner(ValidationMessage message) {
    JsonNodePath fragment = message.getSchemaLocation().getFragment();
    JsonNode node = schema;
    for (int i = 0; i < fragment.getNameCount() - 1; i++) {
      Object element = fragment.getElement(i);
      node = element instanceof Integer index ? node.path(index) : node.path(element.toString());
    }
    return node;
  }

  private JsonNode properties(ValidationMessage message) {
    return owner(message).path("properties");
  }

  /** Compiled once; a validation takes no lock. */
  private static final class Holder {
    static final Holder INSTANCE = new Holder();

    final JsonNode node;
    final JsonSchema schema;

    private Holder() {
      node = read();
      JsonMetaSchema draft =
          JsonMetaSchema.builder(JsonMetaSchema.getV202012())
              .keyword(new NonValidationKeyword("patternErrorMessage"))
              .build();
      schema =
          JsonSchemaFactory.getInstance(
                  SpecVersion.VersionFlag.V202012,
                  builder -> builder.metaSchema(draft).defaultMetaSchemaIri(draft.getIri()))
              .getSchema(node);
    }

    private static JsonNode read() {
      try (@Nullable InputStream in = SchemaCheck.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException("the jar lacks " + RESOURCE);
        }
        return new ObjectMapper().readTree(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
