package io.feedrate.collector.assess;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Plain text in columns for a terminal; a cell that is too long goes on below itself. */
final class TextColumns {

  static final String INDENT = "  ";

  private static final int GAP = 2;
  private static final String NO_BREAK = "\u00a0";

  /** The blank between a number and its unit or sign, where no line ends. */
  private static final Pattern UNIT =
      Pattern.compile("(?<=[0-9≥≤<>]) (?=(?:%|d|h|min|s|ms|µs)(?![A-Za-z])|[0-9])");

  private final int width;
  private final StringBuilder out = new StringBuilder();

  TextColumns(int width) {
    this.width = width;
  }

  /** A row; the cell after the last given width takes what is left. */
  void row(int depth, int[] widths, String... cells) {
    List<List<String>> wrapped = new ArrayList<>();
    int used = 0;
    for (int i = 0; i < cells.length; i++) {
      int room = i < widths.length ? widths[i] - GAP : width - used;
      wrapped.add(words(cells[i], i == 0 ? room - INDENT.length() * depth : room));
      used += i < widths.length ? widths[i] : 0;
    }
    int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
    for (int y = 0; y < height; y++) {
      StringBuilder row = new StringBuilder(INDENT.repeat(depth));
      int column = 0;
      for (int i = 0; i < cells.length; i++) {
        row.append(" ".repeat(Math.max(0, column - row.length())));
        row.append(y < wrapped.get(i).size() ? wrapped.get(i).get(y) : "");
        column += i < widths.length ? widths[i] : 0;
      }
      line(row.toString());
    }
  }

  /** A paragraph. */
  void wrap(String text) {
    words(text, width).forEach(this::line);
  }

  void rule() {
    line("-".repeat(width));
  }

  void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private static List<String> words(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String bound : UNIT.matcher(text).replaceAll(NO_BREAK).split(" ", -1)) {
      String word = bound.replace(NO_BREAK, " ");
      while (word.length() > width && width > 0) {
        // A path or an id that is wider than its column must not run into the next one.
        if (!current.isEmpty()) {
          lines.add(current.toString());
          current.setLength(0);
        }
        int cut = cut(word, width);
        lines.add(word.substring(0, cut));
        word = word.substring(cut);
      }
      if (!current.isEmpty() && current.length() + 1 + word.length() > width) {
        lines.add(current.toString());
        current.setLength(0);
      }
      current.append(current.isEmpty() ? "" : " ").append(word);
    }
    lines.add(current.toString());
    return lines;
  }

  /** Where a word is cut: behind its last sign that parts it, or where the room ends. */
  private static int cut(String word, int width) {
    for (int i = width; i > width / 2; i--) {
      if ("/_-.".indexOf(word.charAt(i - 1)) >= 0) {
        return i;
      }
    }
    return width;
  }
}
