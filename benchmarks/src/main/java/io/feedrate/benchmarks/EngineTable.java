package io.feedrate.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of {@link EngineBenchmark}: as Markdown, and readable as it is. */
final class EngineTable {
  private static final List<String> HEAD =
      List.of("what", "M samples/s", "min … max", "rounds", "ns", "B/sample", "", "wanted");
  private static final int FIGURES_FROM = 1;
  private static final int FIGURES_TO = 5;

  private final List<List<String>> rows = new ArrayList<>();

  /** What something does in a second of CPU, from what a sample costs. */
  void speed(String what, Spread ns, double bytes, String note, String wanted) {
    Spread millions = ns.inverse(1000);
    rows.add(
        List.of(
            what,
            text("%.1f", millions.median()),
            text("%.1f … %.1f", millions.min(), millions.max()),
            String.valueOf(ns.rounds()),
            text("%.1f", ns.median()),
            text("%.3f", bytes),
            note,
            wanted));
  }

  void time(String what, Spread ms, String wanted) {
    figure(
        what,
        text("%.1f ms (%.1f … %.1f, %d times)", ms.median(), ms.min(), ms.max(), ms.rounds()),
        wanted);
  }

  void ratio(String what, double ratio, String wanted) {
    figure(what, text("%.2f x", ratio), wanted);
  }

  void figure(String what, String figure, String wanted) {
    rows.add(List.of(what, "", "", "", "", "", figure, wanted));
  }

  private static String text(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }

  void print() {
    int[] widths = new int[HEAD.size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      widths[c] =
          Math.max(
              HEAD.get(c).length(), rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0));
    }
    System.out.println(line(HEAD, widths));
    StringBuilder rule = new StringBuilder("|");
    for (int c = 0; c < widths.length; c++) {
      rule.append("-".repeat(widths[c] + 1)).append(isFigure(c) ? ":|" : "-|");
    }
    System.out.println(rule);
    rows.forEach(row -> System.out.println(line(row, widths)));
  }

  private static boolean isFigure(int column) {
    return column >= FIGURES_FROM && column <= FIGURES_TO;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int c = 0; c < widths.length; c++) {
      String cell = cells.get(c);
      String pad = " ".repeat(widths[c] - cell.length());
      line.append(' ').append(isFigure(c) ? pad + cell : cell + pad).append(" |");
    }
    return line.toString();
  }
}
