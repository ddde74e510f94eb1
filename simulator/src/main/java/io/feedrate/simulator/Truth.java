package io.feedrate.simulator;

import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.InferenceMode;
import java.util.List;

/**
 * What really happened on a line, to compare KPIs with. A live view: each call counts up to now.
 *
 * <p><b>Thread</b>: any.
 */
public final class Truth {
  private final SimulatedLine line;

  Truth(SimulatedLine line) {
    this.line = line;
  }

  /** Every fault so far, in the order of injection. */
  public List<ActiveFault> faults() {
    return line.faults();
  }

  /** Every model update so far, one for each node and version, in the order of approval. */
  public List<Rollout> rollouts() {
    return line.rollouts();
  }

  /** Number of values that a machine wrote, or a node sent. */
  public long values(String asset) {
    return line.values(asset);
  }

  /** Number of inferences of this kind that a node sent. */
  public long inferences(String node, InferenceMode mode) {
    return line.inferences(node, mode);
  }

  /** Number of messages of this kind about advice that a node sent. */
  public long advice(String node, AdviceEvent event) {
    return line.advice(node, event);
  }
}
