package io.feedrate.collector.engine;

import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;

/** Takes what comes out and counts results. */
final class SilentOutput implements EngineOutput {
  private long results;

  long results() {
    return results;
  }

  @Override
  public void onResult(Result result) {
    results++;
  }

  @Override
  public void onEpisode(Episode episode) {}

  @Override
  public void onModelUpdate(ModelUpdate update) {}

  @Override
  public void onRegister(Register register, RegisterRow row) {}

  @Override
  public void onExclusion(ExclusionRow row) {}

  @Override
  public void onGap(GapRow row) {}

  @Override
  public void onReject(RejectRow row) {}
}
