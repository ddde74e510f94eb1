package io.feedrate.collector.view;

import io.feedrate.collector.store.ModelUpdateRow;
import io.feedrate.collector.store.ResultRow;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.collector.web.Distribution;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.capability.InferenceAvailability;
import io.feedrate.kpi.window.Histograms;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * Growing totals of each inference node since the process started, as counters of a monitoring
 * system must be: gathered from the store's new rows.
 *
 * <p><b>Thread</b>: one; what {@link #updates} and the like give is a copy.
 */
final class NodeTotals {
  private static final int ROWS = 10_000;

  private final Map<String, Histogram> inferences = new HashMap<>();
  private final Map<String, Distribution> updates = new HashMap<>();
  private final Map<String, Map<End, Long>> ended = new HashMap<>();
  private final Set<String> counted = new HashSet<>();
  private long lastResult;
  private long lastUpdate;

  NodeTotals(StoreReader reader) {
    lastResult = reader.rows().results();
    lastUpdate = reader.rows().modelUpdates();
  }

  /** Takes in what is new. */
  void advance(StoreReader reader) {
    for (ResultRow row : reader.resultsAfter(lastResult, ROWS)) {
      lastResult = row.id();
      Result result = row.result();
      if (result.span() == Span.WINDOW && result.kpi().equals(InferenceAvailability.KPI.id())) {
        add(reader, result);
      }
    }
    for (ModelUpdateRow row : reader.modelUpdatesAfter(lastUpdate, ROWS)) {
      lastUpdate = row.id();
      add(row.update());
    }
  }

  /** A revision holds all of its window again: only what came late is new. */
  private void add(StoreReader reader, Result result) {
    Histogram latencies = Histograms.decode(result.histogram());
    if (latencies == null) {
      return;
    }
    int earlier = result.revision() - 1;
    if (earlier >= 0) {
      reader
          .result(
              result.kpi(),
              result.subject(),
              Span.WINDOW,
              result.startNs(),
              result.endNs(),
              earlier)
          .map(row -> Histograms.decode(row.result().histogram()))
          .ifPresent(latencies::subtract);
    }
    inferences.computeIfAbsent(result.subject(), s -> Histograms.empty()).add(latencies);
  }

  private void add(ModelUpdate u) {
    String target = String.join("\n", u.node(), u.model(), u.version(), "" + u.attempt());
    if (u.end() == End.PENDING || !counted.add(target)) {
      return; // a later state of a target that has ended adds nothing
    }
    ended.computeIfAbsent(u.node(), n -> new EnumMap<>(End.class)).merge(u.end(), 1L, Long::sum);
    if (u.end() == End.SERVED) {
      updates.merge(
          u.node(),
          Distribution.empty(Distribution.UPDATE_BOUNDS).plus(u.latencyNs() / 1e9),
          (sum, one) -> sum.plus(u.latencyNs() / 1e9));
    }
  }

  Distribution updates(String node) {
    return updates.getOrDefault(node, Distribution.empty(Distribution.UPDATE_BOUNDS));
  }

  Distribution inferences(String node) {
    Histogram its = inferences.get(node);
    return its == null
        ? Distribution.empty(Distribution.INFERENCE_BOUNDS)
        : Distribution.of(its, Distribution.INFERENCE_BOUNDS);
  }

  Map<End, Long> ended(String node) {
    return Map.copyOf(ended.getOrDefault(node, Map.of()));
  }
}
