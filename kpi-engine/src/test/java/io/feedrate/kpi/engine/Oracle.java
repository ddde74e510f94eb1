package io.feedrate.kpi.engine;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The completeness rules as plain lists and loops: slow and obviously right. Shares no code with
 * the engine; for every slot it looks through the whole log again.
 */
final class Oracle {
  /**
   * A sample as it counts: assigned to a time, with the class of its value and the mark it leaves.
   */
  private record Reading(
      int index, long timeNs, long receivedNs, Outcome kind, Outcome mark, boolean overflow) {}

  /** What was known of a value, and since when. */
  private record Known(Outcome kind, long receivedNs) {}

  private final Log log;
  private final OracleTime time;
  private final OracleLinks links;
  private final OracleOff off;
  private final Map<Integer, List<Reading>> readings = new HashMap<>();

  Oracle(Log log) {
    this.log = log;
    time = new OracleTime(log);
    links = new OracleLinks(log);
    off = new OracleOff(log, time, news());
  }

  /** When machines were switched off by their own word. */
  OracleOff off() {
    return off;
  }

  /** What signals said of their machines being switched on. */
  private Map<Signal, List<OracleOff.News>> news() {
    Map<Signal, List<OracleOff.News>> all = new HashMap<>();
    for (Signal s : log.register().signals()) {
      if (s.role() == Role.SWITCHED_ON) {
        Map<Integer, Reading> byIndex = new HashMap<>();
        readings(s).forEach(r -> byIndex.put(r.index, r));
        List<OracleOff.News> its = new ArrayList<>();
        long newestNs = Long.MIN_VALUE;
        for (int i = 0; i < log.entries().size(); i++) {
          if (log.entries().get(i) instanceof Log.Value v && v.signal() == s.id()) {
            Reading r = byIndex.get(i);
            if (r != null) {
              boolean good = r.kind == Outcome.GOOD && !r.overflow;
              boolean isOff = v.value() == 0;
              its.add(new OracleOff.News(i, r.timeNs, r.receivedNs, good, isOff, false));
              newestNs = Math.max(newestNs, r.timeNs);
            } else if (v.sourceNs() == newestNs && kind(s, v).compareTo(Outcome.BAD) < 0) {
              its.add(new OracleOff.News(i, newestNs, v.atNs(), true, false, true));
            }
          }
        }
        all.put(s, its);
      }
    }
    return all;
  }

  /** The entry at which a slot was settled, if it was. */
  private Optional<Integer> settledAt(Signal s, long slot) {
    return time.settledAt((slot + 1) * s.periodNs(), log.register().latenessNs(s.link()));
  }

  private boolean isOpen(Signal s, long slot, int index) {
    return settledAt(s, slot).map(i -> i > index).orElse(true);
  }

  /** Outcome of a slot by the end of the log, if it is settled by then. */
  Optional<Outcome> outcome(Signal s, long slot) {
    return settledAt(s, slot).map(index -> revised(s, slot, index, settled(s, slot, index)));
  }

  /** The same with what came after it was settled: an exclusion in any case, else the best. */
  private Outcome revised(Signal s, long slot, int index, Outcome first) {
    long fromNs = slot * s.periodNs();
    long toNs = fromNs + s.periodNs();
    Outcome outcome = first;
    for (Reading r : readings(s)) {
      if (r.index >= index
          && Math.floorDiv(r.timeNs, s.periodNs()) == slot
          && r.mark.compareTo(outcome) < 0
          && time.isRevisable(toNs - 1, r.index)) {
        outcome = r.mark;
      }
    }
    for (int i = index; i < log.entries().size(); i++) {
      if (off.becomesKnown(s.path(), fromNs, toNs, i) && time.isRevisable(toNs - 1, i)) {
        return Outcome.EXCLUDED;
      }
      if (time.entries().get(i) instanceof Log.Exclusion x
          && x.covers(s.path(), fromNs, toNs)
          && time.isRevisable(toNs - 1, i)) {
        return Outcome.EXCLUDED;
      }
    }
    return first == Outcome.EXCLUDED ? first : outcome;
  }

  private Outcome settled(Signal s, long slot, int index) {
    long fromNs = slot * s.periodNs();
    long toNs = fromNs + s.periodNs();
    if (time.isExcluded(s.path(), fromNs, toNs, index)
        || off.isOff(s.path(), fromNs, toNs, index)) {
      return Outcome.EXCLUDED;
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
    long newest = Long.MIN_VALUE;
    long beforeBatch = Long.MIN_VALUE;
    long batchNs = Long.MIN_VALUE;
    for (Reading r : readings(s, before)) {
      long its = Math.floorDiv(r.timeNs, s.periodNs());
      if (r.receivedNs != batchNs) {
        batchNs = r.receivedNs;
        beforeBatch = newest;
      }
      if (its == slot && isOpen(s, slot, r.index)) {
        marks.add(r.mark);
      }
      if (r.overflow
          && beforeBatch != Long.MIN_VALUE
          && r.timeNs > newest
          && slot > Math.floorDiv(beforeBatch, s.periodNs())
          && slot < its
          && isOpen(s, slot, r.index)
          && marks.isEmpty()
          && slot * s.periodNs()
              >= OracleLinks.sessionNs(s.link(), log.entries().subList(0, r.index))) {
        marks.add(Outcome.LOST_OVERFLOW);
      }
      newest = Math.max(newest, r.timeNs);
    }
    return marks;
  }

  private List<Reading> readings(Signal s, int before) {
    List<Reading> all = readings(s);
    int n = 0;
    while (n < all.size() && all.get(n).index < before) {
      n++;
    }
    return all.subList(0, n);
  }

  private List<Reading> readings(Signal s) {
    return readings.computeIfAbsent(s.id(), id -> read(s));
  }

  private List<Reading> read(Signal s) {
    List<Reading> found = new ArrayList<>();
    long offsetNs = 0;
    Log.Value last = null;
    for (int i = 0; i < log.entries().size(); i++) {
      Log.Entry e = log.entries().get(i);
      if (e instanceof Log.Clock c && c.link() == s.link()) {
        offsetNs = c.offsetNs();
      }
      if (e instanceof Log.Value v && v.signal() == s.id()) {
        boolean same =
            last != null
                && (v.flags() & Sample.NO_SOURCE_TIME) == 0
                && v.sourceNs() == last.sourceNs()
                && v.status() == last.status()
                && Double.doubleToRawLongBits(v.value())
                    == Double.doubleToRawLongBits(last.value());
        if (!same) {
          found.add(reading(s, i, v, offsetNs));
          last = v;
        }
      }
    }
    return found;
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
    return new Reading(index, timeNs, v.atNs(), kind, mark, (v.status() & 0x480) == 0x480);
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
    OracleLinks.State worst = links.worst(s.link(), fromNs, toNs, known);
    Outcome silent =
        links.hasGap(s.link(), fromNs, toNs, known)
            ? Outcome.LOST_TRANSPORT
            : worst.compareTo(OracleLinks.State.BRIDGED) <= 0
                ? Outcome.SILENT
                : Outcome.DISCONNECTED;
    if (s.mode() == SignalMode.PERIODIC) {
      return silent;
    }
    long sessionNs = OracleLinks.sessionNs(s.link(), known);
    long sinceNs = firstValueNs(s, before, sessionNs);
    Known carried = carried(s, fromNs, before);
    if (carried == null || sinceNs == Long.MIN_VALUE) {
      return silent;
    }
    if (worst == OracleLinks.State.DOWN) {
      return Outcome.DISCONNECTED;
    }
    if (worst == OracleLinks.State.GAP || worst == OracleLinks.State.UNPROVEN) {
      return Outcome.AMBIGUOUS;
    }
    long knownNs = Math.max(sinceNs, carried.receivedNs);
    if (carried.kind == Outcome.GOOD
        && (worst == OracleLinks.State.BRIDGED || knownNs > toNs + s.deadlineNs())) {
      return Outcome.GOOD_LATE;
    }
    return carried.kind;
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
  private @Nullable Known carried(Signal s, long fromNs, int before) {
    TreeMap<Long, Known> lastOfSlot = new TreeMap<>();
    long newestNs = Long.MIN_VALUE;
    int next = 0;
    for (Reading r : readings(s, before)) {
      lostBetween(s, next, r.index, newestNs, lastOfSlot);
      next = r.index;
      long slot = Math.floorDiv(r.timeNs, s.periodNs());
      boolean required = slot * s.periodNs() >= log.startNs();
      boolean open = required && isOpen(s, slot, r.index);
      boolean newest = r.timeNs >= newestNs;
      boolean newestSlot = slot == Math.floorDiv(newestNs, s.periodNs());
      if (newest && !open) {
        // The newest value, though its slot is settled: it is what is known from now on.
        lastOfSlot.keySet().removeIf(k -> k > slot && isSettled(s, k, r.index));
      }
      if (newest || (open && !newestSlot)) {
        lastOfSlot.put(slot, new Known(r.kind, r.receivedNs));
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
  private void lostBetween(Signal s, int from, int to, long newestNs, Map<Long, Known> lastOfSlot) {
    for (int i = from; i < to; i++) {
      Log.Entry e = log.entries().get(i);
      long slot = Math.floorDiv(e.atNs(), s.periodNs());
      if (e instanceof Log.Link l
          && l.link() == s.link()
          && l.event() == LinkEvent.GAP
          && links.isUp(s.link(), i)) {
        Known doubt = new Known(Outcome.AMBIGUOUS, e.atNs());
        lastOfSlot.put(Math.floorDiv(e.atNs() - 1, s.periodNs()), doubt);
        lastOfSlot.put(slot, doubt);
      } else if (i > from
          && e instanceof Log.Value v
          && v.signal() == s.id()
          && v.sourceNs() == newestNs) {
        lastOfSlot.put(slot, new Known(kind(s, v), v.atNs()));
      }
    }
  }

  private boolean isSettled(Signal s, long slot, int index) {
    boolean required = slot * s.periodNs() >= log.startNs();
    return !required || !isOpen(s, slot, index);
  }
}
