package io.feedrate.collector.exclusions;

import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.store.ExclusionRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which exclusions there are after all that was entered and withdrawn, in the order of entry. */
public final class HeldExclusions {

  private record Key(String subject, long fromNs, long toNs) {
    static Key of(ExclusionRow row) {
      return new Key(row.said().subject(), row.said().fromNs(), row.said().toNs());
    }
  }

  private final List<HeldExclusion> all = new ArrayList<>();
  private final Map<Key, List<Integer>> inForce = new HashMap<>();

  private HeldExclusions() {}

  /**
   * Those of the results file, and what waits for the journal.
   *
   * @param rows in the order of entry
   * @param entries all of the file of entries; those that are among the rows are left out
   */
  public static HeldExclusions of(List<ExclusionRow> rows, List<ExclusionRecord> entries) {
    HeldExclusions held = new HeldExclusions();
    Set<String> journaled = new HashSet<>();
    for (ExclusionRow row : rows) {
      journaled.add(row.said().entry());
      held.add(row);
    }
    for (ExclusionRecord entry : entries) {
      if (!journaled.contains(entry.entry())) {
        held.add(new ExclusionRow(entry, HeldExclusion.NOT_YET));
      }
    }
    return held;
  }

  private void add(ExclusionRow row) {
    Key key = Key.of(row);
    if (row.said().kind() == ExclusionKind.WITHDRAWAL) {
      for (int at : inForce.getOrDefault(key, List.of())) {
        all.set(at, new HeldExclusion(all.get(at).row(), Optional.of(row)));
      }
      inForce.remove(key);
    } else {
      if (row.said().kind() == ExclusionKind.EXCLUSION) {
        inForce.computeIfAbsent(key, k -> new ArrayList<>()).add(all.size());
      }
      all.add(new HeldExclusion(row, Optional.empty()));
    }
  }

  /** All of them, withdrawn ones as well. */
  public List<HeldExclusion> all() {
    return List.copyOf(all);
  }

  /** The one that was entered for exactly this interval and not withdrawn, if there is one. */
  Optional<HeldExclusion> inForce(ExclusionRecord said) {
    Key key = new Key(said.subject(), said.fromNs(), said.toNs());
    return inForce.getOrDefault(key, List.of()).stream().findFirst().map(all::get);
  }

  /** Those that were entered and not withdrawn. */
  List<HeldExclusion> inForce() {
    return inForce.values().stream().map(its -> its.get(0)).sorted().map(all::get).toList();
  }
}
