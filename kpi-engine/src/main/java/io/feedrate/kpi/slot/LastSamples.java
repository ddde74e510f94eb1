package io.feedrate.kpi.slot;

import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Snapshot;
import java.util.Arrays;

/**
 * What came last of each signal, to tell a sample that is delivered again.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction.
 */
final class LastSamples {
  private final long[] sourceNs;
  private final long[] valueBits;
  private final int[] status;

  LastSamples(int signals) {
    sourceNs = new long[signals];
    valueBits = new long[signals];
    status = new int[signals];
    Arrays.fill(sourceNs, Sample.NO_TIME);
  }

  /** Whether this is the last sample again; one without source time or with a text never is. */
  boolean isRepeated(int signal, long sourceTimeNs, int itsStatus, double value, int flags) {
    return sourceNs[signal] == sourceTimeNs
        && (flags & (Sample.NO_SOURCE_TIME | Sample.TEXT)) == 0
        && status[signal] == itsStatus
        && valueBits[signal] == Double.doubleToRawLongBits(value);
  }

  /** Whether the last sample had this source time. */
  boolean isAt(int signal, long sourceTimeNs) {
    return sourceNs[signal] == sourceTimeNs;
  }

  void set(int signal, long sourceTimeNs, int itsStatus, double value) {
    sourceNs[signal] = sourceTimeNs;
    valueBits[signal] = Double.doubleToRawLongBits(value);
    status[signal] = itsStatus;
  }

  void copyFrom(LastSamples old, int from, int to) {
    sourceNs[to] = old.sourceNs[from];
    valueBits[to] = old.valueBits[from];
    status[to] = old.status[from];
  }

  void write(Snapshot.Writer out) {
    out.putLongs(sourceNs);
    out.putLongs(valueBits);
    out.putInts(status);
  }

  void read(Snapshot.Reader in) {
    in.getLongs(sourceNs);
    in.getLongs(valueBits);
    in.getInts(status);
  }
}
