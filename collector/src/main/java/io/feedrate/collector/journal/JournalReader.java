package io.feedrate.collector.journal;

import io.feedrate.collector.journal.sbe.MessageHeaderDecoder;
import java.io.Closeable;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the journal: hands over records in order, without copying.
 *
 * <p><b>Thread</b>: its owner's. <b>Allocation</b>: 0 per record.
 */
public final class JournalReader implements Closeable {
  private final ExcerptTailer tailer;
  private @Nullable SingleChronicleQueue owned;
  private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private long position;
  private long timeNs = Long.MIN_VALUE;

  JournalReader(ExcerptTailer tailer, long afterPosition) {
    this.tailer = tailer;
    tailer.singleThreadedCheckDisabled(true);
    moveAfter(afterPosition);
  }

  /** Goes on after the record at this position, or at the first one for 0. */
  public void moveAfter(long afterPosition) {
    position = afterPosition;
    if (afterPosition == 0) {
      tailer.toStart();
    } else if (!tailer.moveToIndex(afterPosition)) {
      throw new IllegalStateException(
          "the journal has no record at position "
              + Long.toHexString(afterPosition)
              + ": it was cut, or belongs to another store");
    } else {
      skip();
    }
  }

  /** Opens a journal that may not change, to read it from the start. */
  public static JournalReader open(Path directory) {
    SingleChronicleQueue queue = Journal.queue(directory, true, new EpochClock());
    JournalReader reader = new JournalReader(queue.createTailer(), 0);
    reader.owned = queue;
    return reader;
  }

  /**
   * Goes on after the record at this position, or at the oldest record if that one was removed. For
   * those who know what they miss.
   */
  public void moveAfterOrOldest(long afterPosition) {
    ChronicleQueue queue = tailer.queue();
    boolean removed =
        queue.rollCycle().toCycle(afterPosition) < queue.rollCycle().toCycle(queue.firstIndex());
    moveAfter(removed ? 0 : afterPosition);
  }

  private void skip() {
    try (DocumentContext context = tailer.readingDocument()) {
      if (!context.isPresent()) {
        throw new IllegalStateException("the record at the cursor cannot be read");
      }
    }
  }

  /** Goes to the last record, so that {@link #timeNs()} tells its time. */
  void toLast() {
    tailer.direction(TailerDirection.BACKWARD).toEnd();
    poll((templateId, buffer, h, at) -> timeNs = timeNs(buffer), 1);
    tailer.direction(TailerDirection.FORWARD);
  }

  /** Time of the record that {@link #toLast} found; the smallest long where there is none. */
  long timeNs() {
    return timeNs;
  }

  /** When a record was journaled: every message of the schema has that time as its first field. */
  public static long timeNs(DirectBuffer record) {
    return record.getLong(MessageHeaderDecoder.ENCODED_LENGTH, MessageHeaderDecoder.BYTE_ORDER);
  }

  /** Hands over up to {@code limit} records; how many there were. */
  public int poll(RecordHandler handler, int limit) {
    return poll(handler, limit, Long.MAX_VALUE);
  }

  /** Hands over up to {@code limit} records, none after the one at {@code lastPosition}. */
  public int poll(RecordHandler handler, int limit, long lastPosition) {
    int n = 0;
    while (n < limit && position < lastPosition) {
      try (DocumentContext context = tailer.readingDocument()) {
        if (!context.isPresent()) {
          break;
        }
        Bytes<?> bytes = context.wire().bytes();
        record.wrap(bytes.addressForRead(bytes.readPosition()), (int) bytes.readRemaining());
        header.wrap(record, 0);
        position = context.index();
        handler.onRecord(header.templateId(), record, header, position);
      }
      n++;
    }
    return n;
  }

  /** Position of the last record handed over: a reader started with it goes on after it. */
  public long position() {
    return position;
  }

  @Override
  public void close() {
    tailer.close();
    if (owned != null) {
      owned.close();
    }
  }

  /** Takes records. */
  @FunctionalInterface
  public interface RecordHandler {
    /**
     * One record. The buffer is valid during the call only.
     *
     * @param templateId which message of the schema
     * @param record the record, starting with its SBE header
     * @param header wrapped over it, for {@code wrapAndApplyHeader}
     * @param position its position in the journal
     */
    void onRecord(int templateId, DirectBuffer record, MessageHeaderDecoder header, long position);
  }
}
