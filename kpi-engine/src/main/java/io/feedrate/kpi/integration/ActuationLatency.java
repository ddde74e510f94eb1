package io.feedrate.kpi.integration;

import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Decision-to-actuation latency: from an actionable inference to the controller's response, of
 * those that got one (see {@link ClosedLoop}). The first estimate takes the node's and the
 * controller's clocks as they are, so an offset between them is in it; a response that tells no
 * time counts with its receipt. The second takes the collector's clock alone: free of offsets, but
 * with the transport of both messages. Where they differ by more than transport explains, clocks
 * are off. Negative ones are counted apart and widen the bounds. Kept with two significant digits.
 *
 * <p><b>Unit</b>: s. <b>Source</b>: house definition. Counted by {@link ClosedLoop}.
 */
public final class ActuationLatency {
  static final int MEASURED = 0;
  static final int NEGATIVE = 1;
  static final int UNTIMED = 2;

  private static final long MICROSECOND_NS = 1_000;
  private static final int MEDIAN = 50;
  private static final int TAIL = 95;
  private static final String ID = "decision_to_actuation_latency_p50";
  private static final String RECEIVED_ID = "decision_to_actuation_latency_received_p50";
  private static final String BY_SOURCE = "response time - inference time, each by its own clock";
  private static final String BY_RECEIPT = "receipt of the response - receipt of the inference";

  /** Median by the sources' clocks. */
  public static final Kpi P50 = of(ID, ID, MEDIAN, "Decision to actuation (median)", BY_SOURCE);

  /** 95th percentile by the sources' clocks. */
  public static final Kpi P95 =
      of(
          "decision_to_actuation_latency_p95",
          ID,
          TAIL,
          "Decision to actuation (95th percentile)",
          BY_SOURCE);

  /** Median by the collector's clock alone. */
  public static final Kpi RECEIVED_P50 =
      of(
          RECEIVED_ID,
          RECEIVED_ID,
          MEDIAN,
          "Decision to actuation, as received (median)",
          BY_RECEIPT);

  /** 95th percentile by the collector's clock alone. */
  public static final Kpi RECEIVED_P95 =
      of(
          "decision_to_actuation_latency_received_p95",
          RECEIVED_ID,
          TAIL,
          "Decision to actuation, as received (95th percentile)",
          BY_RECEIPT);

  private ActuationLatency() {}

  private static Kpi of(String id, String basis, int percentile, String name, String what) {
    return new Kpi(
        id,
        basis,
        name,
        "s",
        false,
        percentile + "th percentile of " + what + ", of answered actionable inferences",
        "house definition",
        List.of("measured", "negative", "untimed"),
        (n, histogram) -> Durations.percentile(histogram, percentile, n[NEGATIVE]));
  }

  static void count(Tally tally, int asset, long atNs, long tookNs) {
    if (tookNs < 0) {
      tally.add(asset, NEGATIVE, atNs, 1);
    } else {
      tally.add(asset, MEASURED, atNs, 1);
      tally.record(asset, atNs, tookNs / MICROSECOND_NS);
    }
  }
}
