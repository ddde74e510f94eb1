package io.feedrate.kpi.window;

import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Calendar.Interval;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Shifts and days: sums of the closed windows that start in them. Each closes with its last window,
 * level by level as windows do, and is revised as long as those are.
 */
final class Periods {
  private static final Span[] SPANS = Span.values();

  /** Reports the rows of a level, all or those that are no longer right. */
  interface Emitter {
    void emit(Pane pane, Span span, long startNs, long endNs, int level, boolean dirtyOnly);
  }

  private record Period(Span span, Pane pane) {}

  private final Subjects subjects;
  private final List<Tally> tallies;
  private final Optional<Calendar> calendar;
  private final Emitter emitter;
  private final long[] closedNs;
  private final List<Period> periods = new ArrayList<>();
  private final List<Period> found = new ArrayList<>();
  private long withoutShiftNs = Long.MIN_VALUE;
  private long sinceNs;

  Periods(
      Subjects subjects,
      List<Tally> tallies,
      Optional<Calendar> calendar,
      long sinceNs,
      Emitter emitter) {
    this.subjects = subjects;
    this.tallies = tallies;
    this.calendar = calendar;
    this.sinceNs = sinceNs;
    this.emitter = emitter;
    closedNs = new long[subjects.levels()];
    java.util.Arrays.fill(closedNs, sinceNs);
  }

  /** Adds what a level's subjects have in a window that closes. */
  void add(Pane window, int level) {
    for (Period p : of(window.startNs)) {
      for (Tally tally : tallies) {
        for (int s = 0; s < subjects.size(); s++) {
          if (subjects.level(s) == level) {
            Windows.copyRow(window, tally, s, p.pane, tally, s);
          }
        }
      }
    }
  }

  /** Adds what came late for a subject in a closed window. */
  void revise(Pane window, Tally tally, int subject, int kind, long amount) {
    for (Period p : of(window.startNs)) {
      p.pane.counts(tally.id(), tally.kinds()).add(subject, kind, amount);
      markDirty(p, tally, subject);
    }
  }

  void revise(Pane window, Tally tally, int subject, long recorded) {
    for (Period p : of(window.startNs)) {
      p.pane.histogram(tally.id(), subject).record(recorded);
      markDirty(p, tally, subject);
    }
  }

  private static void markDirty(Period p, Tally tally, int subject) {
    if (p.pane.isClosed(subject)) {
      p.pane.markDirty(tally.id(), subject);
    }
  }

  /** All windows of a level up to a time are closed. */
  void close(int level, long endNs) {
    closedNs[level] = endNs;
    for (Period p : periods) {
      if (p.pane.closedLevels == level && p.pane.endNs <= endNs) {
        emitter.emit(p.pane, p.span, p.pane.startNs, p.pane.endNs, level, false);
        p.pane.closedLevels = level + 1;
      }
    }
  }

  /** Reports what changed in closed periods. */
  void revise() {
    for (Period p : periods) {
      if (p.pane.isDirty()) {
        p.pane.revision++;
        for (int level = 0; level < p.pane.closedLevels; level++) {
          emitter.emit(p.pane, p.span, p.pane.startNs, p.pane.endNs, level, true);
        }
        p.pane.clean();
      }
    }
  }

  void forget(long untilNs) {
    periods.removeIf(p -> p.pane.isClosed() && p.pane.endNs <= untilNs);
  }

  /** Ends all periods now: those of another calendar begin here. */
  void cut(long nowNs) {
    for (Period p : periods) {
      for (int level = p.pane.closedLevels; level < subjects.levels(); level++) {
        long endNs = Math.min(p.pane.endNs, nowNs);
        emitter.emit(p.pane, p.span, p.pane.startNs, endNs, level, false);
        p.pane.closedLevels = level + 1;
      }
    }
  }

  /** Goes on with the periods of another register, which has the same calendar. */
  void takeOver(Periods old, int[] heir) {
    sinceNs = old.sinceNs;
    for (Period p : old.periods) {
      if (!p.pane.isClosed()) {
        Pane to = new Pane(subjects, tallies.size(), 0, p.pane.startNs, p.pane.endNs);
        tallies.forEach(tally -> Windows.copy(old.tallies, p.pane, to, tally, heir));
        periods.add(new Period(p.span, to));
      }
    }
  }

  /** No period starts earlier. */
  void beginAt(long ns) {
    sinceNs = ns;
  }

  boolean hasCalendarOf(Periods other) {
    return calendar.equals(other.calendar);
  }

  /**
   * The day and the shift that a window belongs to, made where they are new; valid until the next
   * call.
   */
  private List<Period> of(long windowStartNs) {
    found.clear();
    boolean day = false;
    boolean shift = windowStartNs == withoutShiftNs;
    for (int i = 0; i < periods.size(); i++) {
      Period p = periods.get(i);
      if (p.pane.startNs <= windowStartNs && windowStartNs < p.pane.endNs) {
        found.add(p);
        day |= p.span == Span.DAY;
        shift |= p.span == Span.SHIFT;
      }
    }
    if (calendar.isPresent() && !shift) {
      Optional<Interval> its = calendar.get().shift(windowStartNs);
      its.ifPresent(i -> found.add(add(Span.SHIFT, i)));
      withoutShiftNs = its.isPresent() ? withoutShiftNs : windowStartNs;
    }
    if (calendar.isPresent() && !day) {
      found.add(add(Span.DAY, calendar.get().day(windowStartNs)));
    }
    return found;
  }

  private Period add(Span span, Interval interval) {
    Pane pane =
        new Pane(
            subjects, tallies.size(), 0, Math.max(sinceNs, interval.startNs()), interval.endNs());
    for (int level = 0; level < subjects.levels(); level++) {
      if (interval.endNs() <= closedNs[level]) {
        pane.closedLevels = level + 1; // it had nothing to report when it closed
      }
    }
    Period period = new Period(span, pane);
    periods.add(period);
    return period;
  }

  void write(Snapshot.Writer out, Packing packing) {
    out.putLong(sinceNs);
    out.putLongs(closedNs);
    out.putInt(periods.size());
    for (Period p : periods) {
      out.putByte((byte) p.span.ordinal());
      out.putLong(p.pane.startNs);
      out.putLong(p.pane.endNs);
      out.putVarint(p.pane.revision);
      out.putVarint(p.pane.closedLevels);
      out.putBytes(packing.pack(p.pane));
      p.pane.writeDirty(out);
    }
  }

  void read(Snapshot.Reader in, Packing packing) {
    sinceNs = in.getLong();
    in.getLongs(closedNs);
    int n = in.getInt();
    for (int i = 0; i < n; i++) {
      Span span = SPANS[in.getByte()];
      Pane pane = new Pane(subjects, tallies.size(), 0, in.getLong(), in.getLong());
      pane.revision = (int) in.getVarint();
      pane.closedLevels = (int) in.getVarint();
      packing.unpack(new Snapshot.Reader(new UnsafeBuffer(in.getBytes()), 0), pane);
      pane.readDirty(in);
      periods.add(new Period(span, pane));
    }
  }
}
