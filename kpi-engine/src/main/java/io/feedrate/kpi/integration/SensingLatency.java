package io.feedrate.kpi.integration;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sensing-to-decision latency: from when a production inference's input was taken to when the
 * inference was made, both by the node's clock, so that an offset of it does not matter. Negative
 * ones are counted apart and widen the bounds; those that do not tell both times are counted apart
 * as well. Kept with two significant digits; longer than an hour counts as an hour.
 *
 * <p><b>Unit</b>: s. <b>Source</b>: house definition; ISO/IEC 25023 time behaviour (general
 * knowledge). <b>Thread</b>: the engine's. <b>Allocation</b>: 0 in a window after a node's first.
 */
public final class SensingLatency implements Meter {
  private static final int MEASURED = 0;
  private static final int NEGATIVE = 1;
  private static final int UNTIMED = 2;

  private static final long MICROSECOND_NS = 1_000;
  private static final int MEDIAN = 50;
  private static final int TAIL = 95;
  private static final String ID = "sensing_to_decision_latency_p50";

  /** Median. */
  public static final Kpi P50 = of(MEDIAN, ID, "Sensing to decision (median)");

  /** 95th percentile. */
  public static final Kpi P95 =
      of(TAIL, "sensing_to_decision_latency_p95", "Sensing to decision (95th percentile)");

  private final Tally tally;

  public SensingLatency(Setting setting) {
    tally = setting.tally(P50);
  }

  private static Kpi of(int percentile, String id, String name) {
    return new Kpi(
        id,
        ID,
        name,
        "s",
        false,
        percentile
            + "th percentile of inference time - input time of production inferences that tell"
            + " both; negative ones widen the bounds",
        "house definition; ISO/IEC 25023 time behaviour (general knowledge)",
        List.of("measured", "negative", "untimed"),
        (n, histogram) -> figure(n, histogram, percentile));
  }

  private static Figure figure(long[] n, @Nullable Histogram histogram, int percentile) {
    Figure figure = Durations.percentile(histogram, percentile, n[NEGATIVE]);
    boolean untold = n[MEASURED] + n[NEGATIVE] == 0 && n[UNTIMED] > 0;
    return untold ? Figure.INSUFFICIENT : figure;
  }

  @Override
  public void onInference(Inference i) {
    if (i.mode != InferenceMode.PRODUCTION || !i.ok) {
      return;
    }
    if (i.inputNs == Sample.NO_TIME || i.inferenceNs == Sample.NO_TIME) {
      tally.add(i.asset, UNTIMED, i.atNs, 1);
    } else if (i.inferenceNs < i.inputNs) {
      tally.add(i.asset, NEGATIVE, i.atNs, 1);
    } else {
      tally.add(i.asset, MEASURED, i.atNs, 1);
      tally.record(i.asset, i.atNs, (i.inferenceNs - i.inputNs) / MICROSECOND_NS);
    }
  }
}
