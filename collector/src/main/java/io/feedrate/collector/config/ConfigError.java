package io.feedrate.collector.config;

/**
 * One thing that is wrong in a configuration, with where it is and how to mend it.
 *
 * @param file as the user named it
 * @param line from 1, or 0 where no line can be named
 * @param column from 1, or 0
 * @param path place in the document, such as {@code assets[0].signals[2].period}, or ""
 * @param message what is wrong, without a full stop; never holds a secret
 * @param hint how to mend it: whole sentences, or ""
 */
public record ConfigError(
    String file, int line, int column, String path, String message, String hint) {

  /** One line: {@code file:line: path: message. hint}. */
  public String text() {
    StringBuilder text = new StringBuilder(file).append(':');
    if (line > 0) {
      text.append(line).append(':');
    }
    text.append(' ');
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    text.append(message);
    if (!hint.isEmpty()) {
      text.append(". ").append(hint);
    }
    return text.toString();
  }
}
