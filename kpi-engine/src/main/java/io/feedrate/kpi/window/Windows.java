package io.feedrate.kpi.window;

import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The windows of all subjects. Subjects close level by level (see {@link Subjects}): a fast
 * machine's result does not wait for a slow gateway, a line's waits for all below it. Closed
 * windows are kept in a compact form for as long as they can be revised; what is counted for them
 * then is reported as their next revision with the next closing of any window. Shifts and days are
 * the sums of the windows that start in them.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: per window. <b>Bounds</b>: windows within the
 * time for revisions, at most {@link #MAX_RETAINED_BYTES} of them; older ones are forgotten first.
 */
public final class Windows {
  /** The most bytes of closed windows kept. */
  static final int MAX_RETAINED_BYTES = 32 << 20;

  /** The most closed windows that are laid open for late counts at a time. */
  private static final int MAX_LAID_OPEN = 64;

  private static final int MARKER = 0x57494e44;

  /** Takes results: one KPI of one subject and window. */
  public interface Reporter {
    /** The counts are the receiver's own; the histogram is valid during the call. */
    void report(
        Kpi kpi,
        String subject,
        Span span,
        long startNs,
        long endNs,
        int revision,
        long[] counts,
        @Nullable Histogram histogram);
  }

  private final Subjects subjects;
  private final long windowNs;
  private final long revisableNs;
  private final Reporter reporter;
  private final List<Tally> tallies = new ArrayList<>();
  private final Packing packing;
  private final Periods periods;
  private final Long2ObjectHashMap<Pane> panes = new Long2ObjectHashMap<>();
  private final List<Pane> touched = new ArrayList<>();
  private final ArrayDeque<Pane> laidOpen = new ArrayDeque<>();
  private final long[] nextEndNs;
  private long originNs;
  private long oldest;
  private long newest;
  private long retainedBytes;
  private long beyond;
  private @Nullable Pane cached;

  /** The histogram of the result that is being reported; signals never need one. */
  private @Nullable Histogram scratch;

  /**
   * Windows from a time on.
   *
   * @param originNs start of the first window, where it is not aligned
   * @param calendar for shifts and days, where the subjects have such
   */
  public Windows(
      Subjects subjects,
      long windowNs,
      long revisableNs,
      long originNs,
      Optional<Calendar> calendar,
      Reporter reporter) {
    this.subjects = subjects;
    this.windowNs = windowNs;
    this.revisableNs = revisableNs;
    this.originNs = originNs;
    this.reporter = reporter;
    packing = new Packing(tallies, subjects);
    periods = new Periods(subjects, tallies, calendar, originNs, this::emit);
    oldest = Math.floorDiv(originNs, windowNs);
    newest = oldest - 1;
    nextEndNs = new long[subjects.levels()];
    Arrays.fill(nextEndNs, (oldest + 1) * windowNs);
  }

  /** A tally for a KPI's base counts; all of them before the first is used, always the same. */
  public Tally tally(Kpi basis) {
    Tally tally = new Tally(this, basis, tallies.size());
    tallies.add(tally);
    return tally;
  }

  /**
   * What a subject itself has counted of a KPI since the first record; 0 where no total is kept.
   */
  public long total(String kpi, int subject, int kind) {
    for (Tally tally : tallies) {
      if (tally.kpi().id().equals(kpi)) {
        return tally.total(subject, kind);
      }
    }
    return 0;
  }

  /**
   * The tally that somebody else counts a KPI into, to read it.
   *
   * @throws IllegalArgumentException if nobody does
   */
  public Tally tallyOf(Kpi basis) {
    return tallies.stream()
        .filter(tally -> tally.kpi().id().equals(basis.id()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nobody counts " + basis.id()));
  }

  /** Whom the windows are about. */
  public Subjects subjects() {
    return subjects;
  }

  /** Length of a window. */
  public long windowNs() {
    return windowNs;
  }

  /** The end of the window that is open for a level. */
  public long nextEndNs(int level) {
    return nextEndNs[level];
  }

  /** Start of the window that ends at {@code endNs}. */
  public long startNs(long endNs) {
    return Math.max(originNs, endNs - windowNs);
  }

  /** The earliest time for which a count still has an effect. */
  public long revisableSinceNs() {
    return Math.max(originNs, oldest * windowNs);
  }

  /** The end of the window of a time. */
  public long endNs(long timeNs) {
    Pane last = cached;
    return last != null && timeNs >= last.startNs && timeNs < last.endNs
        ? last.endNs
        : (Math.floorDiv(timeNs, windowNs) + 1) * windowNs;
  }

  /** A number that tells the window of a time from others, 0 or more. */
  public int number(long timeNs) {
    Pane last = cached;
    if (last != null && timeNs >= last.startNs && timeNs < last.endNs) {
      return last.number;
    }
    return numberOf(Math.floorDiv(timeNs, windowNs));
  }

  private static int numberOf(long index) {
    return (int) (index & Integer.MAX_VALUE);
  }

  /** Counts that came too late for any window. */
  public long beyond() {
    return beyond;
  }

  void countBeyond() {
    beyond++;
  }

  private Histogram scratch() {
    Histogram its = scratch;
    if (its == null) {
      its = Histograms.dense();
      scratch = its;
    }
    return its;
  }

  /** The pane of a time, made if it is a new one, unpacked if it is an old one; null if too old. */
  @Nullable Pane paneFor(long timeNs) {
    Pane last = cached;
    if (last != null && timeNs >= last.startNs && timeNs < last.endNs) {
      return last;
    }
    long index = Math.floorDiv(timeNs, windowNs);
    if (timeNs < originNs || index < oldest) {
      return null;
    }
    Pane pane = panes.get(index);
    if (pane == null) {
      pane = add(index);
    } else if (pane.isPacked()) {
      unpack(pane);
    }
    cached = pane;
    return pane;
  }

  private Pane add(long index) {
    Pane pane =
        new Pane(
            subjects,
            tallies.size(),
            numberOf(index),
            Math.max(originNs, index * windowNs),
            (index + 1) * windowNs);
    for (int level = 0; level < subjects.levels(); level++) {
      if (pane.endNs < nextEndNs[level]) {
        pane.closedLevels = level + 1; // nothing was counted in it, so nothing was reported
      }
    }
    panes.put(index, pane);
    newest = Math.max(newest, index);
    if (pane.isClosed()) {
      touch(pane);
    }
    return pane;
  }

  private void unpack(Pane pane) {
    layOpen(pane);
    touch(pane);
  }

  private void layOpen(Pane pane) {
    retainedBytes -= pane.packed().length;
    packing.unpack(new Snapshot.Reader(new UnsafeBuffer(pane.packed()), 0), pane);
    pane.unpacked();
  }

  /** What is done to a closed window is reported with the next revision. */
  private void touch(Pane pane) {
    if (!pane.isTouched) {
      pane.isTouched = true;
      touched.add(pane);
    }
    laidOpen.add(pane);
    if (laidOpen.size() > MAX_LAID_OPEN) {
      retain(laidOpen.remove());
    }
  }

  /** A count came for a subject whose window was reported. */
  void revise(Pane pane, Tally tally, int subject, int kind, long amount) {
    pane.markDirty(tally.id(), subject);
    periods.revise(pane, tally, subject, kind, amount);
  }

  /** The same for a value in a histogram. */
  void revise(Pane pane, Tally tally, int subject, long recorded) {
    pane.markDirty(tally.id(), subject);
    periods.revise(pane, tally, subject, recorded);
  }

  /** Reports the window that is open for a level and begins its next. */
  public void close(int level) {
    close(level, nextEndNs[level]);
  }

  private void close(int level, long endNs) {
    long index = Math.floorDiv(endNs - 1, windowNs);
    Pane pane = panes.get(index);
    if (pane != null) {
      emit(pane, Span.WINDOW, pane.startNs, endNs, level, false);
      periods.add(pane, level);
      pane.closedLevels = level + 1;
      tallies.forEach(Tally::close);
      if (pane.isClosed()) {
        touch(pane); // packed with the next revision, which may be due at once
      }
    }
    nextEndNs[level] = (index + 2) * windowNs;
    periods.close(level, endNs);
  }

  /** Reports what was counted since for windows that are closed, and forgets the oldest ones. */
  public void revise() {
    touched.sort((a, b) -> Long.compare(a.startNs, b.startNs));
    for (Pane pane : touched) {
      if (pane.isDirty() && pane.isPacked()) {
        layOpen(pane);
      }
      reviseIfDirty(pane, Span.WINDOW);
      retain(pane);
      pane.isTouched = false;
    }
    touched.clear();
    laidOpen.clear();
    for (Pane pane : open()) {
      reviseIfDirty(pane, Span.WINDOW); // closed for some levels only
    }
    periods.revise();
    forget();
  }

  private List<Pane> open() {
    List<Pane> open = new ArrayList<>();
    long first = Math.floorDiv(nextEndNs[subjects.levels() - 1] - 1, windowNs);
    for (long i = first; i <= newest; i++) {
      Pane pane = panes.get(i);
      if (pane != null && !pane.isClosed()) {
        open.add(pane);
      }
    }
    return open;
  }

  private void reviseIfDirty(Pane pane, Span span) {
    if (pane.isDirty()) {
      pane.revision++;
      for (int level = 0; level < pane.closedLevels; level++) {
        emit(pane, span, pane.startNs, pane.endNs, level, true);
      }
      pane.clean();
    }
  }

  private void retain(Pane pane) {
    if (!pane.isClosed() || pane.isPacked()) {
      return;
    }
    byte[] bytes = packing.pack(pane);
    pane.pack(bytes);
    retainedBytes += bytes.length;
    if (cached == pane) {
      cached = null;
    }
  }

  private void forget() {
    long closedNs = nextEndNs[subjects.levels() - 1] - windowNs;
    long keepFrom = Math.floorDiv(closedNs - revisableNs, windowNs);
    while (oldest * windowNs < closedNs
        && (oldest < keepFrom || retainedBytes > MAX_RETAINED_BYTES)) {
      Pane pane = panes.remove(oldest);
      if (pane != null) {
        retainedBytes -= pane.packed().length;
        if (cached == pane) {
          cached = null;
        }
      }
      oldest++;
    }
    periods.forget(oldest * windowNs); // as long as one of its windows can be revised it is needed
  }

  /** Reports the rows of a level: all of them, or those that are no longer right. */
  private void emit(Pane pane, Span span, long startNs, long endNs, int level, boolean dirtyOnly) {
    for (Tally tally : tallies) {
      boolean any = pane.hasCounts(tally.id()) || pane.hasHistograms(tally.id());
      if (dirtyOnly ? pane.isDirty(tally.id()) : any) { // what was revised to nothing is news
        new RollUp(subjects, pane, tally, this::scratch)
            .report(reporter, span, startNs, endNs, level, dirtyOnly);
      }
    }
  }

  /**
   * Goes on with the open windows of another register. Windows that are closed by then are not
   * revised any more; open ones of another length end now, and so do shifts and days of another
   * calendar.
   *
   * @param heir for each subject of the other the one here that it counts for, or -1
   */
  public void takeOver(Windows old, int[] heir, long nowNs) {
    beyond = old.beyond;
    if (old.windowNs == windowNs) {
      originNs = old.originNs;
      Arrays.fill(nextEndNs, old.nextEndNs[0]);
      oldest = Math.floorDiv(old.nextEndNs[0] - 1, windowNs);
    } else {
      old.cut(nowNs);
      originNs = nowNs;
      oldest = Math.floorDiv(nowNs, windowNs);
      Arrays.fill(nextEndNs, (oldest + 1) * windowNs);
    }
    newest = oldest - 1;
    for (long i = old.oldest; i <= old.newest; i++) {
      Pane from = old.panes.get(i);
      Pane to = from == null || from.isClosed() ? null : paneFor(from.startNs);
      if (from != null && to != null) {
        tallies.forEach(tally -> copy(old.tallies, from, to, tally, heir));
      }
    }
    for (Tally tally : tallies) {
      for (Tally other : old.tallies) {
        if (other.kpi().id().equals(tally.kpi().id())) {
          tally.copyTotals(other, heir);
        }
      }
    }
    if (periods.hasCalendarOf(old.periods)) {
      periods.takeOver(old.periods, heir);
    } else {
      old.periods.cut(nowNs);
      periods.beginAt(nowNs);
    }
  }

  private void cut(long nowNs) {
    for (int level = 0; level < subjects.levels(); level++) {
      if (startNs(nextEndNs[level]) < nowNs) {
        close(level, nowNs);
      }
    }
    revise();
  }

  static void copy(List<Tally> oldTallies, Pane from, Pane to, Tally tally, int[] heir) {
    for (Tally other : oldTallies) {
      if (other.kpi().id().equals(tally.kpi().id()) && other.kinds() == tally.kinds()) {
        for (int s = 0; s < heir.length; s++) {
          if (heir[s] >= 0) {
            copyRow(from, other, s, to, tally, heir[s]);
          }
        }
      }
    }
  }

  static void copyRow(Pane from, Tally other, int s, Pane to, Tally tally, int heir) {
    Counts counts = from.countsOf(other.id());
    if (counts != null && counts.mask(s) != 0) {
      to.counts(tally.id(), tally.kinds()).addRow(heir, counts, s);
    }
    var histogram = from.histogramOf(other.id(), s);
    if (histogram != null) {
      to.histogram(tally.id(), heir).add(histogram);
    }
  }

  /** Writes all windows. */
  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    out.putLong(originNs);
    out.putLong(beyond);
    out.putLong(oldest);
    out.putLong(newest);
    out.putLongs(nextEndNs);
    for (long i = oldest; i <= newest; i++) {
      Pane pane = panes.get(i);
      out.putByte((byte) (pane == null ? 0 : 1));
      if (pane != null) {
        write(out, pane);
      }
    }
    tallies.forEach(tally -> out.putLongs(tally.totals()));
    periods.write(out, packing);
  }

  private void write(Snapshot.Writer out, Pane pane) {
    out.putVarint(pane.revision);
    out.putVarint(pane.closedLevels);
    out.putBytes(pane.isPacked() ? pane.packed() : packing.pack(pane));
    pane.writeDirty(out);
  }

  /** Goes on from what {@link #write} wrote. */
  public void read(Snapshot.Reader in) {
    in.section(MARKER);
    originNs = in.getLong();
    beyond = in.getLong();
    oldest = in.getLong();
    newest = in.getLong();
    in.getLongs(nextEndNs);
    for (long i = oldest; i <= newest; i++) {
      if (in.getByte() == 1) {
        read(in, i);
      }
    }
    tallies.forEach(tally -> in.getLongs(tally.totals()));
    periods.read(in, packing);
  }

  private void read(Snapshot.Reader in, long index) {
    Pane pane =
        new Pane(
            subjects,
            tallies.size(),
            numberOf(index),
            Math.max(originNs, index * windowNs),
            (index + 1) * windowNs);
    panes.put(index, pane);
    pane.revision = (int) in.getVarint();
    pane.closedLevels = (int) in.getVarint();
    byte[] bytes = in.getBytes();
    pane.pack(bytes);
    retainedBytes += bytes.length;
    pane.readDirty(in);
    if (!pane.isClosed()) {
      layOpen(pane);
    } else if (pane.isDirty()) {
      pane.isTouched = true;
      touched.add(pane);
    }
  }
}
