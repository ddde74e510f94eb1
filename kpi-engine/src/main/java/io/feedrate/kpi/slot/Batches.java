package io.feedrate.kpi.slot;

import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Snapshot;
import java.util.Arrays;

/**
 * What the newest value of each signal was before the batch in which its last values came: values
 * received at the same time came in one message.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction.
 */
final class Batches {
  private final long[] receivedNs;
  private final long[] lastBeforeNs;

  Batches(int signals) {
    receivedNs = new long[signals];
    lastBeforeNs = new long[signals];
    Arrays.fill(receivedNs, Sample.NO_TIME);
    Arrays.fill(lastBeforeNs, Sample.NO_TIME);
  }

  /** A value comes; {@code lastNs} is the time of the newest one so far. */
  void pass(int signal, long itsReceivedNs, long lastNs) {
    if (receivedNs[signal] != itsReceivedNs) {
      receivedNs[signal] = itsReceivedNs;
      lastBeforeNs[signal] = lastNs;
    }
  }

  /** The time of the newest value before this batch, or {@link Sample#NO_TIME}. */
  long lastBeforeNs(int signal) {
    return lastBeforeNs[signal];
  }

  void copyFrom(Batches old, int from, int to) {
    receivedNs[to] = old.receivedNs[from];
    lastBeforeNs[to] = old.lastBeforeNs[from];
  }

  void write(Snapshot.Writer out) {
    out.putLongs(receivedNs);
    out.putLongs(lastBeforeNs);
  }

  void read(Snapshot.Reader in) {
    in.getLongs(receivedNs);
    in.getLongs(lastBeforeNs);
  }
}
