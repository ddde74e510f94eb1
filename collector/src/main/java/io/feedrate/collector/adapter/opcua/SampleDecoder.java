package io.feedrate.collector.adapter.opcua;

import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.SampleBatch;
import io.feedrate.kpi.Sample;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * Turns what one callback brought into one batch of primitives and appends it.
 *
 * <p><b>Source</b>: OPC 10000-4, 7.11 (DataValue), 7.39 (StatusCode); 10000-6, 5.2.2.5 (DateTime).
 * <br>
 * <b>Thread</b>: any, in turns. <br>
 * <b>Units</b>: epoch nanoseconds; a DateTime value becomes epoch seconds. <br>
 * <b>Allocation</b>: 0 per value for numbers, Booleans and DateTimes; texts are encoded.
 */
final class SampleDecoder {

  /** 1601-01-01 to 1970-01-01 in ticks of 100 ns. */
  private static final long EPOCH_TICKS = 116_444_736_000_000_000L;

  /** The last tick that epoch nanoseconds can say, in the year 2262. */
  private static final long LAST_TICK = EPOCH_TICKS + Long.MAX_VALUE / 100;

  private static final double TICKS_PER_SECOND = 1e7;

  /** Severity "bad" is the top bit, the code without its information bits the upper half. */
  private static final int CODE = 0xFFFF_0000;

  private static final int NODE_UNKNOWN = (int) StatusCodes.Bad_NodeIdUnknown;
  private static final int NODE_INVALID = (int) StatusCodes.Bad_NodeIdInvalid;

  private final Journal journal;
  private final SampleBatch batch;

  private boolean closed;

  // One writer at a time (synchronized), read by the status without a lock. What was received is
  // the sum, so the two cannot disagree with it.
  private final AtomicLong journaled = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();

  SampleDecoder(Journal journal, int link) {
    this.journal = journal;
    this.batch = new SampleBatch(link);
  }

  /** Samples that the journal has. */
  long journaled() {
    return journaled.get();
  }

  /** Samples that the journal could not take. */
  long rejected() {
    return rejected.get();
  }

  /**
   * Journals the values of one callback; {@code items} are {@link SignalItem}s.
   *
   * @throws RuntimeException if the journal cannot be written; the values not journaled are counted
   *     as rejected
   */
  synchronized void onData(List<OpcUaMonitoredItem> items, List<DataValue> values) {
    if (closed) {
      return;
    }
    int done = 0;
    try {
      for (; done < items.size(); done++) {
        if (batch.isFull()) {
          append();
        }
        add((SignalItem) items.get(done), values.get(done));
      }
      append();
    } finally {
      rejected.addAndGet(batch.size() + (items.size() - done));
      batch.clear();
    }
  }

  /** Journals that the server answered for a signal with a status instead of values. */
  synchronized void onStatus(int signal, boolean text, int status) {
    int flags = Sample.NO_SOURCE_TIME;
    if (text) {
      appendText(signal, Sample.NO_TIME, status, "", flags | Sample.TEXT);
      return;
    }
    try {
      batch.add(signal, Sample.NO_TIME, status, Double.NaN, flags);
      append();
    } finally {
      batch.clear();
    }
  }

  /** Nothing is journaled any more. */
  synchronized void close() {
    closed = true;
  }

  private void append() {
    int size = batch.size();
    journal.append(batch);
    journaled.addAndGet(size);
  }

  private void add(SignalItem item, DataValue data) {
    int status = (int) data.getStatusCode().value();
    int code = status & CODE;
    boolean gone = code == NODE_UNKNOWN || code == NODE_INVALID; // servers differ here
    if (gone != item.gone) {
      item.gone = gone;
    }
    DateTime sourceTime = data.getSourceTime();
    long ticks = sourceTime == null ? 0 : sourceTime.getUtcTime();
    long sourceTimeNs = Sample.NO_TIME;
    int flags = 0;
    if (ticks == 0) {
      flags = Sample.NO_SOURCE_TIME;
    } else if (ticks < EPOCH_TICKS || ticks > LAST_TICK) {
      flags = Sample.NO_SOURCE_TIME | Sample.INVALID;
    } else {
      sourceTimeNs = (ticks - EPOCH_TICKS) * 100;
    }
    Object value = data.getValue().value();
    if (item.text) {
      addText(item.signal, sourceTimeNs, status, value, flags | Sample.TEXT);
    } else {
      addNumber(item.signal, sourceTimeNs, status, value, flags);
    }
  }

  private void addNumber(
      int signal, long sourceTimeNs, int status, @Nullable Object value, int flags) {
    double number = Double.NaN;
    if (value instanceof Number n) { // enumerations are Int32 on the wire; unsigned types too
      number = n.doubleValue();
    } else if (value instanceof Boolean b) {
      number = b ? 1 : 0;
    } else if (value instanceof DateTime t) {
      number = (t.getUtcTime() - EPOCH_TICKS) / TICKS_PER_SECOND;
    } else if (value != null || status >= 0) {
      // A text, an array, a structure; or nothing, though the status is not bad.
      flags |= Sample.INVALID;
    }
    batch.add(signal, sourceTimeNs, status, number, flags);
  }

  private void addText(
      int signal, long sourceTimeNs, int status, @Nullable Object value, int flags) {
    String text = "";
    if (value instanceof String s) {
      text = s;
    } else if (value instanceof LocalizedText t) {
      text = t.text() == null ? "" : t.text();
    } else if (value instanceof QualifiedName n) {
      text = n.name() == null ? "" : n.name();
    } else if (value != null || status >= 0) {
      flags |= Sample.INVALID;
    }
    appendText(signal, sourceTimeNs, status, text, flags);
  }

  private void appendText(int signal, long sourceTimeNs, int status, String text, int flags) {
    journal.appendTextSample(batch.link(), signal, sourceTimeNs, status, text, flags);
    journaled.incrementAndGet();
  }
}
