package io.feedrate.collector.engine;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.ResultRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest figures, gathered on the engine thread and copied for others when they changed. */
final class LiveFigures {
  /** After a restart so many of the last rows of the store are looked through. */
  private static final int WARM_ROWS = 20_000;

  private final Map<LiveState.Key, Result> latest = new HashMap<>();
  private final Map<LiveState.Key, LiveState.Counts> totals = new HashMap<>();
  private final Map<Target, ModelUpdate> modelUpdates = new LinkedHashMap<>();
  private final Map<RejectCause, Long> rejects = new EnumMap<>(RejectCause.class);
  private long revisions;
  private boolean changed = true;
  private Map<LiveState.Key, Result> latestCopy = Map.of();
  private Map<LiveState.Key, LiveState.Counts> totalsCopy = Map.of();
  private List<ModelUpdate> modelUpdatesCopy = List.of();
  private Map<RejectCause, Long> rejectsCopy = Map.of();

  /** One version of one model for one node. */
  private record Target(String node, String model, String version, int attempt) {}

  /** Shows what was there before the restart; counts nothing. */
  void warm(Store store) {
    try (StoreReader reader = store.reader()) {
      long after = Math.max(0, store.resultCount() - WARM_ROWS);
      for (ResultRow row : reader.resultsAfter(after, WARM_ROWS)) {
        show(row.result());
      }
      after = Math.max(0, store.modelUpdateCount() - WARM_ROWS);
      for (ModelUpdateRow row : reader.modelUpdatesAfter(after, WARM_ROWS)) {
        add(row.update());
      }
    }
  }

  void add(Result result) {
    show(result);
    if (result.revision() > 0) {
      revisions++;
    } else {
      LiveState.Key key = new LiveState.Key(result.kpi(), result.subject());
      LiveState.Counts sum = totals.get(key);
      totals.put(
          key, sum == null ? new LiveState.Counts(result.counts()) : sum.plus(result.counts()));
    }
  }

  private void show(Result result) {
    LiveState.Key key = new LiveState.Key(result.kpi(), result.subject());
    Result shown = latest.get(key);
    if (shown == null || !isOlder(result, shown)) {
      latest.put(key, result);
    }
    changed = true;
  }

  private static boolean isOlder(Result a, Result b) {
    return a.startNs() != b.startNs() ? a.startNs() < b.startNs() : a.revision() < b.revision();
  }

  void add(ModelUpdate update) {
    Target target = new Target(update.node(), update.model(), update.version(), update.attempt());
    modelUpdates.put(target, update);
    if (modelUpdates.size() > LiveState.MAX_MODEL_UPDATES) {
      Iterator<Target> oldest = modelUpdates.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    changed = true;
  }

  void add(RejectCause cause) {
    rejects.merge(cause, 1L, Long::sum);
    changed = true;
  }

  /** Makes the copies anew if anything changed. */
  void refresh() {
    if (changed) {
      latestCopy = Map.copyOf(latest);
      totalsCopy = Map.copyOf(totals);
      modelUpdatesCopy = List.copyOf(modelUpdates.values());
      rejectsCopy = Map.copyOf(rejects);
      changed = false;
    }
  }

  Map<LiveState.Key, Result> latest() {
    return latestCopy;
  }

  Map<LiveState.Key, LiveState.Counts> totals() {
    return totalsCopy;
  }

  List<ModelUpdate> modelUpdates() {
    return modelUpdatesCopy;
  }

  Map<RejectCause, Long> rejects() {
    return rejectsCopy;
  }

  long revisions() {
    return revisions;
  }
}
