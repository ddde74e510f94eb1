package io.feedrate.kpi.capability;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Inference availability: successful production inferences, of all production inferences. Shadow,
 * warm-up and test inferences do not count. The latencies that nodes tell are kept beside it for
 * {@link InferenceLatency}.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: ISO/IEC 25023 (general knowledge); Triton
 * nv_inference_request_success and _failure. <b>Thread</b>: the engine's. <b>Allocation</b>: 0 in a
 * window after a node's first inference.
 */
public final class InferenceAvailability implements Meter {
  /** Index of the count of successful inferences. */
  public static final int OK = 0;

  /** Index of the count of failed inferences. */
  public static final int FAILED = 1;

  static final String ID = "inference_availability";
  static final List<String> COUNTS = List.of("ok", "failed");

  /** Successful inferences of all. */
  public static final Kpi KPI =
      new Kpi(
          ID,
          ID,
          "Inference availability",
          "1",
          true,
          "successful production inferences / production inferences",
          "ISO/IEC 25023 (general knowledge); Triton nv_inference_request_success / _failure",
          COUNTS,
          (n, histogram) -> Figure.ratio(n[OK], n[OK] + n[FAILED]));

  private static final long MICROSECOND_NS = 1_000;

  private final Tally tally;

  public InferenceAvailability(Setting setting) {
    tally = setting.tally(KPI).withTotals();
  }

  @Override
  public void onInference(Inference i) {
    if (i.mode == InferenceMode.PRODUCTION) {
      tally.add(i.asset, i.ok ? OK : FAILED, i.atNs, 1);
      if (i.latencyNs >= 0) {
        tally.record(i.asset, i.atNs, i.latencyNs / MICROSECOND_NS);
      }
    }
  }
}
