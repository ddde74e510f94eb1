package io.feedrate.kpi.window;

import io.feedrate.kpi.Snapshot;
import java.util.List;

/**
 * The compact form of a pane: per tally the rows that are not zero, equal rows of neighbours once.
 * A quiet machine's minute takes a few bytes, so that a day of closed windows can be kept to be
 * revised.
 *
 * <pre>
 * pane  := tally* 0
 * tally := id+1  row* 0  histogram* 0
 * row   := step  repeat  mask  value*       step to the first subject (from 1), how many equal rows
 * histogram := step  buckets                see Buckets
 * </pre>
 *
 * Numbers are varints, values zigzag; the mask tells which kinds have a value.
 */
final class Packing {
  private final List<Tally> tallies;
  private final Subjects subjects;
  private final Snapshot.Writer scratch = new Snapshot.Writer();

  Packing(List<Tally> tallies, Subjects subjects) {
    this.tallies = tallies;
    this.subjects = subjects;
  }

  byte[] pack(Pane pane) {
    scratch.reset();
    for (Tally tally : tallies) {
      if (hasAny(pane, tally)) {
        scratch.putVarint(tally.id() + 1);
        packCounts(pane, tally);
        packHistograms(pane, tally);
      }
    }
    scratch.putVarint(0);
    byte[] bytes = new byte[scratch.length()];
    scratch.buffer().getBytes(0, bytes);
    return bytes;
  }

  /** Whether anything is not zero: the form of a pane must not tell how it came to be. */
  private boolean hasAny(Pane pane, Tally tally) {
    boolean any = false;
    for (int s = 0; s < subjects.size() && pane.hasHistograms(tally.id()); s++) {
      any |= pane.histogramOf(tally.id(), s) != null;
    }
    Counts counts = pane.countsOf(tally.id());
    for (int s = 0; s < subjects.size() && counts != null && !any; s++) {
      any = counts.mask(s) != 0;
    }
    return any;
  }

  private void packCounts(Pane pane, Tally tally) {
    Counts counts = pane.countsOf(tally.id());
    if (counts != null) {
      packRows(counts, tally.kinds());
    }
    scratch.putVarint(0);
  }

  private void packRows(Counts counts, int kinds) {
    int last = -1;
    int subject = 0;
    while (subject < subjects.size()) {
      long mask = counts.mask(subject);
      if (mask == 0) {
        subject++;
        continue;
      }
      int repeat = repeat(counts, subject);
      scratch.putVarint(subject - last);
      scratch.putVarint(repeat);
      scratch.putVarint(mask);
      for (int k = 0; k < kinds; k++) {
        if ((mask >>> k & 1) != 0) {
          scratch.putZigzag(counts.get(subject, k));
        }
      }
      last = subject + repeat - 1;
      subject += repeat;
    }
  }

  private int repeat(Counts counts, int subject) {
    int n = 1;
    while (subject + n < subjects.size() && counts.isSame(subject, subject + n)) {
      n++;
    }
    return n;
  }

  private void packHistograms(Pane pane, Tally tally) {
    if (pane.hasHistograms(tally.id())) {
      int last = -1;
      for (int s = 0; s < subjects.size(); s++) {
        Buckets its = pane.histogramOf(tally.id(), s);
        if (its != null) {
          scratch.putVarint(s - last);
          its.write(scratch);
          last = s;
        }
      }
    }
    scratch.putVarint(0);
  }

  void unpack(Snapshot.Reader in, Pane pane) {
    for (long t = in.getVarint(); t != 0; t = in.getVarint()) {
      Tally tally = tallies.get((int) t - 1);
      int kinds = tally.kinds();
      int last = -1;
      for (long step = in.getVarint(); step != 0; step = in.getVarint()) {
        int subject = last + (int) step;
        int repeat = (int) in.getVarint();
        unpackRow(in, pane.counts(tally.id(), kinds), subject, repeat, kinds);
        last = subject + repeat - 1;
      }
      last = -1;
      for (long step = in.getVarint(); step != 0; step = in.getVarint()) {
        last += (int) step;
        pane.histogram(tally.id(), last).read(in);
      }
    }
  }

  private static void unpackRow(
      Snapshot.Reader in, Counts counts, int subject, int repeat, int kinds) {
    long mask = in.getVarint();
    for (int k = 0; k < kinds; k++) {
      if ((mask >>> k & 1) != 0) {
        long value = in.getZigzag();
        for (int r = 0; r < repeat; r++) {
          counts.add(subject + r, k, value);
        }
      }
    }
  }
}
