package io.feedrate.collector.report;

import io.feedrate.kpi.maturity.Interval;

/** A score as a bar: dark up to what is proven, light up to what is still possible. */
final class ScoreBar {

  private static final int WIDTH = 120;
  private static final int HEIGHT = 9;

  private ScoreBar() {}

  static void write(Html html, Interval score, double maxScore, String description) {
    Shapes shapes = new Shapes(WIDTH, HEIGHT);
    shapes.rect(0, 0, WIDTH, HEIGHT, Colours.GRID);
    if (score.isDefined()) {
      shapes.rect(0, 0, WIDTH * score.upper() / maxScore, HEIGHT, Colours.ACCENT_SOFT);
      shapes.rect(0, 0, WIDTH * score.lower() / maxScore, HEIGHT, Colours.ACCENT);
    }
    html.open("div", "class", "bar");
    shapes.write(html, description);
    html.close("div");
  }
}
