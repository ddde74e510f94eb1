package io.feedrate.collector.engine;

import io.feedrate.collector.journal.RejectCause;
import io.feedrate.collector.store.ResultRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.capability.InferenceAvailability;
import io.feedrate.kpi.engine.KpiEngine;
import io.feedrate.kpi.slot.SampleCounters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest figures, gathered on the engine thread and copied for others when they changed. */
final class LiveFigures {
  /** After a restart so many of the last rows of the store are looked through. */
  private static final int WARM_ROWS = 20_000;

  private final Map<LiveState.Key, Result> latest = new HashMap<>();
  private final Map<RejectCause, Long> rejects = new EnumMap<>(RejectCause.class);
  private long revisions;
  private boolean latestChanged;
  private boolean modelUpdatesChanged = true;
  private Map<LiveState.Key, Result> latestCopy = Map.of();
  private List<ModelUpdate> modelUpdatesCopy = List.of();

  /** Shows what was there before the restart; counts nothing. */
  void warm(Store store) {
    try (StoreReader reader = store.reader()) {
      long after = Math.max(0, store.rows().results() - WARM_ROWS);
      for (ResultRow row : reader.resultsAfter(after, WARM_ROWS)) {
        show(row.result());
      }
    }
  }

  void add(Result result) {
    show(result);
    if (result.revision() > 0) {
      revisions++;
    }
  }

  private void show(Result result) {
    if (result.span() != Span.WINDOW) {
      return; // a shift is not a newer window
    }
    LiveState.Key key = new LiveState.Key(result.kpi(), result.subject());
    Result shown = latest.get(key);
    if (shown == null || !isOlder(result, shown)) {
      latest.put(key, result);
      latestChanged = true;
    }
  }

  private static boolean isOlder(Result a, Result b) {
    return a.startNs() != b.startNs() ? a.startNs() < b.startNs() : a.revision() < b.revision();
  }

  void modelUpdated() {
    modelUpdatesChanged = true;
  }

  void add(RejectCause cause) {
    rejects.merge(cause, 1L, Long::sum);
  }

  long revisions() {
    return revisions;
  }

  Map<RejectCause, Long> rejects() {
    return Map.copyOf(rejects);
  }

  Map<LiveState.Key, Result> latest() {
    if (latestChanged) {
      latestCopy = Map.copyOf(latest);
      latestChanged = false;
    }
    return latestCopy;
  }

  List<ModelUpdate> modelUpdates(KpiEngine engine) {
    if (modelUpdatesChanged) {
      modelUpdatesCopy = List.copyOf(engine.modelUpdates());
      modelUpdatesChanged = false;
    }
    return modelUpdatesCopy;
  }

  static LiveState.EngineCounts counts(KpiEngine engine) {
    SampleCounters c = engine.counters();
    return new LiveState.EngineCounts(
        c.samples(),
        c.duplicates(),
        engine.repeated(),
        c.withoutSourceTime(),
        c.tooLate(),
        c.clockSuspect(),
        c.overflows(),
        engine.unknownNode(),
        engine.beyondRevision(),
        engine.droppedEpisodes(),
        engine.untrackedUpdates());
  }

  static List<LiveState.AssetTotals> assets(KpiEngine engine) {
    Register register = engine.register();
    if (register == null) {
      return List.of();
    }
    List<LiveState.AssetTotals> totals = new ArrayList<>(register.assets().size());
    for (Asset asset : register.assets()) {
      long[] slots = new long[Outcome.COUNT];
      for (Outcome outcome : Outcome.values()) {
        slots[outcome.ordinal()] = engine.settled(asset, outcome);
      }
      totals.add(
          new LiveState.AssetTotals(
              slots,
              engine.total(InferenceAvailability.KPI, asset, InferenceAvailability.OK),
              engine.total(InferenceAvailability.KPI, asset, InferenceAvailability.FAILED)));
    }
    return List.copyOf(totals);
  }

  static List<Long> clockOffsetsNs(KpiEngine engine) {
    Register register = engine.register();
    List<Long> offsets = new ArrayList<>();
    for (int link = 0; register != null && link < register.links().size(); link++) {
      offsets.add(engine.clockOffsetNs(link));
    }
    return List.copyOf(offsets);
  }
}
