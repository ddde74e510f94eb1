package io.feedrate.collector.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A YAML file as a JSON tree, with the place of every path. What it may cost is bounded: size of
 * the file, aliases, depth, number of nodes after aliases are followed.
 */
final class YamlDocument {

  static final int MAX_BYTES = 8 << 20;
  private static final int MAX_ALIASES = 200;
  private static final int MAX_DEPTH = 50;

  /** Line and column, from 1. */
  record Place(int line, int column) {
    static final Place NOWHERE = new Place(0, 0);

    static Place of(@Nullable Mark mark) {
      return mark == null ? NOWHERE : new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
  }

  private final String file;
  private final JsonNode root;
  private final Map<String, Place> places;

  private final List<ConfigError> errors;

  private YamlDocument(
      String file, JsonNode root, Map<String, Place> places, List<ConfigError> errors) {
    this.file = file;
    this.root = root;
    this.places = places;
    this.errors = errors;
  }

  String file() {
    return file;
  }

  JsonNode root() {
    return root;
  }

  /** Duplicate keys and the like: wrong, but the rest can still be looked at. */
  List<ConfigError> errors() {
    return errors;
  }

  /** Where the path is; for a path that does not exist, where its nearest parent is. */
  Place place(String path) {
    String known = path;
    while (true) {
      Place place = places.get(known);
      if (place != null) {
        return place;
      }
      int cut = Math.max(known.lastIndexOf('.'), known.lastIndexOf('['));
      if (cut < 0) {
        return places.getOrDefault("", new Place(1, 1));
      }
      known = known.substring(0, cut);
    }
  }

  /** Reads and parses; a syntax error is thrown, since nothing after it can be trusted. */
  static YamlDocument read(Path path) throws ConfigException {
    String file = path.toString();
    String text = text(file, path);
    YamlTree tree = new YamlTree(file);
    JsonNode root = tree.convert(compose(file, text));
    return new YamlDocument(file, root, tree.places(), tree.errors());
  }

  private static String text(String file, Path path) throws ConfigException {
    byte[] bytes;
    try {
      if (Files.isRegularFile(path) && Files.size(path) > MAX_BYTES) {
        throw error(
            file,
            Place.NOWHERE,
            "the file is larger than " + (MAX_BYTES >> 20) + " MiB",
            "Use templates for what machines have in common.");
      }
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw error(file, Place.NOWHERE, "there is no such file", "Name it with -c FILE.");
    } catch (IOException | OutOfMemoryError e) {
      String why = Files.isDirectory(path) ? "it is a directory" : String.valueOf(e.getMessage());
      throw error(file, Place.NOWHERE, "the file cannot be read: " + why, "");
    }
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text = utf8.decode(in).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw error(file, new Place(line, 1), "the text is not UTF-8", "Save the file as UTF-8.");
    }
  }

  private static Node compose(String file, String text) throws ConfigException {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(MAX_BYTES);
    try {
      Composer composer =
          new Composer(
              new ParserImpl(new StreamReader(text), options), new PlainResolver(), options);
      Node root = composer.getSingleNode();
      if (root == null) {
        throw error(
            file,
            new Place(1, 1),
            "the file is empty",
            "Begin with a copy of config/gateway-example.yaml.");
      }
      return root;
    } catch (MarkedYAMLException e) {
      throw YamlSyntax.error(file, e);
    } catch (ReaderException e) {
      throw error(
          file, placeOf(text, e.getPosition()), "YAML syntax: a character is not allowed", "");
    } catch (YAMLException e) {
      throw error(file, new Place(1, 1), "YAML: " + e.getMessage(), "");
    }
  }

  private static Place placeOf(String text, int position) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(position, text.length()); i++) {
      column = text.charAt(i) == '\n' ? 1 : column + 1;
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    return new Place(line, column);
  }

  static ConfigException error(String file, Place place, String message, String hint) {
    return new ConfigException(
        List.of(
            new ConfigError(file, place.line(), place.column(), "", Texts.oneLine(message), hint)));
  }
}
