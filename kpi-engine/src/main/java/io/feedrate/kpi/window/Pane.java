package io.feedrate.kpi.window;

import io.feedrate.kpi.Snapshot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One window (or shift, or day): counts and histograms of all tallies, of each subject itself. */
final class Pane {
  private static final byte[] UNPACKED = {};

  final int number;
  final long startNs;
  final long endNs;
  private final Subjects subjects;
  private final @Nullable Counts[] counts;
  private final @Nullable Buckets[] @Nullable [] histograms;
  private final boolean[] @Nullable [] dirty;
  private byte[] packed = UNPACKED;
  private boolean anyDirty;
  int revision;
  int closedLevels;
  boolean isTouched;

  Pane(Subjects subjects, int tallies, int number, long startNs, long endNs) {
    this.subjects = subjects;
    this.number = number;
    this.startNs = startNs;
    this.endNs = endNs;
    counts = new Counts[tallies];
    histograms = new Buckets[tallies][];
    dirty = new boolean[tallies][];
  }

  /** Counts of a tally, made where there are none yet. */
  Counts counts(int tally, int kinds) {
    Counts its = counts[tally];
    if (its == null) {
      its = new Counts(subjects.size(), kinds);
      counts[tally] = its;
    }
    return its;
  }

  boolean hasCounts(int tally) {
    return counts[tally] != null;
  }

  /** Counts of a tally, or null where nothing was counted. */
  @Nullable Counts countsOf(int tally) {
    return counts[tally];
  }

  boolean hasHistograms(int tally) {
    return histograms[tally] != null;
  }

  @Nullable Buckets histogramOf(int tally, int subject) {
    @Nullable Buckets @Nullable [] its = histograms[tally];
    return its == null ? null : its[subject];
  }

  Buckets histogram(int tally, int subject) {
    @Nullable Buckets @Nullable [] its = histograms[tally];
    if (its == null) {
      its = new Buckets[subjects.size()];
      histograms[tally] = its;
    }
    Buckets one = its[subject];
    if (one == null) {
      one = new Buckets();
      its[subject] = one;
    }
    return one;
  }

  /** Whether the results of a subject were reported. */
  boolean isClosed(int subject) {
    return subjects.level(subject) < closedLevels;
  }

  boolean isClosed() {
    return closedLevels == subjects.levels();
  }

  /** A reported result of a subject, and of what it belongs to, is no longer right. */
  void markDirty(int tally, int subject) {
    boolean[] its = dirty[tally];
    if (its == null) {
      its = new boolean[subjects.size()];
      dirty[tally] = its;
    }
    for (int s = subject; s >= 0; s = subjects.parent(s)) {
      its[s] = true;
    }
    anyDirty = true;
  }

  boolean isDirty() {
    return anyDirty;
  }

  boolean isDirty(int tally) {
    return dirty[tally] != null;
  }

  boolean isDirty(int tally, int subject) {
    boolean[] its = dirty[tally];
    return its != null && its[subject];
  }

  /** Writes which reported results are no longer right. */
  void writeDirty(Snapshot.Writer out) {
    for (int tally = 0; tally < dirty.length; tally++) {
      boolean[] its = dirty[tally];
      for (int s = 0; its != null && s < its.length; s++) {
        if (its[s]) {
          out.putVarint(tally + 1);
          out.putVarint(s);
        }
      }
    }
    out.putVarint(0);
  }

  void readDirty(Snapshot.Reader in) {
    for (long t = in.getVarint(); t != 0; t = in.getVarint()) {
      markDirty((int) t - 1, (int) in.getVarint());
    }
  }

  void clean() {
    Arrays.fill(dirty, null);
    anyDirty = false;
  }

  boolean isPacked() {
    return packed != UNPACKED;
  }

  byte[] packed() {
    return packed;
  }

  /** Keeps the packed form alone. */
  void pack(byte[] bytes) {
    packed = bytes;
    Arrays.fill(counts, null);
    Arrays.fill(histograms, null);
  }

  /** Whoever unpacked it says so. */
  void unpacked() {
    packed = UNPACKED;
  }
}
