package io.feedrate.collector.evidence.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.journal.JournalReader;
import io.feedrate.collector.journal.sbe.MessageHeaderDecoder;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.LeafKind;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.RowCounts;
import io.feedrate.collector.store.StoreReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What was received, as a plain file: eight bytes "FRSEG1\n" and a zero, then for each record its
 * position (int64), its length (int32), both little-endian, and the record, an SBE message with its
 * header. Where the journal's beginning is gone, the state of the engine in its place stands beside
 * it.
 */
final class Segment {
  private static final byte[] MAGIC = "FRSEG1\n\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int MAX_RECORD = 1 << 28;
  private static final int POLL_LIMIT = 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Segment() {}

  /**
   * Where a segment begins.
   *
   * @param index of the first leaf that is computed from it
   * @param state to begin with; empty at the first record of all
   */
  record Base(long index, Optional<Checkpoint> state) {}

  /** Adds the whole journal as far as results are computed from it. */
  static void write(Path data, LogReader log, BundleZip zip) throws IOException {
    try (StoreReader store = StoreReader.open(data);
        JournalReader journal = JournalReader.open(Journal.in(data))) {
      Optional<Checkpoint> base = store.base();
      long last = store.checkpoint().map(Checkpoint::position).orElse(0L);
      journal.moveAfterOrOldest(base.map(Checkpoint::position).orElse(0L));
      zip.add(BundleFile.SEGMENT, out -> copy(journal, last, out));
      base(base, log, zip);
      zip.add(
          BundleFile.SEGMENT_SCHEMA, BundleExporter.resource("/io/feedrate/collector/journal.xml"));
    }
  }

  private static void copy(JournalReader journal, long last, OutputStream out) throws IOException {
    out.write(MAGIC);
    ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
    JournalReader.RecordHandler write =
        (templateId, record, header, position) -> {
          byte[] bytes = new byte[record.capacity()];
          record.getBytes(0, bytes);
          head.clear().putLong(position).putInt(bytes.length);
          try {
            out.write(head.array());
            out.write(bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    while (journal.poll(write, POLL_LIMIT, last) > 0) {}
  }

  private static void base(Optional<Checkpoint> base, LogReader log, BundleZip zip)
      throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("firstLeaf", base.map(state -> firstLeaf(state.rows(), log)).orElse(0L));
    if (base.isPresent()) {
      Checkpoint state = base.get();
      json.put("position", Long.toString(state.position()));
      json.put("format", state.format());
      json.put("registerHash", state.registerHash());
      json.put("register", state.registerJson());
      json.put("timeNs", Long.toString(state.timeNs()));
      zip.add(BundleFile.SEGMENT_STATE, state.state());
    }
    zip.add(BundleFile.SEGMENT_BASE, JSON.writeValueAsBytes(json));
  }

  /** The first leaf of a row that came after these. */
  private static long firstLeaf(RowCounts rows, LogReader log) {
    OptionalLong result = log.index(LeafKind.RESULT, rows.results() + 1);
    OptionalLong update = log.index(LeafKind.MODEL_UPDATE, rows.modelUpdates() + 1);
    OptionalLong episode = log.index(LeafKind.EPISODE, rows.episodes() + 1);
    return Math.min(
        result.orElse(Long.MAX_VALUE),
        Math.min(update.orElse(Long.MAX_VALUE), episode.orElse(Long.MAX_VALUE)));
  }

  static Base base(BundleContents contents) {
    JsonNode json = contents.json(BundleFile.SEGMENT_BASE);
    long first = json.path("firstLeaf").asLong();
    if (!contents.has(BundleFile.SEGMENT_STATE)) {
      return new Base(first, Optional.empty());
    }
    return new Base(
        first,
        Optional.of(
            new Checkpoint(
                json.path("position").asLong(),
                json.path("format").asInt(),
                json.path("registerHash").asText(),
                json.path("register").asText(),
                contents.bytes(BundleFile.SEGMENT_STATE),
                RowCounts.NONE,
                json.path("timeNs").asLong())));
  }

  /** Hands over all records of a segment. */
  static void read(InputStream file, JournalReader.RecordHandler each) throws IOException {
    DataInputStream in = new DataInputStream(file);
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new EOFException("it does not begin as a segment of a journal does");
    }
    UnsafeBuffer record = new UnsafeBuffer(0, 0);
    MessageHeaderDecoder header = new MessageHeaderDecoder();
    byte[] head = new byte[HEAD];
    byte[] bytes = new byte[1 << 16];
    int read;
    while ((read = in.readNBytes(head, 0, HEAD)) == HEAD) {
      ByteBuffer its = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
      long position = its.getLong();
      int length = its.getInt();
      if (length < MessageHeaderDecoder.ENCODED_LENGTH || length > MAX_RECORD) {
        throw new EOFException("a record of " + length + " bytes");
      }
      if (length > bytes.length) {
        bytes = new byte[Integer.highestOneBit(length - 1) << 1];
      }
      if (in.readNBytes(bytes, 0, length) != length) {
        throw new EOFException("it ends within a record");
      }
      record.wrap(bytes, 0, length);
      header.wrap(record, 0);
      each.onRecord(header.templateId(), record, header, position);
    }
    if (read != 0) {
      throw new EOFException("it ends within a record");
    }
  }
}
