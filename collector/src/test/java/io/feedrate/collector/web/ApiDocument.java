package io.feedrate.collector.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The OpenAPI document, read as a validator for what the server answers. */
final class ApiDocument {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;

  ApiDocument(String yaml) {
    Map<String, Object> loaded = new Yaml().load(yaml);
    this.root = JSON.valueToTree(loaded);
  }

  List<String> paths() {
    return StreamSupport.stream(
            ((Iterable<String>) () -> root.get("paths").fieldNames()).spliterator(), false)
        .toList();
  }

  /** Those that are read with GET. */
  List<String> readPaths() {
    return paths().stream().filter(path -> root.get("paths").get(path).has("get")).toList();
  }

  /** The path with its required parameters, filled in from their examples. */
  String example(String path) {
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : root.get("paths").get(path).get("get").path("parameters")) {
      if (parameter.path("required").asBoolean()) {
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(parameter.get("name").asText())
            .append('=')
            .append(URLEncoder.encode(parameter.get("example").asText(), StandardCharsets.UTF_8));
      }
    }
    return path + query;
  }

  /** Content types of the good answer. */
  List<String> contentTypes(String path) {
    JsonNode content = good(path).get("content");
    return StreamSupport.stream(((Iterable<String>) content::fieldNames).spliterator(), false)
        .toList();
  }

  /** What is wrong with a good answer's JSON, nothing if it is right. */
  List<String> faults(String path, String body) {
    return validate(good(path).get("content").get("application/json").get("schema"), body);
  }

  /** What is wrong with the JSON of a problem. */
  List<String> problemFaults(String body) {
    return validate(JSON.createObjectNode().put("$ref", "#/components/schemas/Problem"), body);
  }

  private JsonNode good(String path) {
    return root.get("paths").get(path).get("get").get("responses").get("200");
  }

  private List<String> validate(JsonNode schema, String body) {
    ObjectNode whole = JSON.createObjectNode();
    whole.setAll((ObjectNode) schema);
    whole.set("components", root.get("components"));
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    return compiled
        .validate(
            body,
            InputFormat.JSON,
            context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
        .stream()
        .map(Object::toString)
        .toList();
  }
}
