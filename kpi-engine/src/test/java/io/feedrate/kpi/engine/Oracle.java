package io.feedrate.kpi.engine;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The completeness rules as plain lists and loops: slow and obviously right. Shares no code with
 * the engine; for every slot it looks through the whole log again.
 */
final class Oracle {
  private enum LinkState {
    UP,
    BRIDGED,
    GAP,
    UNPROVEN,
    DOWN
  }

  private record Span(long fromNs, long toNs, LinkState state) {}

  /**
   * A sample as it counts: assigned to a time, with the class of its value and the mark it leaves.
   */
  private record Reading(
      int index, long timeNs, long sourceNs, Outcome kind, Outcome mark, boolean overflow) {}

  private final Log log;
  private final List<Integer> advances = new ArrayList<>();
  private final List<Long> advanceNs = new ArrayList<>();

  Oracle(Log log) {
    this.log = log;
    long now = log.startNs();
    long last = log.startNs();
    for (int i = 0; i < log.entries().size(); i++) {
      Log.Entry e = log.entries().get(i);
      boolean later = e.atNs() > now;
      now = Math.max(now, e.atNs());
      boolean passes = later && now - last > 2_000_000_000L && !(e instanceof Log.Restart);
      if (e instanceof Log.Tick || passes) {
        advances.add(i);
        advanceNs.add(now);
        last = now;
      }
    }
  }

  /** Index of the entry at which what ends at a time was settled, if it was. */
  private Optional<Integer> settledAt(long endNs) {
    for (int i = 0; i < advances.size(); i++) {
      if (advanceNs.get(i) - log.register().latenessNs() >= endNs) {
        return Optional.of(advances.get(i));
      }
    }
    return Optional.empty();
  }

  /** Outcome of a slot, if it is settled by the end of the log. */
  Optional<Outcome> outcome(Signal s, long slot) {
    long fromNs = slot * s.periodNs();
    long toNs = fromNs + s.periodNs();
    return settledAt(toNs).map(index -> outcome(s, slot, fromNs, toNs, index));
  }

  private Outcome outcome(Signal s, long slot, long fromNs, long toNs, int index) {
    for (Log.Entry e : log.entries().subList(0, index)) {
      if (e instanceof Log.Exclusion x
          && (s.path() + "/").startsWith(x.subject() + "/")
          && x.fromNs() <= fromNs
          && toNs <= x.toNs()) {
        return Outcome.EXCLUDED;
      }
    }
    List<Outcome> marks = new ArrayList<>(marks(s, slot, index));
    if (s.mode() == SignalMode.ON_CHANGE) {
      for (int i = 0; i < index; i++) {
        if (log.entries().get(i) instanceof Log.Link l
            && l.link() == s.link()
            && l.event() == LinkEvent.UP
            && toNs <= l.atNs()
            && marks(s, slot, i).isEmpty()) {
          marks.add(unmarked(s, fromNs, toNs, i, true, l.atNs()));
          break;
        }
      }
    }
    return marks.stream()
        .min(Comparator.naturalOrder())
        .orElseGet(() -> unmarked(s, fromNs, toNs, index, false, 0));
  }

  private List<Outcome> marks(Signal s, long slot, int before) {
    List<Outcome> marks = new ArrayList<>();
    List<Reading> readings = readings(s, before);
    long newest = Long.MIN_VALUE;
    for (Reading r : readings) {
      long its = Math.floorDiv(r.timeNs, s.periodNs());
      boolean open = settledAt((its + 1) * s.periodNs()).map(i -> i > r.index).orElse(true);
      if (its == slot && open) {
        marks.add(r.mark);
      }
      if (r.overflow && newest != Long.MIN_VALUE && r.timeNs > newest) {
        boolean between = slot > Math.floorDiv(newest, s.periodNs()) && slot < its;
        boolean slotOpen = settledAt((slot + 1) * s.periodNs()).map(i -> i > r.index).orElse(true);
        boolean inSession = slot * s.periodNs() >= sessionNs(s, log.entries().subList(0, r.index));
        if (between && slotOpen && inSession) {
          marks.add(Outcome.LOST_OVERFLOW);
        }
      }
      newest = Math.max(newest, r.timeNs);
    }
    return marks;
  }

  private List<Reading> readings(Signal s, int before) {
    List<Reading> readings = new ArrayList<>();
    long offsetNs = 0;
    Log.Value last = null;
    for (int i = 0; i < before; i++) {
      Log.Entry e = log.entries().get(i);
      if (e instanceof Log.Clock c && c.link() == s.link()) {
        offsetNs = c.offsetNs();
      }
      if (!(e instanceof Log.Value v) || v.signal() != s.id()) {
        continue;
      }
      boolean same =
          last != null
              && (v.flags() & Sample.NO_SOURCE_TIME) == 0
              && v.sourceNs() == last.sourceNs()
              && v.status() == last.status()
              && Double.doubleToRawLongBits(v.value()) == Double.doubleToRawLongBits(last.value());
      if (!same) {
        readings.add(reading(s, i, v, offsetNs));
        last = v;
      }
    }
    return readings;
  }

  private static Reading reading(Signal s, int index, Log.Value v, long offsetNs) {
    long toleranceNs = Math.max(s.periodNs() / 10, 50_000_000L);
    Outcome kind = kind(s, v);
    long timeNs = v.sourceNs();
    boolean doubtful = false;
    if ((v.flags() & Sample.NO_SOURCE_TIME) != 0) {
      timeNs = v.atNs();
    } else if (v.sourceNs() < 946_684_800_000_000_000L
        || v.sourceNs() - v.atNs() > 86_400_000_000_000L) {
      timeNs = v.atNs();
      kind = Outcome.INVALID;
    } else if (Math.abs(offsetNs) > toleranceNs || v.sourceNs() - v.atNs() > toleranceNs) {
      timeNs = v.atNs();
      doubtful = true;
    }
    Outcome mark = kind;
    if (kind == Outcome.GOOD) {
      long dueNs = (Math.floorDiv(timeNs, s.periodNs()) + 1) * s.periodNs() + s.deadlineNs();
      boolean late = v.atNs() > dueNs || (v.flags() & Sample.HISTORICAL) != 0;
      mark = late ? Outcome.GOOD_LATE : Outcome.GOOD;
    }
    if (doubtful && kind != Outcome.INVALID) {
      mark = Outcome.AMBIGUOUS;
    }
    return new Reading(index, timeNs, v.sourceNs(), kind, mark, (v.status() & 0x480) == 0x480);
  }

  private static Outcome kind(Signal s, Log.Value v) {
    if (v.status() < 0) {
      return Outcome.BAD; // the two top bits are 10 or 11
    }
    boolean inRange = v.value() >= s.min() && v.value() <= s.max();
    if ((v.flags() & Sample.INVALID) != 0
        || Double.isNaN(v.value())
        || Double.isInfinite(v.value())
        || !inRange) {
      return Outcome.INVALID;
    }
    return (v.status() & 0x40000000) == 0 ? Outcome.GOOD : Outcome.UNCERTAIN;
  }

  private Outcome unmarked(
      Signal s, long fromNs, long toNs, int before, boolean endedNow, long endNs) {
    List<Log.Entry> known = new ArrayList<>(log.entries().subList(0, before));
    if (endedNow) {
      known.add(new Log.Link(endNs, s.link(), LinkEvent.DOWN));
    }
    LinkState worst = LinkState.UP;
    for (Span span : spans(s.link(), known)) {
      if (span.fromNs < toNs && span.toNs > fromNs && span.state.compareTo(worst) > 0) {
        worst = span.state;
      }
    }
    Outcome silent =
        switch (worst) {
          case UP, BRIDGED -> Outcome.SILENT;
          case GAP -> Outcome.LOST_TRANSPORT;
          default -> Outcome.DISCONNECTED;
        };
    if (s.mode() == SignalMode.PERIODIC || worst == LinkState.DOWN) {
      return silent;
    }
    long sessionNs = sessionNs(s, known);
    long sinceNs = firstValueNs(s, before, sessionNs);
    Outcome carried = carried(s, fromNs, before);
    if (carried == null || sinceNs == Long.MIN_VALUE) {
      return silent;
    }
    if (worst == LinkState.GAP || worst == LinkState.UNPROVEN) {
      return Outcome.AMBIGUOUS;
    }
    if (carried == Outcome.GOOD
        && (worst == LinkState.BRIDGED || sinceNs > toNs + s.deadlineNs())) {
      return Outcome.GOOD_LATE;
    }
    return carried;
  }

  private static long sessionNs(Signal s, List<Log.Entry> known) {
    return lastNs(
        known,
        e ->
            e instanceof Log.Link l
                && l.link() == s.link()
                && (l.event() == LinkEvent.UP || isFirstResume(known, l)));
  }

  private static boolean isFirstResume(List<Log.Entry> known, Log.Link resume) {
    return resume.event() == LinkEvent.RESUMED
        && known.stream()
            .takeWhile(e -> e != resume)
            .noneMatch(
                e ->
                    e instanceof Log.Link l
                        && l.link() == resume.link()
                        && (l.event() == LinkEvent.UP || l.event() == LinkEvent.RESUMED));
  }

  private static long lastNs(List<Log.Entry> entries, Predicate<Log.Entry> which) {
    long ns = Long.MAX_VALUE;
    for (Log.Entry e : entries) {
      if (which.test(e)) {
        ns = e.atNs();
      }
    }
    return ns;
  }

  private long firstValueNs(Signal s, int before, long sessionNs) {
    for (Log.Entry e : log.entries().subList(0, before)) {
      if (e instanceof Log.Value v && v.signal() == s.id() && v.atNs() >= sessionNs) {
        return v.atNs();
      }
    }
    return Long.MIN_VALUE;
  }

  /**
   * What the last value before a slot was worth. A value whose own slot was settled when it came
   * says something only if it was the newest by then. Values that come after newer ones of other
   * slots count in the order they come.
   */
  private @Nullable Outcome carried(Signal s, long fromNs, int before) {
    TreeMap<Long, Outcome> lastOfSlot = new TreeMap<>();
    long newestNs = Long.MIN_VALUE;
    int next = 0;
    for (Reading r : readings(s, before)) {
      lostBetween(s, next, r.index, newestNs, lastOfSlot);
      next = r.index;
      long slot = Math.floorDiv(r.timeNs, s.periodNs());
      long endNs = (slot + 1) * s.periodNs();
      boolean required = endNs - s.periodNs() >= log.startNs();
      boolean open = required && settledAt(endNs).map(i -> i > r.index).orElse(true);
      boolean newest = r.timeNs >= newestNs;
      boolean newestSlot = slot == Math.floorDiv(newestNs, s.periodNs());
      if (newest && !open) {
        // The newest value, though its slot is settled: it is what is known from now on.
        lastOfSlot.keySet().removeIf(k -> k > slot && isSettled(s, k, r.index));
      }
      if (newest || (open && !newestSlot)) {
        lastOfSlot.put(slot, r.kind);
      }
      newestNs = Math.max(newestNs, r.timeNs);
    }
    lostBetween(s, next, before, newestNs, lastOfSlot);
    var last = lastOfSlot.lowerEntry(Math.floorDiv(fromNs, s.periodNs()));
    return last == null ? null : last.getValue();
  }

  /**
   * Where messages were lost, the last value of the slot may not be the last that there was; where
   * the newest value comes again, it is.
   */
  private void lostBetween(
      Signal s, int from, int to, long newestNs, Map<Long, Outcome> lastOfSlot) {
    for (int i = from; i < to; i++) {
      Log.Entry e = log.entries().get(i);
      long slot = Math.floorDiv(e.atNs(), s.periodNs());
      if (e instanceof Log.Link l
          && l.link() == s.link()
          && l.event() == LinkEvent.GAP
          && isUp(s.link(), i)) {
        lastOfSlot.put(slot, Outcome.AMBIGUOUS);
      } else if (i > from
          && e instanceof Log.Value v
          && v.signal() == s.id()
          && v.sourceNs() == newestNs) {
        lastOfSlot.put(slot, kind(s, v));
      }
    }
  }

  private boolean isSettled(Signal s, long slot, int index) {
    boolean required = slot * s.periodNs() >= log.startNs();
    return !required || settledAt((slot + 1) * s.periodNs()).map(i -> i <= index).orElse(false);
  }

  private boolean isUp(int link, int before) {
    boolean up = false;
    for (Log.Entry e : log.entries().subList(0, before)) {
      if (e instanceof Log.Restart) {
        up = false;
      } else if (e instanceof Log.Link l && l.link() == link) {
        up =
            switch (l.event()) {
              case UP, RESUMED -> true;
              case DOWN -> false;
              case GAP, PROOF -> up;
            };
      }
    }
    return up;
  }

  private List<Span> spans(int link, List<Log.Entry> known) {
    List<Span> spans = new ArrayList<>();
    LinkState state = LinkState.DOWN;
    long sinceNs = Long.MIN_VALUE;
    long provenNs = Long.MIN_VALUE;
    boolean everUp = false;
    for (Log.Entry e : known) {
      boolean up = state == LinkState.UP;
      LinkEvent event =
          e instanceof Log.Link l && l.link() == link
              ? l.event()
              : e instanceof Log.Value v && log.register().signals().get(v.signal()).link() == link
                  ? LinkEvent.PROOF
                  : e instanceof Log.Restart ? LinkEvent.DOWN : null;
      if (event == null) {
        continue;
      }
      switch (event) {
        case PROOF -> provenNs = up ? e.atNs() : provenNs;
        case DOWN -> {
          if (up) {
            spans.add(new Span(sinceNs, provenNs, LinkState.UP));
            LinkState between = e instanceof Log.Restart ? LinkState.DOWN : LinkState.UNPROVEN;
            spans.add(new Span(provenNs, e.atNs(), between));
            state = LinkState.DOWN;
            sinceNs = e.atNs();
          }
        }
        case GAP -> {
          if (up) {
            spans.add(new Span(sinceNs, provenNs, LinkState.UP));
            spans.add(new Span(provenNs, e.atNs(), LinkState.GAP));
            sinceNs = e.atNs();
            provenNs = e.atNs();
          }
        }
        case UP, RESUMED -> {
          boolean resumes = event == LinkEvent.RESUMED && everUp;
          if (up && resumes) {
            provenNs = e.atNs();
            break;
          }
          if (up) {
            spans.add(new Span(sinceNs, provenNs, LinkState.UP));
            spans.add(new Span(provenNs, e.atNs(), LinkState.UNPROVEN));
          } else {
            spans.add(new Span(sinceNs, e.atNs(), LinkState.DOWN));
          }
          if (resumes) {
            bridge(spans);
          }
          state = LinkState.UP;
          sinceNs = e.atNs();
          provenNs = e.atNs();
          everUp = true;
        }
      }
    }
    if (state == LinkState.UP) {
      spans.add(new Span(sinceNs, provenNs, LinkState.UP));
      spans.add(new Span(provenNs, Long.MAX_VALUE, LinkState.UNPROVEN));
    } else {
      spans.add(new Span(sinceNs, Long.MAX_VALUE, LinkState.DOWN));
    }
    spans.removeIf(span -> span.fromNs >= span.toNs);
    return spans;
  }

  private static void bridge(List<Span> spans) {
    for (int i = spans.size() - 1; i >= 0; i--) {
      Span span = spans.get(i);
      if (span.state == LinkState.DOWN) {
        spans.set(i, new Span(span.fromNs, span.toNs, LinkState.BRIDGED));
      } else if (span.state == LinkState.UNPROVEN) {
        spans.set(i, new Span(span.fromNs, span.toNs, LinkState.UP));
      } else {
        return;
      }
    }
  }
}
