package io.feedrate.kpi.window;

import io.feedrate.kpi.Span;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One tally of a pane with each subject's counts added to all that it belongs to. */
final class RollUp {
  private final Subjects subjects;
  private final Pane pane;
  private final Tally tally;
  private final long[] counts;
  private final @Nullable Histogram[] histograms;

  RollUp(Subjects subjects, Pane pane, Tally tally) {
    this.subjects = subjects;
    this.pane = pane;
    this.tally = tally;
    counts = pane.counts(tally.id(), tally.kinds()).clone();
    histograms = new Histogram[pane.hasHistograms(tally.id()) ? subjects.size() : 0];
    int kinds = tally.kinds();
    for (int s = subjects.size() - 1; s >= 0; s--) {
      int above = subjects.parent(s);
      for (int k = 0; k < kinds && above >= 0; k++) {
        counts[above * kinds + k] += counts[s * kinds + k];
      }
    }
    for (int s = histograms.length - 1; s >= 0; s--) {
      histograms[s] = Histograms.merge(histograms[s], pane.histogramOf(tally.id(), s));
      int above = subjects.parent(s);
      if (above >= 0) {
        histograms[above] = Histograms.merge(histograms[above], histograms[s]);
      }
    }
  }

  /** Reports the subjects of a level; without counts only where that is news. */
  void report(
      Windows.Reporter reporter, Span span, long startNs, long endNs, int level, boolean dirty) {
    int kinds = tally.kinds();
    for (int s = 0; s < subjects.size(); s++) {
      if (subjects.level(s) == level && (!dirty || pane.isDirty(tally.id(), s))) {
        long[] its = Arrays.copyOfRange(counts, s * kinds, (s + 1) * kinds);
        Histogram histogram = histograms.length == 0 ? null : histograms[s];
        if (dirty || histogram != null || !isZero(its)) {
          reporter.report(
              tally.kpi(),
              subjects.path(s),
              span,
              startNs,
              endNs,
              dirty ? pane.revision : 0,
              its,
              histogram);
        }
      }
    }
  }

  private static boolean isZero(long[] counts) {
    for (long n : counts) {
      if (n != 0) {
        return false; // something was due here
      }
    }
    return true;
  }
}
