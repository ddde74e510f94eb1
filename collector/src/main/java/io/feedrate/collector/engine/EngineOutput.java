package io.feedrate.collector.engine;

import io.feedrate.collector.store.EntryRow;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.ResultListener;

/** Takes all that comes out of the journal, on the driver's thread, in journal order. */
public interface EngineOutput extends ResultListener {

  /** Time passed; what that brought about came before. */
  default void onTick(long nowNs) {}

  /** A register came into force. */
  void onRegister(Register register, RegisterRow row);

  /** An interval was taken out of scope. */
  void onExclusion(ExclusionRow row);

  /** The collector missed something. */
  void onGap(GapRow row);

  /** A person entered something beside the figures. */
  default void onEntry(EntryRow row) {}

  /** Something received could not be understood. */
  void onReject(RejectRow row);
}
