package io.feedrate.simulator;

/** What one asset believes the time is: the computer's clock, plus a step that a fault may set. */
final class SimulatedClock {
  private volatile long offsetMs;

  void step(long byMs) {
    offsetMs = byMs;
  }

  /** The asset's own reading at a true time, both in epoch milliseconds. */
  long at(long trueMs) {
    return trueMs + offsetMs;
  }

  long nowMs() {
    return at(System.currentTimeMillis());
  }
}
