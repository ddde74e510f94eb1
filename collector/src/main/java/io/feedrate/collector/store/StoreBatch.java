package io.feedrate.collector.store;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What was computed since the last commit.
 *
 * <p><b>Thread</b>: the engine's. Rejects are bounded: the last {@link Store#REJECTS_KEPT} are
 * kept, all are counted.
 */
public final class StoreBatch {
  final List<Result> results = new ArrayList<>();
  final List<ModelUpdate> modelUpdates = new ArrayList<>();
  final List<Episode> episodes = new ArrayList<>();
  final List<RegisterRow> registers = new ArrayList<>();
  final List<ExclusionRow> exclusions = new ArrayList<>();
  final List<GapRow> gaps = new ArrayList<>();
  final List<EntryRow> entries = new ArrayList<>();
  final Deque<RejectRow> rejects = new ArrayDeque<>();

  /** All of them but rejects, in the order of computation: that of the log's leaves. */
  final List<Object> order = new ArrayList<>();

  final long[] rejectCounts = new long[RejectCause.values().length];

  public void add(Result result) {
    results.add(result);
    order.add(result);
  }

  public void add(ModelUpdate update) {
    modelUpdates.add(update);
    order.add(update);
  }

  public void add(Episode episode) {
    episodes.add(episode);
    order.add(episode);
  }

  public void add(RegisterRow register) {
    registers.add(register);
    order.add(register);
  }

  public void add(ExclusionRow exclusion) {
    exclusions.add(exclusion);
    order.add(exclusion);
  }

  public void add(GapRow gap) {
    gaps.add(gap);
    order.add(gap);
  }

  public void add(EntryRow entry) {
    entries.add(entry);
    order.add(entry);
  }

  public void add(RejectRow reject) {
    rejectCounts[reject.cause().ordinal()]++;
    if (rejects.size() == Store.REJECTS_KEPT) {
      rejects.removeFirst();
    }
    rejects.addLast(reject);
  }

  /** Whether there are results or model updates, which should not wait. */
  public boolean hasFigures() {
    return !results.isEmpty() || !modelUpdates.isEmpty();
  }

  /** Computed rows that wait. */
  public RowCounts rows() {
    return new RowCounts(results.size(), modelUpdates.size(), episodes.size());
  }

  /** How many computed rows wait, of all kinds. */
  public int size() {
    return results.size() + modelUpdates.size() + episodes.size();
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return order.isEmpty() && rejects.isEmpty();
  }

  void clear() {
    results.clear();
    modelUpdates.clear();
    episodes.clear();
    registers.clear();
    exclusions.clear();
    gaps.clear();
    entries.clear();
    order.clear();
    rejects.clear();
    Arrays.fill(rejectCounts, 0);
  }
}
