package io.feedrate.collector.report;

import com.openhtmltopdf.css.sheet.FontFaceRule;
import com.openhtmltopdf.css.style.CssContext;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.extend.SVGDrawer;
import com.openhtmltopdf.layout.SharedContext;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.render.Box;
import com.openhtmltopdf.render.RenderingContext;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Draws the SVG that {@link Shapes} writes, and no other: rectangles, lines, circles and polygons
 * with fill, stroke and dashes. Texts of charts are HTML beside it, so no font of the machine is
 * ever asked for.
 */
final class ShapeDrawer implements SVGDrawer {

  @Override
  public SVGImage buildSVGImage(
      Element svg, Box box, CssContext css, double width, double height, double dotsPerPixel) {
    return new Drawing(svg, dotsPerPixel);
  }

  @Override
  public void importFontFaceRules(List<FontFaceRule> fontFaces, SharedContext shared) {}

  @Override
  public void addFontFile(
      File fontFile, String family, @Nullable Integer weight, @Nullable FontStyle style) {}

  @Override
  public void close() {}

  private record Drawing(Element svg, double dotsPerPixel) implements SVGImage {

    @Override
    public int getIntrinsicWidth() {
      return (int) (number(svg, "width") * dotsPerPixel);
    }

    @Override
    public int getIntrinsicHeight() {
      return (int) (number(svg, "height") * dotsPerPixel);
    }

    @Override
    public void drawSVG(OutputDevice device, RenderingContext context, double x, double y) {
      device.drawWithGraphics(
          (float) x,
          (float) y,
          (float) (number(svg, "width") * dotsPerPixel),
          (float) (number(svg, "height") * dotsPerPixel),
          graphics -> {
            for (Node n = svg.getFirstChild(); n != null; n = n.getNextSibling()) {
              if (n instanceof Element element) {
                draw(graphics, element);
              }
            }
          });
    }
  }

  private static void draw(Graphics2D graphics, Element element) {
    Shape shape = shape(element);
    if (isSet(element, "fill")) {
      graphics.setPaint(colour(element, "fill"));
      graphics.fill(shape);
    }
    if (isSet(element, "stroke")) {
      graphics.setPaint(colour(element, "stroke"));
      graphics.setStroke(stroke(element));
      graphics.draw(shape);
    }
  }

  private static Shape shape(Element e) {
    return switch (e.getTagName()) {
      case "rect" ->
          new Rectangle2D.Double(
              number(e, "x"), number(e, "y"), number(e, "width"), number(e, "height"));
      case "line" ->
          new Line2D.Double(number(e, "x1"), number(e, "y1"), number(e, "x2"), number(e, "y2"));
      case "circle" -> {
        double r = number(e, "r");
        yield new Ellipse2D.Double(number(e, "cx") - r, number(e, "cy") - r, 2 * r, 2 * r);
      }
      case "polygon" -> path(e, true);
      case "polyline" -> path(e, false);
      default -> throw new IllegalStateException("no shape of reports: " + e.getTagName());
    };
  }

  private static Shape path(Element e, boolean isClosed) {
    Path2D.Double path = new Path2D.Double();
    for (String point : e.getAttribute("points").split(" ", -1)) {
      String[] xy = point.split(",", 2);
      double x = Double.parseDouble(xy[0]);
      double y = Double.parseDouble(xy[1]);
      if (path.getCurrentPoint() == null) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    if (isClosed) {
      path.closePath();
    }
    return path;
  }

  private static BasicStroke stroke(Element e) {
    float width = (float) number(e, "stroke-width");
    if (!isSet(e, "stroke-dasharray")) {
      return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }
    String[] dashes = e.getAttribute("stroke-dasharray").split(" ", 2);
    float[] pattern = {Float.parseFloat(dashes[0]), Float.parseFloat(dashes[1])};
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, pattern, 0);
  }

  private static Color colour(Element e, String attribute) {
    return Color.decode(e.getAttribute(attribute));
  }

  private static boolean isSet(Element e, String attribute) {
    return e.hasAttribute(attribute) && !e.getAttribute(attribute).equals("none");
  }

  private static double number(Element e, String attribute) {
    return Double.parseDouble(e.getAttribute(attribute));
  }
}
