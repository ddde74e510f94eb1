package io.feedrate.kpi;

/** Takes what the engine computes. Called on the engine's thread, only from within engine calls. */
public interface ResultListener {

  /** A window closed for one KPI and subject. */
  void onResult(Result result);

  /** A model update target has a new state. */
  void onModelUpdate(ModelUpdate update);

  /** An episode began or ended. */
  void onEpisode(Episode episode);
}
