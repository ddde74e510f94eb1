package io.feedrate.collector.config;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What a scalar without quotes is: the core schema of YAML 1.2. The rules of 1.1 would make a
 * boolean of {@code off}, a number of {@code 1:30} and a date of a time.
 */
final class PlainResolver extends Resolver {

  private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
  private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern INT = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.NULL, NULL, "~nN\0", 4);
    addImplicitResolver(Tag.NULL, NULL, null, 4);
    addImplicitResolver(Tag.BOOL, BOOL, "tTfF", 5);
    addImplicitResolver(Tag.INT, INT, "-+0123456789", 40);
    addImplicitResolver(Tag.FLOAT, FLOAT, "-+.0123456789", 40);
    addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<", 2);
  }
}
