package io.feedrate.kpi.meter;

import io.feedrate.kpi.Inference;
import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.ModelEvent;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.UpdateOutcome;

/**
 * Measures one KPI, or a few that share their counts. It is made once per register with a {@link
 * Setting}, from which it takes its tallies, and hears everything in journal order. It overrides
 * what it needs. What it knows beside its tallies it writes to snapshots and takes over when the
 * register changes; for tallies that is done.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: none per inference or event in steady state.
 * <b>Bounds</b>: each collection of its own has one, and counts what is over.
 */
public interface Meter {

  /** Something became known about a link, before the link's timeline knows it. */
  default void onLink(int link, LinkEvent event, long nowNs) {}

  /** A source's clock was measured: source minus collector. */
  default void onClock(int link, long offsetNs, long uncertaintyNs, long nowNs) {}

  /**
   * A reading of a signal with a role: a finite good or uncertain number in the signal's range, not
   * a repeated one. It may be late.
   *
   * @param atNs the time of its source; of receipt, where that is missing or cannot be believed
   */
  default void onValue(Signal signal, double value, long atNs, long receivedNs) {}

  /**
   * The newest reading of a signal with a role came again, as after a new session: what it said
   * still holds at receipt.
   */
  default void onAgain(Signal signal, long receivedNs) {}

  /** A reading of a signal with a role that says nothing: bad, not finite or out of range. */
  default void onUnusable(Signal signal, long atNs, long receivedNs) {}

  /** A reported model stage, before the model update that it belongs to changes. */
  default void onModelEvent(ModelEvent event) {}

  /**
   * A model update has a new state.
   *
   * @param asset register index of the node, or -1
   */
  default void onModelUpdate(int asset, ModelUpdate update, long receivedNs) {}

  /** A model update turned out to be on time or late; each once. */
  default void onUpdateJudged(int asset, boolean onTime, long atNs) {}

  /**
   * It is known what became of a model update; each attempt once, and once more after SERVED.
   *
   * @param change 1, or -1 where what was said before is taken back
   */
  default void onUpdateOutcome(int asset, UpdateOutcome outcome, long atNs, int change) {}

  /** An inference of any mode at an asset of the register. */
  default void onInference(Inference inference) {}

  /** Something else happened at an asset. */
  default void onEvent(PlantEvent event) {}

  /**
   * The watermark of an asset passed a stretch of time, which lies in one window: whole seconds,
   * each second once, in order. What lasted in it can be counted. Only meters that are {@link
   * Timed} hear it.
   */
  interface Timed extends Meter {
    void onTime(int asset, long fromNs, long toNs);
  }

  /**
   * An interval of a subject (asset or signal path) and all below it became out of scope. For what
   * is counted from now on {@code Exclusions} knows it; what was counted before is to be revised.
   */
  default void onExclusion(String subject, long fromNs, long toNs) {}

  /**
   * Hears each reading, also those that come again: the hottest call there is. Only meters that are
   * {@link Sampled} hear it. <b>Allocation</b>: none; a few ns at most.
   */
  interface Sampled extends Meter {
    /**
     * A reading of a signal of the register.
     *
     * @param timeNs at the source, or of receipt where the source's is missing or cannot be
     * @param status OPC UA StatusCode
     * @param flags of {@link io.feedrate.kpi.Sample}
     * @param repeated whether it is the one before it again
     */
    void onSample(
        int signal, long timeNs, long receivedNs, int status, int flags, boolean repeated);
  }

  /** A signal's window is about to be reported, before that of its asset; it is still open. */
  default void onSignalClose(int signal, long startNs, long endNs) {}

  /** An asset's window is about to be reported; it is still open. */
  default void onClose(int asset, long startNs, long endNs) {}

  /**
   * Another register comes into force: time that has passed and is not counted yet counts now, as
   * what it is about may be gone.
   */
  default void onRegisterEnd() {}

  /** Writes what it knows beside its tallies. */
  default void write(Snapshot.Writer out) {}

  /** Reads what it wrote. */
  default void read(Snapshot.Reader in) {}

  /**
   * Goes on with what the same meter knew under the register before.
   *
   * @param old the same class
   */
  default void takeOver(Meter old, Heirs heirs) {}
}
