package io.feedrate.collector.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML that is well-formed XML as well. Texts and attributes are escaped here and nowhere
 * else; what is written raw was written by another of these.
 *
 * <p><b>Thread</b>: its owner's.
 */
final class Html {
  private final StringBuilder out = new StringBuilder(64 * 1024);
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values by turns
   */
  Html open(String tag, String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element opened last, which must be one of this name. */
  Html close(String tag) {
    if (!tag.equals(open.peek())) {
      throw new IllegalStateException("</" + tag + "> where " + open.peek() + " is open");
    }
    open.pop();
    out.append("</").append(tag).append('>');
    return this;
  }

  /** An element with a text and nothing else. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** An element that has no content, such as {@code br}. */
  Html empty(String tag, String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /** Takes over what another one wrote, all of it closed. */
  Html raw(Html other) {
    out.append(other);
    return this;
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> out.append(isText(text, i) ? c : '\uFFFD');
      }
    }
  }

  /** XML has no control characters and no halves of pairs. */
  private static boolean isText(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    } else if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return (c >= ' ' && c < '\uFFFE') || c == '\n' || c == '\t';
  }

  /** What was written; everything must be closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }
}
