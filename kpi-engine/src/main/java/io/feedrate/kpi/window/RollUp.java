package io.feedrate.kpi.window;

import io.feedrate.kpi.Span;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One tally of a pane with each subject's counts added to all that it belongs to. */
final class RollUp {
  private final Subjects subjects;
  private final Pane pane;
  private final Tally tally;
  private final Counts counts;
  private final @Nullable Buckets[] histograms;
  private final Supplier<Histogram> scratch;

  /** The scratch is what histograms are reported in. */
  RollUp(Subjects subjects, Pane pane, Tally tally, Supplier<Histogram> scratch) {
    this.scratch = scratch;
    this.subjects = subjects;
    this.pane = pane;
    this.tally = tally;
    counts = pane.counts(tally.id(), tally.kinds()).rolledUp(subjects);
    histograms = new Buckets[pane.hasHistograms(tally.id()) ? subjects.size() : 0];
    for (int s = histograms.length - 1; s >= 0; s--) {
      histograms[s] = sum(histograms[s], pane.histogramOf(tally.id(), s));
      int above = subjects.parent(s);
      Buckets all = histograms[s];
      if (above >= 0 && all != null) {
        if (histograms[above] == null) {
          histograms[above] = new Buckets();
        }
        histograms[above].add(all);
      }
    }
  }

  /** What is below a subject and what it has itself; the pane's own where nothing is below. */
  private static @Nullable Buckets sum(@Nullable Buckets below, @Nullable Buckets own) {
    if (below == null) {
      return own;
    }
    if (own != null) {
      below.add(own);
    }
    return below;
  }

  /** Reports the subjects of a level; without counts only where that is news. */
  void report(
      Windows.Reporter reporter, Span span, long startNs, long endNs, int level, boolean dirty) {
    for (int s = 0; s < subjects.size(); s++) {
      if (subjects.level(s) == level && (!dirty || pane.isDirty(tally.id(), s))) {
        long[] its = counts.row(s);
        Histogram histogram = histogram(s);
        if (dirty || histogram != null || counts.mask(s) != 0) { // something was due here
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

  private @Nullable Histogram histogram(int subject) {
    Buckets its = histograms.length == 0 ? null : histograms[subject];
    if (its == null) {
      return null;
    }
    Histogram all = scratch.get();
    its.copyTo(all);
    return all;
  }
}
