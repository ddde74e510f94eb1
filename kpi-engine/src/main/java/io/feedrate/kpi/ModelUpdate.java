package io.feedrate.kpi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * State of one model update target: one build (version and digest) of one model for one node. A new
 * state of the same target has a higher revision and supersedes the old one.
 *
 * @param node path of the inference node
 * @param model model name
 * @param version model version
 * @param digest SHA-256 of the approved model file in hex, or "" while nobody has told it
 * @param attempt 1 for the first approval, counted up when the version is approved again after its
 *     end; no attempt of a target has the number of an earlier one
 * @param revision 0 for the first state of this target
 * @param approvedNs when it was approved for the node, by the clock of who approved
 * @param approvedReceivedNs when the collector learned that
 * @param endNotBeforeNs where serving was seen by polling, since when it may have been; else {@code
 *     endNs}
 * @param endNs when it ended (served, failed, …) by the node's clock, or {@link #PENDING}
 * @param endReceivedNs when the collector learned that, or {@link #PENDING}
 * @param end how it ended, or {@link End#PENDING}
 * @param rolledBackNs when a served version was rolled back, or {@link #PENDING}
 * @param otherDigest another digest that was told of this version, the last one, or "": what a
 *     version is must not change, so this is a finding
 * @param stagesNs event time of the first report of each stage, in the order reported
 */
public record ModelUpdate(
    String node,
    String model,
    String version,
    String digest,
    int attempt,
    int revision,
    long approvedNs,
    long approvedReceivedNs,
    long endNotBeforeNs,
    long endNs,
    long endReceivedNs,
    End end,
    long rolledBackNs,
    String otherDigest,
    Map<ModelStage, Long> stagesNs) {

  public ModelUpdate {
    // Map.copyOf would iterate in another order in each process: results must not depend on that.
    stagesNs = Collections.unmodifiableMap(new LinkedHashMap<>(stagesNs));
  }

  /** One whose end is known exactly and of which one digest was told. */
  public ModelUpdate(
      String node,
      String model,
      String version,
      String digest,
      int attempt,
      int revision,
      long approvedNs,
      long approvedReceivedNs,
      long endNs,
      long endReceivedNs,
      End end,
      long rolledBackNs,
      Map<ModelStage, Long> stagesNs) {
    this(
        node,
        model,
        version,
        digest,
        attempt,
        revision,
        approvedNs,
        approvedReceivedNs,
        endNs,
        endNs,
        endReceivedNs,
        end,
        rolledBackNs,
        "",
        stagesNs);
  }

  /** The time of what has not happened. */
  public static final long PENDING = Long.MIN_VALUE;

  /** How a target ended. Ordinals are part of the snapshot: append only. */
  public enum End {
    /** Still open. */
    PENDING,
    /** First production inference by this version on this node. */
    SERVED,
    FAILED,
    CANCELLED,
    /** A newer version was approved for the node before this one served. */
    SUPERSEDED,
    NODE_RETIRED
  }

  /** Between which two polls it ended, as a duration in ns; 0 where the end is exact or open. */
  public long endWidthNs() {
    return end == End.PENDING ? 0 : endNs - endNotBeforeNs;
  }

  /** Update latency in ns by the sources' clocks; negative values are kept. Only when served. */
  public long latencyNs() {
    return endNs - approvedNs;
  }

  /** The same on the collector's clock alone: free of clock offsets, biased by transport delay. */
  public long receivedLatencyNs() {
    return endReceivedNs - approvedReceivedNs;
  }
}
