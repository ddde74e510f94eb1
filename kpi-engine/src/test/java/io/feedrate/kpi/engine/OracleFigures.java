package io.feedrate.kpi.engine;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What follows from the outcomes of the {@link Oracle}: counts of windows, by their start. */
final class OracleFigures {
  private static final long SECOND_NS = 1_000_000_000L;

  private final Log log;
  private final OracleTime time;
  private final OracleLinks links;
  private final OracleOff off;
  private final Map<Signal, TreeMap<Long, Outcome>> slots = new HashMap<>();

  OracleFigures(Log log, Oracle oracle) {
    this.log = log;
    time = new OracleTime(log);
    links = new OracleLinks(log);
    off = oracle.off();
    for (Signal s : log.register().signals()) {
      TreeMap<Long, Outcome> its = new TreeMap<>();
      long slot = firstSlot(s);
      Optional<Outcome> outcome = oracle.outcome(s, slot);
      while (outcome.isPresent()) {
        its.put(slot, outcome.get());
        slot++;
        outcome = oracle.outcome(s, slot);
      }
      slots.put(s, its);
    }
  }

  /** The first slot that is required: the one that begins with the log or next after. */
  long firstSlot(Signal s) {
    return -Math.floorDiv(-log.startNs(), s.periodNs());
  }

  private Map<Long, Outcome> its(Signal s) {
    return slots.getOrDefault(s, new TreeMap<>());
  }

  /** All settled slots, for a message. */
  List<String> slots(Signal s) {
    List<String> all = new ArrayList<>();
    its(s).forEach((k, o) -> all.add((k * s.periodNs() - log.startNs()) / 1_000_000 + " ms " + o));
    return all;
  }

  private static long startNs(long endNs, long windowNs) {
    return Math.floorDiv(endNs - 1, windowNs) * windowNs;
  }

  private boolean isClosed(long startNs, long windowNs, long latenessNs) {
    return time.settledAt(startNs + windowNs, latenessNs).isPresent();
  }

  /** Outcomes of a signal's slots in its closed windows; a slot belongs where it ends. */
  Map<Long, long[]> windows(Signal s) {
    long windowNs = log.register().signalWindowNs();
    Map<Long, long[]> windows = new HashMap<>();
    its(s)
        .forEach(
            (k, o) -> {
              long startNs = startNs((k + 1) * s.periodNs(), windowNs);
              windows.computeIfAbsent(startNs, n -> new long[Outcome.COUNT])[o.ordinal()]++;
            });
    windows.keySet().removeIf(n -> !isClosed(n, windowNs, log.register().latenessNs(s.link())));
    return windows;
  }

  /** Outcomes of all settled slots of an asset's own signals. */
  long[] total(Asset asset) {
    long[] total = new long[Outcome.COUNT];
    slots.forEach(
        (s, its) -> {
          if (s.asset() == asset.id()) {
            its.values().forEach(o -> total[o.ordinal()]++);
          }
        });
    return total;
  }

  /** Connected, registered, usable signals, signals. */
  Map<Long, long[]> coverage(Asset asset) {
    long windowNs = log.register().windowNs();
    Map<Long, long[]> windows = new HashMap<>();
    slots.forEach(
        (s, its) -> {
          Map<Long, List<Outcome>> byWindow = new HashMap<>();
          if (s.asset() == asset.id()) {
            its.forEach(
                (k, o) ->
                    byWindow
                        .computeIfAbsent(
                            startNs((k + 1) * s.periodNs(), windowNs), n -> new ArrayList<>())
                        .add(o));
          }
          byWindow.forEach(
              (startNs, outcomes) -> {
                long[] counts = windows.computeIfAbsent(startNs, n -> new long[4]);
                boolean scope = outcomes.stream().anyMatch(o -> o != Outcome.EXCLUDED);
                boolean usable =
                    outcomes.contains(Outcome.GOOD)
                        || outcomes.contains(Outcome.GOOD_LATE)
                        || outcomes.contains(Outcome.UNCERTAIN);
                counts[2] += usable ? 1 : 0;
                counts[3] += scope ? 1 : 0;
              });
        });
    windows.values().forEach(n -> n[1] = n[3] > 0 ? 1 : 0);
    windows.values().forEach(n -> n[0] = n[3] > 0 && n[2] == n[3] ? 1 : 0);
    return closed(windows, asset);
  }

  private Map<Long, long[]> closed(Map<Long, long[]> windows, Asset asset) {
    long windowNs = log.register().windowNs();
    long latenessNs = log.register().latenessNs(asset.link());
    windows.keySet().removeIf(n -> !isClosed(n, windowNs, latenessNs));
    return windows;
  }

  /** Seconds alive, required, excluded. */
  Map<Long, long[]> availability(Asset asset) {
    long windowNs = log.register().windowNs();
    Map<Long, long[]> windows = new HashMap<>();
    long first = -Math.floorDiv(-log.startNs(), SECOND_NS) * SECOND_NS;
    for (long ns = first; ; ns += SECOND_NS) {
      Optional<Integer> index =
          time.settledAt(ns + SECOND_NS, log.register().latenessNs(asset.link()));
      if (index.isEmpty()) {
        return closed(windows, asset);
      }
      long[] counts = windows.computeIfAbsent(startNs(ns + SECOND_NS, windowNs), n -> new long[3]);
      if (isExcluded(asset, ns, index.get())) {
        counts[2]++;
      } else {
        counts[1]++;
        var known = log.entries().subList(0, index.get());
        var state = links.worst(asset.link(), ns, ns + SECOND_NS, known);
        boolean alive = state == OracleLinks.State.UP || state == OracleLinks.State.GAP;
        counts[0] += alive ? 1 : 0;
      }
    }
  }

  private boolean isExcluded(Asset asset, long ns, int settled) {
    if (time.isExcluded(asset.path(), ns, ns + SECOND_NS, settled)
        || off.isOff(asset.path(), ns, ns + SECOND_NS, settled)) {
      return true;
    }
    for (int i = settled; i < log.entries().size(); i++) {
      if (off.becomesKnown(asset.path(), ns, ns + SECOND_NS, i) && time.isAssetRevisable(ns, i)) {
        return true;
      }
      if (time.entries().get(i) instanceof Log.Exclusion x
          && x.covers(asset.path(), ns, ns + SECOND_NS)
          && time.isAssetRevisable(ns, i)) {
        return true;
      }
    }
    return false;
  }
}
