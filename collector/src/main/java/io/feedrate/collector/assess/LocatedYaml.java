package io.feedrate.collector.assess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML as a JSON tree that still knows its lines. Bounded in size, depth and number of nodes. */
final class LocatedYaml {

  private static final int CHARACTERS_MAX = 1 << 20;
  private static final int DEPTH_MAX = 30;
  private static final int NODES_MAX = 100_000;

  /** A model may say the same of each of its requirements; what it unfolds to is bounded above. */
  private static final int ALIASES_MAX = 1_000;

  private record Problem(int line, String text) {}

  private final String file;
  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private JsonNode root = json.nullNode();
  private int nodes;

  private LocatedYaml(String file) {
    this.file = file;
  }

  /** Parses; what is wrong with the syntax stops here, for nothing after it can be trusted. */
  static LocatedYaml parse(String text, String file) throws ProfileException {
    LocatedYaml yaml = new LocatedYaml(file);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(CHARACTERS_MAX);
    options.setNestingDepthLimit(DEPTH_MAX);
    options.setMaxAliasesForCollections(ALIASES_MAX);
    try {
      Node node = new Yaml(options).compose(new StringReader(text));
      if (node == null) {
        yaml.problem(1, "", "the file is empty");
      } else {
        yaml.root = yaml.convert(node, "", 0);
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      yaml.problem(line, "", "YAML syntax: " + e.getProblem());
    } catch (YAMLException e) {
      yaml.problem(1, "", "YAML syntax: " + e.getMessage());
    }
    yaml.throwIfAny();
    return yaml;
  }

  JsonNode root() {
    return root;
  }

  /** Notes a problem at a path such as {@code levels[2].from}, or at its nearest known parent. */
  void problem(String path, String what) {
    String known = path;
    while (!lines.containsKey(known) && !known.isEmpty()) {
      known =
          known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
    }
    problem(lines.getOrDefault(known, 1), path, what);
  }

  /** Throws all problems in the order of the file, if there are any. */
  void throwIfAny() throws ProfileException {
    if (!problems.isEmpty()) {
      throw new ProfileException(
          problems.stream()
              .sorted((a, b) -> Integer.compare(a.line, b.line))
              .map(Problem::text)
              .distinct()
              .toList());
    }
  }

  static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private void problem(int line, String path, String what) {
    String where = path.isEmpty() ? "" : path + ": ";
    problems.add(new Problem(line, file + ":" + line + ": " + where + what));
  }

  private JsonNode convert(Node node, String path, int depth) {
    lines.putIfAbsent(path, line(node));
    // Aliases are followed, so a small file can stand for a huge tree.
    if (++nodes > NODES_MAX || depth > DEPTH_MAX) {
      throw new YAMLException("too many or too deeply nested entries, aliases included");
    }
    if (node instanceof MappingNode mapping) {
      return object(mapping, path, depth);
    } else if (node instanceof SequenceNode sequence) {
      ArrayNode array = json.arrayNode();
      for (Node item : sequence.getValue()) {
        array.add(convert(item, path + "[" + array.size() + "]", depth + 1));
      }
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private ObjectNode object(MappingNode mapping, String path, int depth) {
    ObjectNode object = json.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      String childPath = child(path, key);
      if (object.has(key)) {
        problem(line(tuple.getKeyNode()), childPath, "the key is given twice");
      } else {
        lines.put(childPath, line(tuple.getKeyNode()));
        object.set(key, convert(tuple.getValueNode(), childPath, depth + 1));
      }
    }
    return object;
  }

  private JsonNode scalar(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
      return json.booleanNode(text.equals("true"));
    } else if (tag.equals(Tag.NULL)) {
      return json.nullNode();
    } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(text);
    }
    return json.textNode(text);
  }

  // Plain decimal numbers only; YAML's other forms (octal, 1:30) stay texts, which the schema
  // names.
  private JsonNode number(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      if (number.precision() > 15 || Math.abs(number.scale()) > 15) {
        return json.textNode(text); // would not survive as a double
      }
      return number.scale() <= 0
          ? json.numberNode(number.longValueExact())
          : json.numberNode(number.doubleValue());
    } catch (NumberFormatException e) {
      return json.textNode(text);
    }
  }

  private static int line(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }
}
