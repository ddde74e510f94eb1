package io.feedrate.simulator;

import io.feedrate.kpi.AdviceEvent;
import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.ModelStage;
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

  /** Number of inferences that a node sent and the controller should answer. */
  public long actionable(String node) {
    return line.actionable(node);
  }

  /** Number of reports that a node sent of a version reaching this stage. */
  public long stages(String node, ModelStage stage) {
    return line.stages(node, stage);
  }

  /** Number of events of this kind that the controller told of an asset. */
  public long events(String asset, EventKind kind) {
    return line.events(asset, kind);
  }

  /**
   * Of these, those that happened in {@code [fromMs, toMs)}, epoch milliseconds; the last 5,000 of
   * each kind are known.
   */
  public long events(String asset, EventKind kind, long fromMs, long toMs) {
    return line.events(asset, kind, fromMs, toMs);
  }

  /** Number of actions by people whose training is valid, of all of {@link EventKind#ACTION}. */
  public long qualifiedActions() {
    return line.qualifiedActions();
  }

  /** What later inspections found of parts on which a node had decided. */
  public Inspections inspections(String node) {
    return line.inspections(node);
  }

  /** Number of messages of this kind about advice that a node sent. */
  public long advice(String node, AdviceEvent event) {
    return line.advice(node, event);
  }
}
