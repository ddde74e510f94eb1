package io.feedrate.kpi.scenario;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A part of a YAML file. All scalars are texts here; what they mean is the language's matter. */
final class Block {
  private final Text place;
  private final Node node;

  /** A key with its part. */
  record Entry(Text key, Block value) {}

  private Block(Text place, Node node) {
    this.place = place;
    this.node = node;
  }

  static Block parse(String file, String yaml) {
    Node root;
    try {
      root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new Fault(
          file, mark == null ? 1 : mark.getLine() + 1, "not YAML: " + e.getProblem(), e);
    }
    if (root == null) {
      throw new Fault(file, 1, "the file is empty", null);
    }
    return new Block(new Text(file, 1, ""), root);
  }

  /** Where this part begins. */
  Text place() {
    return place;
  }

  private Text at(Node its, String words) {
    return new Text(place.file(), its.getStartMark().getLine() + 1, words);
  }

  Text text() {
    if (node instanceof ScalarNode scalar) {
      return at(node, scalar.getValue());
    }
    throw place.fault("one line of text belongs here");
  }

  List<Block> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw place.fault("a list belongs here: lines that begin with '- '");
    }
    return sequence.getValue().stream().map(n -> new Block(at(n, ""), n)).toList();
  }

  List<Entry> entries() {
    if (!(node instanceof MappingNode mapping)) {
      throw place.fault("entries of the form 'key: value' belong here");
    }
    List<Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Text key = new Block(at(tuple.getKeyNode(), ""), tuple.getKeyNode()).text();
      if (!seen.add(key.words())) {
        throw key.fault("'" + key.words() + "' is said twice");
      }
      entries.add(new Entry(key, new Block(key.of(""), tuple.getValueNode())));
    }
    return entries;
  }

  /** Entries of which every key is one of these. */
  List<Entry> entries(List<String> keys) {
    List<Entry> entries = entries();
    entries.forEach(e -> e.key().oneOf(keys, "key"));
    return entries;
  }

  @Nullable Block optional(String key) {
    for (Entry entry : entries()) {
      if (entry.key().words().equals(key)) {
        return entry.value();
      }
    }
    return null;
  }

  Block required(String key) {
    Block its = optional(key);
    if (its == null) {
      throw place.fault("'" + key + "' is missing");
    }
    return its;
  }
}
