package io.feedrate.benchmarks.peers;

import io.feedrate.benchmarks.Trace;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.CopyableValue;

/** A sample on its way through Flink or Jet: primitives, and for Flink its quickest serializer. */
public final class Reading implements CopyableValue<Reading> {
  private static final long serialVersionUID = 1;
  private static final int BYTES = 2 * Integer.BYTES + 2 * Long.BYTES + Double.BYTES;

  int signal;
  long sourceNs;
  long receivedNs;
  int status;
  double value;

  /** For Flink, which makes them by reflection. */
  public Reading() {}

  /** Takes a sample of a trace's round. */
  Reading set(Trace trace, long startNs, int i) {
    signal = trace.signal(i);
    sourceNs = startNs + trace.sourceNs(i);
    receivedNs = startNs + trace.receivedNs(i);
    status = trace.status(i);
    value = trace.value(i);
    return this;
  }

  /** Milliseconds since the epoch: what both call the time of an event. */
  long sourceMs() {
    return sourceNs / 1_000_000;
  }

  @Override
  public int getBinaryLength() {
    return BYTES;
  }

  @Override
  public void copyTo(Reading target) {
    target.signal = signal;
    target.sourceNs = sourceNs;
    target.receivedNs = receivedNs;
    target.status = status;
    target.value = value;
  }

  @Override
  public Reading copy() {
    Reading copy = new Reading();
    copyTo(copy);
    return copy;
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    target.write(source, BYTES);
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeInt(signal);
    out.writeLong(sourceNs);
    out.writeLong(receivedNs);
    out.writeInt(status);
    out.writeDouble(value);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    signal = in.readInt();
    sourceNs = in.readLong();
    receivedNs = in.readLong();
    status = in.readInt();
    value = in.readDouble();
  }
}
