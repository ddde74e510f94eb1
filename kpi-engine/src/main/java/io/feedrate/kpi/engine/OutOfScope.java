package io.feedrate.kpi.engine;

import io.feedrate.kpi.Register;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.exclusion.Exclusions;
import io.feedrate.kpi.exclusion.SwitchedOff;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.slot.SlotTracker;
import java.util.List;

/**
 * Takes machines that are switched off out of scope: for what is settled from now on, and by a
 * revision for what was settled before.
 *
 * <p><b>Thread</b>: the engine's.
 */
final class OutOfScope implements SwitchedOff.Listener {
  private final Register register;
  private final Exclusions exclusions;
  private final SlotTracker slots;
  private final Meter[] meters;
  private final ResultListener listener;
  private final long hindsightNs;
  private final String[] paths;
  private final int[][] signals;

  /**
   * One of a register.
   *
   * @param hindsightNs as long as the longest slot at least, and a second
   */
  OutOfScope(
      Register register,
      Exclusions exclusions,
      SlotTracker slots,
      Meter[] meters,
      ResultListener listener,
      long hindsightNs) {
    this.register = register;
    this.exclusions = exclusions;
    this.slots = slots;
    this.meters = meters;
    this.listener = listener;
    this.hindsightNs = hindsightNs;
    List<Signal> switches = SwitchedOff.signals(register);
    paths = new String[switches.size()];
    signals = new int[switches.size()][];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = path(switches.get(i));
      signals[i] = others(switches.get(i), paths[i]);
    }
  }

  private String path(Signal says) {
    return register.assets().get(says.asset()).path();
  }

  /** What has slots and is out of scope with a machine: all but the signal that says so. */
  private int[] others(Signal says, String path) {
    return register.signals().stream()
        .filter(s -> s.mode() != SignalMode.EVENT && s.id() != says.id())
        .filter(s -> Exclusions.isOf(s.path(), path))
        .mapToInt(Signal::id)
        .toArray();
  }

  @Override
  public void onMore(int index, long fromNs, long beforeNs, long toNs) {
    exclusions.switchedOff(index, fromNs, toNs);
    // Slots of before are out of scope already, but for those that end only now.
    long sinceNs = Math.max(fromNs, beforeNs - hindsightNs);
    slots.exclude(signals[index], sinceNs, toNs);
    for (Meter meter : meters) {
      meter.onExclusion(paths[index], sinceNs, toNs);
    }
  }

  @Override
  public void onTold(Signal signal, long fromNs, long toNs) {
    listener.onSwitchedOff(path(signal), signal.path(), fromNs, toNs);
  }
}
