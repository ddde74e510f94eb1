package io.feedrate.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of {@link EngineBenchmark}: as Markdown, and readable as it is. */
final class EngineTable {
  private static final List<String> HEAD =
      List.of(
          "what",
          "M samples/s",
          "min … max",
          "rounds",
          "ns",
          "B/sample",
          "with results",
          "cost beside ours, or figure",
          "wanted");
  private static final int FIGURES_FROM = 1;
  private static final int FIGURES_TO = 6;

  private final List<List<String>> rows = new ArrayList<>();

  /**
   * What something does in a second of CPU.
   *
   * @param ns what a sample costs
   * @param bytes what a sample allocates without results, or NaN if they cannot be told apart
   * @param withResults what it allocates in all
   */
  void speed(String what, Spread ns, double bytes, String withResults, String note, String wanted) {
    Spread millions = ns.inverse(1000);
    rows.add(
        List.of(
            what,
            text("%.1f", millions.median()),
            text("%.1f … %.1f", millions.min(), millions.max()),
            String.valueOf(ns.rounds()),
            text("%.1f", ns.median()),
            Double.isNaN(bytes) ? "" : text("%.2f", bytes),
            withResults,
            note,
            wanted));
  }

  void figure(String what, String figure, String wanted) {
    rows.add(List.of(what, "", "", "", "", "", "", figure, wanted));
  }

  private static String text(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }

  void print() {
    int[] widths = new int[HEAD.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = HEAD.get(c).length();
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
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
      String pad = " ".repeat(widths[c] - cells.get(c).length());
      String cell = isFigure(c) ? pad + cells.get(c) : cells.get(c) + pad;
      line.append(' ').append(cell).append(" |");
    }
    return line.toString();
  }
}
