package io.feedrate.collector.journal;

import io.feedrate.collector.journal.sbe.MessageHeaderEncoder;
import io.feedrate.collector.journal.sbe.SamplesEncoder;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Readings that came together over one link, encoded as they are added: one batch becomes one
 * record. An adapter keeps one batch per callback thread and uses it again.
 *
 * <p><b>Thread</b>: its owner's. <b>Allocation</b>: 0 after construction.
 */
public final class SampleBatch {

  /** The most samples of one record; a full batch is appended and begun anew. */
  public static final int CAPACITY = 4096;

  private static final int ENTRY = SamplesEncoder.ReadingsEncoder.sbeBlockLength();
  private static final int FIRST_ENTRY =
      MessageHeaderEncoder.ENCODED_LENGTH
          + SamplesEncoder.BLOCK_LENGTH
          + SamplesEncoder.ReadingsEncoder.sbeHeaderSize();

  private final MutableDirectBuffer buffer =
      new UnsafeBuffer(ByteBuffer.allocateDirect(FIRST_ENTRY + CAPACITY * ENTRY));
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SamplesEncoder encoder = new SamplesEncoder();
  private final int link;
  private int size;

  /** A batch for the readings of one link. */
  public SampleBatch(int link) {
    this.link = link;
  }

  /** Whether one more sample fits. */
  public boolean isFull() {
    return size == CAPACITY;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public int size() {
    return size;
  }

  /** The link that all samples came over. */
  public int link() {
    return link;
  }

  /**
   * Adds a sample; parameters as for {@link io.feedrate.kpi.engine.KpiEngine#onSample}.
   *
   * @throws IllegalStateException if the batch is full
   */
  public void add(int signal, long sourceTimeNs, int status, double value, int flags) {
    if (isFull()) {
      throw new IllegalStateException("batch is full: append it first");
    }
    // The group is written entry by entry, its size when the batch ends: SBE's group encoder wants
    // the number of entries first.
    int at = FIRST_ENTRY + size * ENTRY;
    buffer.putInt(at, signal, SamplesEncoder.BYTE_ORDER);
    buffer.putInt(at + 4, status, SamplesEncoder.BYTE_ORDER);
    buffer.putLong(at + 8, sourceTimeNs, SamplesEncoder.BYTE_ORDER);
    buffer.putDouble(at + 16, value, SamplesEncoder.BYTE_ORDER);
    buffer.putInt(at + 24, flags, SamplesEncoder.BYTE_ORDER);
    size++;
  }

  /** Finishes the record; the buffer holds it in its first {@link #encodedLength()} bytes. */
  DirectBuffer encode(long receivedNs) {
    encoder.wrapAndApplyHeader(buffer, 0, header);
    encoder.receivedNs(receivedNs).link(link);
    int group = MessageHeaderEncoder.ENCODED_LENGTH + SamplesEncoder.BLOCK_LENGTH;
    buffer.putShort(group, (short) ENTRY, SamplesEncoder.BYTE_ORDER);
    buffer.putShort(group + 2, (short) size, SamplesEncoder.BYTE_ORDER);
    return buffer;
  }

  int encodedLength() {
    return FIRST_ENTRY + size * ENTRY;
  }

  /** Empties the batch. */
  public void clear() {
    size = 0;
  }
}
