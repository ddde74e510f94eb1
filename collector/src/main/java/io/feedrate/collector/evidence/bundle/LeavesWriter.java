package io.feedrate.collector.evidence.bundle;

import io.feedrate.collector.assess.Assessor;
import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.store.LeafRow;
import io.feedrate.collector.store.LeafText;
import io.feedrate.collector.store.LeafValue;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.StoredRow;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes the file of leaves: a line each of index, tab and text, and tells the results of them. */
final class LeavesWriter {
  private static final int FIRST_ROOM = 1 << 12;

  private final LogReader log;
  private final List<String> assets;
  private final LeafResults results;
  private final MerkleHash hash = new MerkleHash();
  private final LeafText text = new LeafText();
  private long[] indexes = new long[FIRST_ROOM];
  private int count;

  /**
   * A writer that wrote nothing yet.
   *
   * @param assets which alone it is about, or empty
   */
  LeavesWriter(LogReader log, List<String> assets, LeafResults results) {
    this.log = log;
    this.assets = assets;
    this.results = results;
  }

  void write(LogReader.Selection selection, OutputStream out) {
    for (long index : selection.others()) {
      if (index < selection.from()) {
        write(index, index + 1, out);
      }
    }
    write(selection.from(), selection.to(), out);
    for (long index : selection.others()) {
      if (index >= selection.to()) {
        write(index, index + 1, out);
      }
    }
  }

  private void write(long from, long to, OutputStream out) {
    log.leavesWithRows(from, to, (leaf, row) -> write(leaf, row, out));
  }

  private void write(LeafRow leaf, StoredRow row, OutputStream out) {
    if (!(row instanceof StoredRow.Is is)
        || !Arrays.equals(text.of(is.value()).hash(hash), leaf.hash())) {
      throw new BundleException(
          "%s %d is not what leaf %d of the log says: the store was changed. feedrate log verify"
                  .formatted(leaf.kind().table(), leaf.rowId(), leaf.index())
              + " tells more");
    }
    if (!assets.isEmpty() && !isAbout(is.value())) {
      return;
    }
    try {
      out.write(Long.toString(leaf.index()).getBytes(StandardCharsets.US_ASCII));
      out.write('\t');
      text.writeTo(out);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    results.accept(leaf.index(), is.value());
    if (count == indexes.length) {
      indexes = Arrays.copyOf(indexes, 2 * count);
    }
    indexes[count++] = leaf.index();
  }

  private boolean isAbout(LeafValue value) {
    return switch (value.kind()) {
      case RESULT -> Assessor.isAtOrBelow(assets, ((Result) value.row()).subject());
      case MODEL_UPDATE -> Assessor.isAtOrBelow(assets, ((ModelUpdate) value.row()).node());
      case EPISODE -> Assessor.isAtOrBelow(assets, ((Episode) value.row()).subject());
      case REGISTER, EXCLUSION, HANDOVER, KEY, GAP, ENTRY -> true;
    };
  }

  long count() {
    return count;
  }

  /** Indexes of what was written, ascending. */
  long[] indexes() {
    return Arrays.copyOf(indexes, count);
  }
}
