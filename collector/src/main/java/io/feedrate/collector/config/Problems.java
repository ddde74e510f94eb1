package io.feedrate.collector.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects errors of one document, so that all of them are told at once. */
final class Problems {

  private final YamlDocument document;
  private final List<ConfigError> errors = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<String> paths = new HashSet<>();

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

  /** Whether something was said about this path already. */
  boolean at(String path) {
    return paths.contains(path);
  }

  /** Throws all errors, in the order of the file, if there are any. */
  void throwIfAny() throws ConfigException {
    if (!errors.isEmpty()) {
      errors.sort(
          Comparator.comparingInt(ConfigError::line).thenComparingInt(ConfigError::column));
      throw new ConfigException(errors);
    }
  }
}
