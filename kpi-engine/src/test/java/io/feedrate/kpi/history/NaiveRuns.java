package io.feedrate.kpi.history;

import io.feedrate.kpi.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What {@link OutcomeRuns} shall do, in the plainest way: a map of runs for each subject. */
final class NaiveRuns {

  record Run(long until, int outcome) {}

  private final List<NavigableMap<Long, Run>> runs = new ArrayList<>();
  private final long[] periodNs;
  private final long alignNs;
  private final int bound;
  private long knownSinceNs = Long.MIN_VALUE;

  NaiveRuns(long[] periodNs, long alignNs, int bound) {
    this.periodNs = periodNs;
    this.alignNs = alignNs;
    this.bound = bound;
    for (int s = 0; s < periodNs.length; s++) {
      runs.add(new TreeMap<>());
    }
  }

  NavigableMap<Long, Run> of(int subject) {
    return runs.get(subject);
  }

  long firstKnown(int subject) {
    return Math.floorDiv(knownSinceNs, periodNs[subject]);
  }

  int size() {
    return runs.stream().mapToInt(each -> each.size() + (each.isEmpty() ? 0 : 1)).sum();
  }

  void append(int subject, long slot, long slots, int outcome) {
    Map.Entry<Long, Run> last = of(subject).lastEntry();
    boolean extended =
        last != null && last.getValue().until() == slot && last.getValue().outcome() == outcome;
    if (outcome != 0 && !extended) {
      makeRoom();
    }
    set(subject, Math.max(slot, firstKnown(subject)), slot + slots, outcome);
  }

  void set(int subject, long from, long to, int outcome) {
    if (from >= to) {
      return;
    }
    NavigableMap<Long, Run> its = of(subject);
    split(its, from);
    split(its, to);
    its.subMap(from, to).clear();
    if (outcome != 0) {
      its.put(from, new Run(to, outcome));
    }
    join(its, to);
    join(its, from);
  }

  private static void split(NavigableMap<Long, Run> its, long slot) {
    Map.Entry<Long, Run> run = its.lowerEntry(slot);
    if (run != null && run.getValue().until() > slot) {
      its.put(slot, run.getValue());
      its.put(run.getKey(), new Run(slot, run.getValue().outcome()));
    }
  }

  private static void join(NavigableMap<Long, Run> its, long slot) {
    Run run = its.get(slot);
    Map.Entry<Long, Run> before = its.lowerEntry(slot);
    if (run != null && before != null && before.getValue().equals(new Run(slot, run.outcome()))) {
      its.remove(slot);
      its.put(before.getKey(), run);
    }
  }

  int get(int subject, long slot) {
    Map.Entry<Long, Run> run = of(subject).floorEntry(slot);
    return run != null && run.getValue().until() > slot ? run.getValue().outcome() : 0;
  }

  long sameUntil(int subject, long slot) {
    Map.Entry<Long, Run> run = of(subject).floorEntry(slot);
    if (run != null && run.getValue().until() > slot) {
      return run.getValue().until();
    }
    Long next = of(subject).higherKey(slot);
    return next == null ? Long.MAX_VALUE : next;
  }

  void makeRoom() {
    if (size() > bound - 3) {
      while (size() > bound - bound / 8) {
        dropOldest();
      }
    }
  }

  private void dropOldest() {
    long minNs = Long.MAX_VALUE;
    long maxNs = Long.MIN_VALUE;
    for (int s = 0; s < runs.size(); s++) {
      if (!of(s).isEmpty()) {
        minNs = Math.min(minNs, of(s).firstEntry().getValue().until() * periodNs[s]);
        maxNs = Math.max(maxNs, of(s).lastEntry().getValue().until() * periodNs[s]);
      }
    }
    long untilNs = minNs + (maxNs - minNs) / 4;
    forget(-Math.floorDiv(-untilNs, alignNs) * alignNs);
  }

  void forget(long untilNs) {
    if (untilNs > knownSinceNs) {
      knownSinceNs = untilNs;
      for (int s = 0; s < runs.size(); s++) {
        set(s, Long.MIN_VALUE, firstKnown(s), 0);
      }
    }
  }

  /** The form of a snapshot. */
  void write(Snapshot.Writer out) {
    out.putLong(knownSinceNs);
    int last = -1;
    for (int s = 0; s < runs.size(); s++) {
      if (!of(s).isEmpty()) {
        out.putVarint(s - last);
        last = s;
        long slot = 0;
        for (Map.Entry<Long, Run> run : of(s).entrySet()) {
          out.putVarint(run.getValue().until() - run.getKey());
          out.putByte((byte) run.getValue().outcome());
          out.putZigzag(run.getKey() - slot);
          slot = run.getValue().until();
        }
        out.putVarint(0);
      }
    }
    out.putVarint(0);
  }
}
