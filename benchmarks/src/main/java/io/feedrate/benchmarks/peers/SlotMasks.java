package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Answers;
import io.feedrate.benchmarks.Trace;
import java.io.Serializable;

/** The accumulator of a signal's minute for Flink and Jet: a bit a slot for each quality. */
public final class SlotMasks implements Serializable {
  private static final long serialVersionUID = 1;

  private long good;
  private long late;
  private long bad;

  SlotMasks add(Reading reading) {
    long slot = reading.sourceNs / Trace.PERIOD_NS;
    long bit = 1L << (slot % Answers.SLOTS);
    if (reading.status < 0) {
      bad |= bit;
    } else if (reading.receivedNs > (slot + 1) * Trace.PERIOD_NS + Trace.DEADLINE_NS) {
      late |= bit;
    } else {
      good |= bit;
    }
    return this;
  }

  SlotMasks combine(SlotMasks other) {
    good |= other.good;
    late |= other.late;
    bad |= other.bad;
    return this;
  }

  void answer(int signal, long windowStartMs) {
    int usable = Long.bitCount(good | late);
    int onlyBad = Long.bitCount(bad & ~(good | late));
    Shared.answers()
        .add(
            signal,
            windowStartMs * 1_000_000,
            Long.bitCount(good),
            usable - Long.bitCount(good),
            onlyBad,
            Answers.SLOTS - usable - onlyBad);
  }
}
