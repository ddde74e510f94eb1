package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.BAD;
import static io.feedrate.kpi.engine.Factory.GOOD;
import static io.feedrate.kpi.engine.Factory.UNCERTAIN;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a signal held at the end of each millisecond, asked of the whole log each time: slow and
 * obviously right. For logs in which all is known before its time is accounted.
 */
final class HeldOracle {
  private static final long MS = 1_000_000L;
  private static final int UNKNOWN = -1;

  private record Interval(long fromNs, long toNs) {
    boolean holds(long ns) {
      return fromNs <= ns && ns < toNs;
    }
  }

  private final Signal signal;
  private final long startNs;
  private final long endNs;
  private final List<Log.Value> values = new ArrayList<>();
  private final List<Interval> excluded = new ArrayList<>();
  private final List<Interval> notUp = new ArrayList<>();
  private final List<Long> doubts = new ArrayList<>();
  private final long ageNs;
  private int cursor = UNKNOWN;

  HeldOracle(Log log, Signal signal, long endNs) {
    this.signal = signal;
    this.startNs = log.startNs();
    this.endNs = endNs;
    ageNs = signal.periodNs() + signal.deadlineNs();
    for (Log.Entry e : log.withExclusionsCut()) {
      if (e instanceof Log.Value v && v.signal() == signal.id()) {
        values.add(v);
      } else if (e instanceof Log.Exclusion x
          && (signal.path() + "/").startsWith(x.subject() + "/")) {
        excluded.add(new Interval(x.fromNs(), x.toNs()));
      }
    }
    // Of equal source times the one that came last, which is sorted last.
    values.sort(Comparator.comparingLong(Log.Value::sourceNs));
    excluded.sort(Comparator.comparingLong(Interval::fromNs));
    replayLink(log);
  }

  private void replayLink(Log log) {
    boolean up = false;
    long sinceNs = Long.MIN_VALUE; // of not being up
    long provenNs = Long.MIN_VALUE;
    for (Log.Entry e : log.entries()) {
      boolean ofLink =
          e instanceof Log.Value v
              && log.register().signals().get(v.signal()).link() == signal.link();
      LinkEvent event =
          e instanceof Log.Link l && l.link() == signal.link()
              ? l.event()
              : ofLink ? LinkEvent.PROOF : null;
      if (event == null) {
        continue;
      }
      if (event == LinkEvent.UP || event == LinkEvent.RESUMED) {
        if (event == LinkEvent.UP) {
          notUp.add(new Interval(up ? provenNs : sinceNs, e.atNs()));
          doubts.add(e.atNs());
        }
        up = true;
        provenNs = e.atNs();
      } else if (up && event == LinkEvent.PROOF) {
        provenNs = e.atNs();
      } else if (up && event == LinkEvent.GAP) {
        notUp.add(new Interval(provenNs, e.atNs()));
        provenNs = e.atNs();
        if (signal.mode() == SignalMode.ON_CHANGE) {
          doubts.add(e.atNs());
        }
      } else if (up) {
        up = false;
        sinceNs = provenNs;
      }
    }
    notUp.add(new Interval(up ? provenNs : sinceNs, Long.MAX_VALUE));
  }

  boolean hasExclusions() {
    return !excluded.isEmpty();
  }

  /** Milliseconds good, uncertain, bad, unknown, excluded. */
  long[] quality() {
    long[] n = new long[5];
    cursor = UNKNOWN;
    for (long ms = startNs / MS; ms < endNs / MS; ms++) {
      long atNs = (ms + 1) * MS - 1;
      n[isExcluded(atNs) ? 4 : worth(atNs)]++;
    }
    return n;
  }

  private boolean isExcluded(long atNs) {
    return excluded.stream().anyMatch(x -> x.holds(atNs));
  }

  private int worth(long atNs) {
    int newest = newest(atNs);
    if (newest == UNKNOWN || notUp.stream().anyMatch(i -> i.holds(atNs))) {
      return 3;
    }
    Log.Value v = values.get(newest);
    for (long doubtNs : doubts) {
      if (doubtNs <= atNs && v.sourceNs() < doubtNs && v.atNs() < doubtNs) {
        return 3; // told before the doubt, and nothing since
      }
    }
    return switch (v.status()) {
      case GOOD -> 0;
      case UNCERTAIN -> 1;
      case BAD -> 2;
      default -> throw new IllegalStateException();
    };
  }

  /** Index of the newest value by a time; times are asked for in order. */
  private int newest(long atNs) {
    while (cursor + 1 < values.size() && values.get(cursor + 1).sourceNs() <= atNs) {
      cursor++;
    }
    return cursor;
  }

  /** Milliseconds current, stale, excluded. */
  long[] frequency() {
    long[] n = new long[3];
    cursor = UNKNOWN;
    for (long ms = startNs / MS; ms < endNs / MS && signal.mode() == SignalMode.PERIODIC; ms++) {
      long atNs = (ms + 1) * MS - 1;
      int newest = newest(atNs);
      boolean current = newest != UNKNOWN && inScopeNs(values.get(newest).sourceNs(), atNs) < ageNs;
      n[isExcluded(atNs) ? 2 : current ? 0 : 1]++;
    }
    return n;
  }

  private long inScopeNs(long fromNs, long toNs) {
    long inScope = 0;
    long atNs = fromNs;
    for (Interval x : excluded) {
      if (x.fromNs > atNs) {
        inScope += Math.min(x.fromNs, toNs) - Math.min(atNs, toNs);
      }
      atNs = Math.max(atNs, x.toNs);
    }
    return inScope + Math.max(0, toNs - atNs);
  }

  /** The longest time without a value, if it is over the required age, else 0. */
  long longestGapNs() {
    long longest = 0;
    long beforeNs = startNs;
    for (Log.Value v : values) {
      if (v.sourceNs() >= startNs && v.sourceNs() < endNs) {
        longest = Math.max(longest, v.sourceNs() - beforeNs);
      }
      if (v.sourceNs() < endNs) {
        beforeNs = v.sourceNs();
      }
    }
    longest = Math.max(longest, endNs - beforeNs);
    return longest > ageNs ? longest : 0;
  }
}
