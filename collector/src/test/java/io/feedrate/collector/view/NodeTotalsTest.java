package io.feedrate.collector.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import io.feedrate.collector.store.StoreReader;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.capability.InferenceAvailability;
import io.feedrate.kpi.window.Histograms;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTotalsTest {
  private static final String NODE = "site/line/node";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private static Result result(Span span, int revision, long... micros) {
    Histogram histogram = Histograms.empty();
    for (long each : micros) {
      histogram.recordValue(each);
    }
    return new Result(
        InferenceAvailability.KPI.id(),
        NODE,
        span,
        0,
        60,
        revision,
        "hash",
        new long[] {micros.length, 0},
        Histograms.encode(histogram),
        Figure.exact(1));
  }

  @Test
  void eachInferenceCountsOnceAlsoInRevisionsShiftsAndDays() {
    try (Store store = Store.open(data);
        StoreReader reader = store.reader()) {
      NodeTotals totals = new NodeTotals(reader);
      StoreBatch batch = new StoreBatch();
      batch.add(result(Span.WINDOW, 0, 1_000, 2_000));
      batch.add(result(Span.SHIFT, 0, 1_000, 2_000));
      batch.add(result(Span.DAY, 0, 1_000, 2_000));
      batch.add(result(Span.WINDOW, 1, 1_000, 2_000, 3_000));
      store.commit(batch, new Checkpoint(1, 1, "", "", new byte[0], batch.rows(), 1));

      totals.advance(reader);

      assertThat(totals.inferences(NODE).count()).isEqualTo(3);
      assertThat(totals.inferences(NODE).sumSeconds()).isBetween(0.0059, 0.0061);
    }
  }
}
