package io.feedrate.collector.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects errors of one document, so that all of them are told at once. */
final class Problems {

  private static final long MAX_COMPARISONS = 2_000_000;

  private final YamlDocument document;
  private final List<ConfigError> errors = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> paths = new HashSet<>();
  private final Map<ConfigError, String> missing = new HashMap<>();
  private final Set<String> misspelt = new HashSet<>();
  private long comparisons;

  Problems(YamlDocument document) {
    this.document = document;
    errors.addAll(document.errors());
  }

  /** Adds an error at the path's place; the same one at the same path only once. */
  void add(String path, String message, String hint) {
    paths.add(path);
    if (!seen.add(path + '\n' + message)) {
      return;
    }
    YamlDocument.Place place = document.place(path);
    errors.add(
        new ConfigError(
            document.file(),
            place.line(),
            place.column(),
            Texts.oneLine(path),
            Texts.oneLine(message),
            Texts.oneLine(hint)));
  }

  void add(String path, BadValueException bad) {
    add(path, bad.message(), bad.hint());
  }

  /** Says that a key is missing, unless it turns out to be there under a misspelt name. */
  void missing(String path, String key, String hint) {
    int before = errors.size();
    add(path, Texts.quote(key) + " is missing", hint);
    if (errors.size() > before) {
      missing.put(errors.get(before), Texts.child(path, key));
    }
  }

  /** Says that a key is unknown; it probably was meant to be the known one. */
  void misspelt(String path, String key, Collection<String> known) {
    add(Texts.child(path, key), "unknown key", Texts.suggestion(key, known));
    Texts.nearest(key, known).ifPresent(meant -> misspelt.add(Texts.child(path, meant)));
  }

  /**
   * What to do about a name that does not exist. Comparing is bounded: thousands of wrong names
   * against thousands of right ones must not take minutes.
   */
  String suggestion(String name, Collection<String> known) {
    comparisons += known.size();
    return comparisons <= MAX_COMPARISONS ? Texts.suggestion(name, known) : "";
  }

  /** Whether something was said about this path already. */
  boolean at(String path) {
    return paths.contains(path);
  }

  /** Throws all errors, in the order of the file, if there are any. */
  void throwIfAny() throws ConfigException {
    errors.removeIf(error -> misspelt.contains(missing.getOrDefault(error, "")));
    if (!errors.isEmpty()) {
      errors.sort(Comparator.comparingInt(ConfigError::line).thenComparingInt(ConfigError::column));
      throw new ConfigException(errors);
    }
  }
}
