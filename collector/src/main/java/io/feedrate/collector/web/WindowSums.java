package io.feedrate.collector.web;

import io.feedrate.collector.web.PlantView.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds stored windows up to longer ones: counts are summed and the figures computed from the sums,
 * because a mean of ratios hides dead sensors.
 */
final class WindowSums {

  private final @Nullable Duration step;
  private final double stepSeconds;

  /**
   * @param step length of the sums, aligned to the UTC epoch, or null for the stored windows
   * @param stepSeconds the length that comes out
   */
  WindowSums(@Nullable Duration step, double stepSeconds) {
    this.step = step;
    this.stepSeconds = stepSeconds;
  }

  double stepSeconds() {
    return stepSeconds;
  }

  /** All of them in one, or null if there are none. */
  @Nullable Window whole(List<Window> windows) {
    return windows.isEmpty() ? null : sum(windows);
  }

  /** One sum per step that has windows, oldest first. */
  List<Window> steps(List<Window> windows) {
    if (step == null) {
      return windows;
    }
    List<Window> sums = new ArrayList<>();
    List<Window> open = new ArrayList<>();
    for (Window window : windows) {
      if (!open.isEmpty() && slot(open.get(0).start()) != slot(window.start())) {
        sums.add(sum(open));
        open.clear();
      }
      open.add(window);
    }
    if (!open.isEmpty()) {
      sums.add(sum(open));
    }
    return sums;
  }

  private long slot(Instant start) {
    return Math.floorDiv(start.getEpochSecond(), (long) stepSeconds);
  }

  private Window sum(List<Window> windows) {
    if (windows.size() == 1) {
      return windows.get(0);
    }
    OutcomeCounts counts = OutcomeCounts.NONE;
    int revision = 0;
    for (Window window : windows) {
      counts = counts.plus(window.outcomes());
      revision = Math.max(revision, window.revision());
    }
    return Window.of(
        windows.get(0).start(), windows.get(windows.size() - 1).end(), revision, counts);
  }
}
