package io.feedrate.collector.report;

import io.feedrate.collector.report.Shapes.Align;
import io.feedrate.kpi.maturity.Assessment;
import io.feedrate.kpi.maturity.DimensionScore;
import io.feedrate.kpi.maturity.Level;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Scoring;
import java.util.ArrayList;
import java.util.List;

/**
 * The dimensions' scores as a radar: the dark area is what is proven, the light one up to the
 * dashed outline what more evidence could still show. Rings are the levels.
 */
final class Radar {

  /** With fewer axes there is no area, with more no room for the names. */
  static final int FEWEST = 3;

  static final int MOST = 10;

  private static final int WIDTH = 356;
  private static final int HEIGHT = 250;
  private static final double RADIUS = 76;

  /** How far from the first axis to the second the levels' numbers stand. */
  private static final double LEVEL_PLACE = 0.5;

  private static final double NAME_ROOM = 94;

  private final Assessment assessment;
  private final Words words;
  private final Shapes shapes = new Shapes(WIDTH, HEIGHT);
  private final int axes;

  private Radar(Assessment assessment, Words words) {
    this.assessment = assessment;
    this.words = words;
    this.axes = assessment.dimensions().size();
  }

  static boolean isDrawn(Assessment assessment) {
    int axes = assessment.dimensions().size();
    return axes >= FEWEST && axes <= MOST;
  }

  static void write(Html html, Assessment assessment, Words words) {
    new Radar(assessment, words).write(html);
  }

  private void write(Html html) {
    for (double ring : rings(assessment.profile())) {
      shapes.outline(polygon(ring), ring == 1 ? "#aab4c0" : Colours.LINE, 1, "");
    }
    for (int i = 0; i < axes; i++) {
      double[] end = point(i, 1);
      shapes.line(WIDTH / 2.0, HEIGHT / 2.0, end[0], end[1], Colours.LINE, 1, "");
    }
    List<double[]> upper = new ArrayList<>();
    List<double[]> lower = new ArrayList<>();
    for (int i = 0; i < axes; i++) {
      upper.add(point(i, share(i, true)));
      lower.add(point(i, share(i, false)));
    }
    shapes.area(upper, Colours.ACCENT_SOFT);
    shapes.outline(upper, Colours.ACCENT, 1.2, "4 3");
    shapes.area(lower, Colours.ACCENT);
    lower.forEach(p -> shapes.circle(p[0], p[1], 2.5, Colours.ACCENT));
    names();
    levels();
    shapes.write(html, words.say(Phrase.RADAR_SHOWS));
  }

  private static List<Double> rings(Profile profile) {
    List<Double> rings = new ArrayList<>();
    if (profile.scoring().method() == Scoring.Method.SCORE_BANDS) {
      profile.levels().stream().map(Level::from).filter(from -> from > 0).forEach(rings::add);
      rings.add(1.0);
    } else {
      for (int i = 1; i <= profile.levels().size(); i++) {
        rings.add((double) i / profile.levels().size());
      }
    }
    return rings;
  }

  /** The level that begins at a ring, on its outline between the first two axes. */
  private void levels() {
    Profile profile = assessment.profile();
    boolean bands = profile.scoring().method() == Scoring.Method.SCORE_BANDS;
    for (int i = 1; i <= profile.levels().size(); i++) {
      double at = bands ? profile.levels().get(i - 1).from() : (double) i / profile.levels().size();
      if (at > 0) {
        double[] a = point(0, at);
        double[] b = point(1, at);
        double x = a[0] + (b[0] - a[0]) * LEVEL_PLACE;
        double y = a[1] + (b[1] - a[1]) * LEVEL_PLACE;
        shapes.rect(x - 4, y - 5, 8, 10, "#ffffff");
        shapes.label(x, y, 12, Align.CENTER, "tiny", String.valueOf(i));
      }
    }
  }

  private void names() {
    for (int i = 0; i < axes; i++) {
      DimensionScore dimension = assessment.dimensions().get(i);
      String name = dimension.dimension().name().in(words.language().tag());
      double[] end = point(i, 1);
      double dx = end[0] - WIDTH / 2.0;
      double dy = end[1] - HEIGHT / 2.0;
      boolean isSide = Math.abs(dx) > RADIUS / 3;
      Align align = !isSide ? Align.CENTER : dx > 0 ? Align.LEFT : Align.RIGHT;
      double room = isSide ? NAME_ROOM : 2 * NAME_ROOM;
      double x = isSide ? end[0] + Math.signum(dx) * 7 : end[0];
      double y = isSide ? end[1] - 14 : end[1] + (dy < 0 ? -14 : 14);
      shapes.label(x, y, room, align, "strong", name);
    }
  }

  private double share(int axis, boolean upper) {
    DimensionScore dimension = assessment.dimensions().get(axis);
    if (!dimension.score().isDefined()) {
      return 0;
    }
    double score = upper ? dimension.score().upper() : dimension.score().lower();
    return score / assessment.profile().maxScore();
  }

  private List<double[]> polygon(double share) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < axes; i++) {
      points.add(point(i, share));
    }
    return points;
  }

  /** The first axis points up, the others follow clockwise. */
  private double[] point(int axis, double share) {
    double angle = 2 * StrictMath.PI * axis / axes - StrictMath.PI / 2;
    return new double[] {
      WIDTH / 2.0 + StrictMath.cos(angle) * RADIUS * share,
      HEIGHT / 2.0 + StrictMath.sin(angle) * RADIUS * share
    };
  }
}
