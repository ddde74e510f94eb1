package io.feedrate.kpi.slot;

import io.feedrate.kpi.Signal;

/** Takes what is read of signals with a role. */
public interface Readings {

  /**
   * A finite good or uncertain number in its signal's range; not one that came before.
   *
   * @param atNs the time that it is assigned to: of its source, or of receipt where that is missing
   *     or cannot be believed
   */
  void onValue(Signal signal, double value, long atNs, long receivedNs);

  /** The newest reading came again: it still holds at receipt. */
  void onAgain(Signal signal, long receivedNs);

  /** A reading without usable value: bad, not finite or out of range. */
  void onUnusable(Signal signal, long atNs, long receivedNs);
}
