package io.feedrate.collector.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words for error messages: quoting, lists, and the name that was probably meant. */
final class Texts {

  private static final int MAX_QUOTED = 80;
  private static final int MAX_LISTED = 12;

  private Texts() {}

  /** The value in double quotes, cut where it is long. */
  static String quote(String value) {
    return '"'
        + (value.length() <= MAX_QUOTED ? value : value.substring(0, MAX_QUOTED) + "...")
        + '"';
  }

  /** The path of a key below a parent: {@code parent.key}, or {@code parent["odd key"]}. */
  static String child(String parent, String key) {
    if (!key.isEmpty() && key.chars().allMatch(Texts::plain)) {
      return parent.isEmpty() ? key : parent + '.' + key;
    }
    return parent + '[' + quote(key) + ']';
  }

  /** The path of an entry of a list. */
  static String item(String parent, int index) {
    return parent + '[' + index + ']';
  }

  private static boolean plain(int c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '$';
  }

  /** Control characters made visible, so that an error stays one line. */
  static String oneLine(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** What to do about a name that does not exist. */
  static String suggestion(String name, Collection<String> known) {
    Optional<String> nearest = nearest(name, known);
    if (nearest.isPresent()) {
      return "Did you mean " + quote(nearest.get()) + "?";
    }
    if (known.isEmpty()) {
      return "";
    }
    return "Known here: " + list(known) + ".";
  }

  /** The first dozen, with commas. */
  static String list(Collection<String> names) {
    String listed = names.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
    int more = names.size() - MAX_LISTED;
    return more > 0 ? listed + " and " + more + " more" : listed;
  }

  /** The known name that differs by the fewest letters, if few enough to be a slip. */
  static Optional<String> nearest(String name, Collection<String> known) {
    if (name.length() < 2 || name.length() > MAX_QUOTED) {
      return Optional.empty();
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    int best = Math.max(1, Math.min(3, wanted.length() / 3)) + 1;
    Optional<String> nearest = Optional.empty();
    for (String candidate : known) {
      String other = candidate.toLowerCase(Locale.ROOT);
      if (Math.abs(other.length() - wanted.length()) < best) {
        int distance = distance(wanted, other);
        if (distance < best) {
          best = distance;
          nearest = Optional.of(candidate);
        }
      }
    }
    return nearest;
  }

  /** Number of letters to insert, remove, replace or swap with the next one. */
  static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(last[j - 1] + change, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }

  /** "a, b or c". */
  static String or(List<String> choices) {
    if (choices.size() < 2) {
      return String.join("", choices);
    }
    return String.join(", ", choices.subList(0, choices.size() - 1))
        + " or "
        + choices.get(choices.size() - 1);
  }
}
