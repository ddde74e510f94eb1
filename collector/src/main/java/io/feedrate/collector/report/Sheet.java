package io.feedrate.collector.report;

import java.time.ZoneId;
import java.util.List;

/**
 * What the parts of a page share: where they write, in which words and numbers. Tables are written
 * here, so that they look alike.
 */
record Sheet(Html html, Words words, Format format, Verdicts verdicts) {

  /** A sheet in a language, with times of a zone. */
  static Sheet of(Language language, ZoneId zone) {
    Words words = Words.of(language);
    Format format = new Format(words, zone);
    return new Sheet(new Html(), words, format, new Verdicts(words, format));
  }

  String say(Phrase phrase, Object... arguments) {
    return words.say(phrase, arguments);
  }

  void heading(String level, Phrase phrase, Object... arguments) {
    html.element(level, say(phrase, arguments));
  }

  void paragraph(String text) {
    html.element("p", text);
  }

  void note(String text) {
    html.element("p", text, "class", "muted small");
  }

  /** Opens a table; widths in per cent, headings that end with {@code #} are of numbers. */
  void table(List<Integer> widths, List<String> headings) {
    table(widths, headings, "");
  }

  /** The same with headings of more than one line. */
  void wrappedTable(List<Integer> widths, List<String> headings) {
    table(widths, headings, ";white-space:normal");
  }

  private void table(List<Integer> widths, List<String> headings, String style) {
    html.open("table", "style", "table-layout:fixed").open("thead").open("tr");
    for (int i = 0; i < widths.size(); i++) {
      String heading = headings.get(i);
      boolean number = heading.endsWith("#");
      html.element(
          "th",
          number ? heading.substring(0, heading.length() - 1) : heading,
          "class",
          number ? "number" : "text",
          "style",
          "width:" + widths.get(i) + "%" + style);
    }
    html.close("tr").close("thead").open("tbody");
  }

  void endTable() {
    html.close("tbody").close("table");
  }

  /** A cell; its kind is a CSS class, or "". */
  void cell(String kind, String text) {
    if (kind.isEmpty()) {
      html.element("td", text);
    } else {
      html.element("td", text, "class", kind);
    }
  }

  void row(String... cells) {
    html.open("tr");
    for (String cell : cells) {
      cell("wide", cell);
    }
    html.close("tr");
  }

  /** A name and what is to be said of it, without lines. */
  void fact(String name, String value) {
    html.open("tr");
    html.element("td", name, "class", "muted", "style", "width:24%");
    html.element("td", value, "class", "wide");
    html.close("tr");
  }

  void facts() {
    html.open("table", "class", "plain", "style", "table-layout:fixed").open("tbody");
  }
}
