package io.feedrate.kpi.slot;

import io.feedrate.kpi.Signal;

/** Takes the usable numbers of signals with a role. */
@FunctionalInterface
public interface Readings {

  /**
   * A finite good or uncertain number in its signal's range; not one that came before.
   *
   * @param atNs the time that it is assigned to: of its source, or of receipt where that is missing
   *     or cannot be believed
   */
  void onValue(Signal signal, double value, long atNs, long receivedNs);
}
