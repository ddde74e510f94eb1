package io.feedrate.collector.report;

import io.feedrate.kpi.Outcome;
import java.util.List;

/** What became of the slots, as a bar of shares in the outcomes' colours. */
final class OutcomeBar {

  private OutcomeBar() {}

  /** The least width in pixels, so that what occurred is seen. */
  private static final double LEAST = 1.5;

  /** A bar over all slots in scope. */
  static void write(Html html, List<Long> counts, int width, int height, String description) {
    long inScope = inScope(counts);
    Shapes shapes = new Shapes(width, height);
    if (inScope == 0) {
      shapes.rect(0, 0, width, height, Colours.of(Outcome.EXCLUDED));
      shapes.write(html, description);
      return;
    }
    double room = width;
    for (Outcome o : Outcome.values()) {
      if (isShown(o, counts)) {
        room -= LEAST;
      }
    }
    double x = 0;
    for (Outcome o : Outcome.values()) {
      if (isShown(o, counts)) {
        double w = LEAST + room * counts.get(o.ordinal()) / inScope;
        shapes.rect(x, 0, w, height, Colours.of(o));
        x += w;
      }
    }
    shapes.write(html, description);
  }

  static long inScope(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum()
        - counts.get(Outcome.EXCLUDED.ordinal());
  }

  private static boolean isShown(Outcome o, List<Long> counts) {
    return o != Outcome.EXCLUDED && counts.get(o.ordinal()) > 0;
  }
}
