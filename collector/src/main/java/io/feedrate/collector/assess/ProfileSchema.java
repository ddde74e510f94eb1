package io.feedrate.collector.assess;

import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Holds a profile against its JSON Schema. */
final class ProfileSchema {

  private static final String RESOURCE = "/io/feedrate/config/schema/profile.schema.json";

  private ProfileSchema() {}

  static void check(LocatedYaml yaml) throws ProfileException {
    for (ValidationMessage message : schema().validate(yaml.root())) {
      String path = path(message.getInstanceLocation());
      String property = message.getProperty();
      switch (message.getType()) {
        case "additionalProperties" ->
            yaml.problem(LocatedYaml.child(path, property), "there is no such key here");
        case "required" -> yaml.problem(path, "the key " + property + " is missing");
        case "false" -> yaml.problem(path, "this key does not go with this kind of indicator");
        default -> yaml.problem(path, message.getError());
      }
    }
    yaml.throwIfAny();
  }

  private static JsonSchema schema() {
    try (InputStream in = ProfileSchema.class.getResourceAsStream(RESOURCE)) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Objects.requireNonNull(in, RESOURCE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(JsonNodePath location) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      if (element instanceof Integer) {
        path.append('[').append(element).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(element);
      }
    }
    return path.toString();
  }
}
