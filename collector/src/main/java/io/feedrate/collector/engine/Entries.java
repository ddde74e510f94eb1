package io.feedrate.collector.engine;

import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.journal.sbe.EntryDecoder;
import io.feedrate.collector.journal.sbe.MessageHeaderDecoder;
import io.feedrate.collector.store.EntryRow;
import java.util.Optional;
import org.agrona.DirectBuffer;

/** Records of lines that people's entries made. */
final class Entries {
  private static final EntryKind[] KINDS = EntryKind.values();

  private final EntryDecoder entry = new EntryDecoder();

  /** The line; empty if its kind is one of a newer version. */
  Optional<EntryRow> read(DirectBuffer record, MessageHeaderDecoder header) {
    entry.wrapAndApplyHeader(record, 0, header);
    int kind = entry.kind();
    if (kind < 0 || kind >= KINDS.length) {
      return Optional.empty();
    }
    long nowNs = entry.nowNs();
    return Optional.of(new EntryRow(KINDS[kind], entry.line(), nowNs));
  }
}
