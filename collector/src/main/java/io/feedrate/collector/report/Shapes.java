package io.feedrate.collector.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A chart: shapes as SVG, and its texts as HTML laid over them, so that browser and PDF show the
 * same letters and a text can be searched. Lengths are CSS pixels.
 *
 * <p><b>Thread</b>: its owner's.
 */
final class Shapes {

  /** Where a label stands to its point. */
  enum Align {
    LEFT,
    CENTER,
    RIGHT
  }

  private record Label(double x, double y, double width, Align align, String kind, String text) {}

  private static final double LINE_HEIGHT = 14;

  private final Html shapes = new Html();
  private final List<Label> labels = new ArrayList<>();
  private final int width;
  private final int height;

  Shapes(int width, int height) {
    this.width = width;
    this.height = height;
  }

  void rect(double x, double y, double w, double h, String fill) {
    shapes.empty("rect", "x", px(x), "y", px(y), "width", px(w), "height", px(h), "fill", fill);
  }

  void line(double x1, double y1, double x2, double y2, String stroke, double thick, String dash) {
    shapes.empty(
        "line",
        styled(stroke, thick, dash, "x1", px(x1), "y1", px(y1), "x2", px(x2), "y2", px(y2)));
  }

  void circle(double x, double y, double r, String fill) {
    shapes.empty("circle", "cx", px(x), "cy", px(y), "r", px(r), "fill", fill);
  }

  /** An area without an outline. */
  void area(List<double[]> points, String fill) {
    shapes.empty("polygon", "points", points(points), "fill", fill);
  }

  /** A closed outline. */
  void outline(List<double[]> points, String stroke, double thick, String dash) {
    shapes.empty("polygon", styled(stroke, thick, dash, "points", points(points), "fill", "none"));
  }

  /** An open line through points. */
  void path(List<double[]> points, String stroke, double thick) {
    shapes.empty("polyline", styled(stroke, thick, "", "points", points(points), "fill", "none"));
  }

  /**
   * A text in one line, or in more where it is wider than {@code room}.
   *
   * @param x the point that it is aligned to
   * @param y the middle of its first line
   * @param kind CSS class, or ""
   */
  void label(double x, double y, double room, Align align, String kind, String text) {
    labels.add(new Label(x, y, room, align, kind, text));
  }

  /** Writes the chart; {@code description} says to those who cannot see it what it shows. */
  void write(Html html, String description) {
    html.open("div", "class", "chart", "style", "width:" + width + "px;height:" + height + "px");
    html.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "role",
        "img",
        "aria-label",
        description,
        "width",
        Integer.toString(width),
        "height",
        Integer.toString(height),
        "viewBox",
        "0 0 " + width + " " + height);
    html.raw(shapes);
    html.close("svg");
    labels.forEach(label -> write(html, label));
    html.close("div");
  }

  private static void write(Html html, Label label) {
    double left =
        switch (label.align) {
          case LEFT -> label.x;
          case CENTER -> label.x - label.width / 2;
          case RIGHT -> label.x - label.width;
        };
    String align = Words.key(label.align);
    html.element(
        "div",
        label.text,
        "class",
        ("label " + label.kind).strip(),
        "style",
        "left:%spx;top:%spx;width:%spx;text-align:%s"
            .formatted(px(left), px(label.y - LINE_HEIGHT / 2), px(label.width), align));
  }

  private static String[] styled(String stroke, double thick, String dash, String... attributes) {
    List<String> all = new ArrayList<>(List.of(attributes));
    all.addAll(List.of("stroke", stroke, "stroke-width", px(thick)));
    if (!dash.isEmpty()) {
      all.addAll(List.of("stroke-dasharray", dash));
    }
    return all.toArray(new String[0]);
  }

  private static String points(List<double[]> points) {
    StringJoiner all = new StringJoiner(" ");
    points.forEach(p -> all.add(px(p[0]) + "," + px(p[1])));
    return all.toString();
  }

  private static String px(double value) {
    return BigDecimal.valueOf(value)
        .setScale(1, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
