package io.feedrate.collector.config;

import io.feedrate.collector.config.YamlDocument.Place;
import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says what the parser's complaint means for somebody who does not know its inner life. */
final class YamlSyntax {

  /** What the parser says, what we say, how to mend it. */
  private record Known(String part, String message, String hint) {}

  private static final String QUOTES = "Put the text in double quotes.";
  private static final List<Known> KNOWN =
      List.of(
          new Known("(TAB)", "a tab is not allowed here", "Indent with spaces."),
          new Known(
              "mapping values are not allowed",
              "a \": \" is not allowed here",
              "Check the indentation and the line above, and put a text that holds \": \" in double"
                  + " quotes."),
          new Known(
              "another document",
              "a second document begins here",
              "Remove the \"---\" and what follows it."),
          new Known("undefined alias", "a text must not begin with \"*\"", QUOTES),
          new Known("Global tag", "a text must not begin with \"!\"", QUOTES),
          new Known("that cannot start any token", "a text must not begin like this", QUOTES),
          new Known("unexpected end of stream", "a quote is never closed", "Close the quote."),
          new Known(
              "could not find expected ':'",
              "a key without its \":\"",
              "Write \"key: value\", with a space after the colon."),
          new Known(
              "expected <block end>",
              "the indentation does not fit",
              "Indent entries of one mapping or list alike, with spaces."),
          new Known("expected ',' or ']'", "a \"[\" is never closed", "Write [a, b], with commas."),
          new Known(
              "expected ',' or '}'",
              "a \"{\" is never closed",
              "Write {a: 1, b: 2}, with commas."));

  private YamlSyntax() {}

  static ConfigException error(String file, MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    for (Known known : KNOWN) {
      if (problem.contains(known.part())) {
        // What is never closed is wrong where it begins, not where the file ends.
        boolean open = known.message().endsWith("never closed") && e.getContextMark() != null;
        Place place = Place.of(open ? e.getContextMark() : e.getProblemMark());
        return YamlDocument.error(file, place, "YAML syntax: " + known.message(), known.hint());
      }
    }
    return YamlDocument.error(
        file,
        Place.of(e.getProblemMark()),
        "YAML syntax: " + problem,
        "Check the indentation and the quotes here and on the line above.");
  }
}
