package io.feedrate.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What editors need of the schema. */
class GatewaySchemaTest {

  private final List<String> undescribed = new ArrayList<>();
  private final List<String> open = new ArrayList<>();
  private final List<String> wordless = new ArrayList<>();
  private int properties;

  @Test
  void everyPropertyIsDescribedEveryMappingClosedEveryPatternExplained() throws Exception {
    JsonNode schema =
        new ObjectMapper().readTree(SchemaCheck.class.getResourceAsStream(SchemaCheck.RESOURCE));
    visit(schema, "");

    assertThat(properties).isGreaterThan(60);
    assertThat(undescribed).isEmpty();
    assertThat(open).isEmpty();
    assertThat(wordless).isEmpty();
  }

  private void visit(JsonNode node, String path) {
    if (node.path("type").asText().equals("object") && !node.has("additionalProperties")) {
      open.add(path);
    }
    if (node.path("pattern").isTextual() && !node.has("patternErrorMessage")) {
      wordless.add(path);
    }
    for (Map.Entry<String, JsonNode> child : node.properties()) {
      String childPath = path + "/" + child.getKey();
      if (path.endsWith("/properties")) {
        properties++;
        if (child.getValue().path("description").asText().length() < 8) {
          undescribed.add(childPath);
        }
      }
      visit(child.getValue(), childPath);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      visit(node.get(i), path + "/" + i);
    }
  }
}
