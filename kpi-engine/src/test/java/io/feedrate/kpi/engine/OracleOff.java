package io.feedrate.kpi.engine;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When machines were switched off, by their own word: a list of what became known with which entry
 * of the log, and never taken back.
 */
final class OracleOff {

  /** What an entry made known; by the passing of time before it, or by the entry itself. */
  record Known(int index, boolean byTime, long fromNs, long untilNs) {}

  /** A value as it counts: when, good or not, off or not; or the newest one told again. */
  record News(int index, long atNs, long receivedNs, boolean good, boolean off, boolean again) {}

  private final Log log;
  private final OracleTime time;
  private final Map<Signal, List<Known>> known = new HashMap<>();

  OracleOff(Log log, OracleTime time, Map<Signal, List<News>> news) {
    this.log = log;
    this.time = time;
    for (Signal s : log.register().signals()) {
      if (s.role() == Role.SWITCHED_ON) {
        List<News> its = news.getOrDefault(s, List.of());
        known.put(s, s.mode() == SignalMode.PERIODIC ? bySlots(s, its) : new Watch(s).see(its));
      }
    }
  }

  /** Each value holds until the next, if that is in the same slot or the one after. */
  private static List<Known> bySlots(Signal s, List<News> news) {
    List<Known> found = new ArrayList<>();
    News last = null;
    long sinceNs = 0;
    for (News n : news) {
      if (n.again || (last != null && n.atNs < last.atNs)) {
        continue;
      }
      boolean wasOff = last != null && last.good && last.off;
      boolean next =
          last != null
              && Math.floorDiv(n.atNs, s.periodNs()) - Math.floorDiv(last.atNs, s.periodNs()) <= 1;
      if (wasOff && next && n.good) {
        long untilNs = Math.min(n.atNs, n.receivedNs);
        found.add(new Known(n.index, false, sinceNs, untilNs));
      }
      if (!(wasOff && next && n.good)) {
        sinceNs = n.atNs;
      }
      last = n;
    }
    return found;
  }

  /** Follows a signal on change and its link, entry by entry. */
  private final class Watch {
    private final Signal s;
    private final List<Known> found = new ArrayList<>();
    private boolean connected;
    private long watchedSinceNs;
    private long provenNs = Long.MIN_VALUE;
    private boolean off;
    private long fromNs;
    private boolean newestOff;
    private long newestNs = Long.MIN_VALUE;

    Watch(Signal s) {
      this.s = s;
    }

    List<Known> see(List<News> news) {
      Map<Integer, News> byIndex = new HashMap<>();
      news.forEach(n -> byIndex.put(n.index, n));
      for (int i = 0; i < log.entries().size(); i++) {
        Log.Entry e = log.entries().get(i);
        int index = i;
        time.advanceNs(i).ifPresent(nowNs -> prove(index, true, nowNs));
        if (e instanceof Log.Restart) {
          stop(i, e.atNs());
          connected = false;
        } else if (e instanceof Log.Link l && l.link() == s.link()) {
          link(i, l);
        } else if (e instanceof Log.Value v
            && log.register().signals().get(v.signal()).link() == s.link()
            && connected) {
          provenNs = Math.max(provenNs, v.atNs());
        }
        News n = byIndex.get(i);
        if (n != null) {
          take(i, n);
        }
      }
      return found;
    }

    private void prove(int index, boolean byTime, long nowNs) {
      if (off) {
        grow(index, byTime, Math.min(provenNs, nowNs - s.deadlineNs()));
      }
    }

    private void grow(int index, boolean byTime, long untilNs) {
      found.add(new Known(index, byTime, fromNs, untilNs));
    }

    private void stop(int index, long nowNs) {
      prove(index, false, nowNs);
      off = false;
    }

    private void link(int i, Log.Link l) {
      LinkEvent event = l.event();
      boolean breaks = event != LinkEvent.PROOF && event != LinkEvent.RESUMED;
      if (connected && breaks) {
        stop(i, l.atNs());
      }
      boolean renews =
          event == LinkEvent.UP
              || (event == LinkEvent.RESUMED && !connected)
              || (event == LinkEvent.GAP && connected);
      if (renews) {
        watchedSinceNs = l.atNs();
        connected = true;
      } else if (event == LinkEvent.DOWN) {
        connected = false;
      }
      if (connected) {
        provenNs = l.atNs();
      }
    }

    private void take(int i, News n) {
      if (n.again) {
        if (newestOff && !off && connected) {
          begin(n.receivedNs);
        }
        return;
      }
      if (n.atNs < newestNs) {
        return;
      }
      newestNs = n.atNs;
      newestOff = n.good && n.off;
      if (off && n.good) {
        grow(i, false, Math.min(n.atNs, n.receivedNs));
      }
      if (!newestOff) {
        off = false;
      } else if (!off && connected) {
        begin(n.atNs);
      }
    }

    private void begin(long atNs) {
      off = true;
      fromNs = Math.max(atNs, watchedSinceNs);
    }
  }

  /** Whether a path was known to be off for the whole of an interval when an entry settles it. */
  boolean isOff(String path, long fromNs, long toNs, int settled) {
    return known.entrySet().stream()
        .filter(each -> isBelow(path, each.getKey()))
        .flatMap(each -> each.getValue().stream())
        .anyMatch(
            k ->
                (k.index < settled || (k.index == settled && k.byTime))
                    && k.fromNs <= fromNs
                    && toNs <= k.untilNs);
  }

  /** Whether that became known with an entry, and not before it was settled. */
  boolean becomesKnown(String path, long fromNs, long toNs, int index) {
    return known.entrySet().stream()
        .filter(each -> isBelow(path, each.getKey()))
        .flatMap(each -> each.getValue().stream())
        .anyMatch(k -> k.index == index && k.fromNs <= fromNs && toNs <= k.untilNs);
  }

  private boolean isBelow(String path, Signal says) {
    String asset = log.register().assets().get(says.asset()).path();
    return (path + "/").startsWith(asset + "/") && !path.equals(says.path());
  }

  /** In the end, all intervals of a signal in order, without those of no length. */
  List<long[]> intervals(Signal s) {
    List<long[]> all = new ArrayList<>();
    for (Known k : known.getOrDefault(s, List.of())) {
      long[] last = all.isEmpty() ? null : all.get(all.size() - 1);
      if (k.untilNs <= k.fromNs) {
        continue;
      }
      if (last != null && k.fromNs <= last[1]) {
        last[1] = Math.max(last[1], k.untilNs);
      } else {
        all.add(new long[] {k.fromNs, k.untilNs});
      }
    }
    return all;
  }
}
