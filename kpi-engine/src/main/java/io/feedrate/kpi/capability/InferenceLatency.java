package io.feedrate.kpi.capability;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Inference latency: quantiles of how long production inferences took, of those that told it. Kept
 * with two significant digits; longer than an hour counts as an hour. The counts are those of
 * {@link InferenceAvailability}.
 *
 * <p><b>Unit</b>: s. <b>Source</b>: ISO/IEC 25023 time behaviour (general knowledge).
 */
public final class InferenceLatency {
  /** Median. */
  public static final Kpi P50 = of(50, "inference_latency_p50", "Inference latency (median)");

  /** 95th percentile. */
  public static final Kpi P95 =
      of(95, "inference_latency_p95", "Inference latency (95th percentile)");

  /** 99th percentile. */
  public static final Kpi P99 =
      of(99, "inference_latency_p99", "Inference latency (99th percentile)");

  private static final double MICROSECONDS = 1e6;

  private InferenceLatency() {}

  private static Kpi of(int percentile, String id, String name) {
    return new Kpi(
        id,
        InferenceAvailability.ID,
        name,
        "s",
        false,
        percentile + "th percentile of the latency of production inferences that told it",
        "ISO/IEC 25023 time behaviour (general knowledge)",
        InferenceAvailability.COUNTS,
        (n, histogram) -> percentile(histogram, percentile));
  }

  private static Figure percentile(@Nullable Histogram histogram, int percentile) {
    return histogram == null || histogram.getTotalCount() == 0
        ? Figure.NOT_APPLICABLE
        : Figure.exact(histogram.getValueAtPercentile(percentile) / MICROSECONDS);
  }
}
