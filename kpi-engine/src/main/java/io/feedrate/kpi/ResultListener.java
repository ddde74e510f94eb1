package io.feedrate.kpi;

/** Takes what the engine computes. Called on the engine's thread, only from within engine calls. */
public interface ResultListener {

  /** A window closed for one KPI and subject. */
  void onResult(Result result);

  /** A model update target has a new state. */
  void onModelUpdate(ModelUpdate update);

  /** An episode began or ended. */
  void onEpisode(Episode episode);

  /**
   * A machine was switched off on purpose, says a signal of its own, and so out of scope. Told when
   * that ends, and after each full hour of it, each time from where it ended before.
   *
   * @param subject path of the asset that is out of scope with all below it, but for the signal
   * @param signal path of the signal that says so
   */
  default void onSwitchedOff(String subject, String signal, long fromNs, long toNs) {}
}
