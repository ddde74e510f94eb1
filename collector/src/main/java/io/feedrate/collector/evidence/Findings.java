package io.feedrate.collector.evidence;

import io.feedrate.collector.store.LeafKind;
import io.feedrate.collector.store.LeafRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is broken: the first ones in words, all of them counted, missing neighbours as one. */
final class Findings {
  private static final int DESCRIBED = 50;

  private final List<String> described = new ArrayList<>();
  private long count;
  private @Nullable LeafRow firstMissing;
  private @Nullable LeafRow lastMissing;
  private String whenMissing = "";

  void add(String finding) {
    endRun();
    put(finding);
  }

  private void put(String finding) {
    count++;
    if (described.size() < DESCRIBED) {
      described.add(finding);
    }
  }

  /** The row of a leaf is gone. */
  void missingRow(LeafRow leaf, String when) {
    LeafRow last = lastMissing;
    if (last == null || last.kind() != leaf.kind() || last.rowId() + 1 != leaf.rowId()) {
      endRun();
      firstMissing = leaf;
      whenMissing = when;
    }
    lastMissing = leaf;
  }

  /** Tells of missing rows that stood together. */
  void endRun() {
    LeafRow first = firstMissing;
    LeafRow last = lastMissing;
    if (first == null || last == null) {
      return;
    }
    firstMissing = null;
    lastMissing = null;
    LeafKind kind = first.kind();
    put(
        first.index() == last.index()
            ? "%s %d is missing; its leaf %d says that it was there%s"
                .formatted(kind.table(), first.rowId(), first.index(), whenMissing)
            : "%s %d to %d are missing; their leaves %d to %d say that they were there%s"
                .formatted(
                    kind.table(),
                    first.rowId(),
                    last.rowId(),
                    first.index(),
                    last.index(),
                    whenMissing));
  }

  List<String> described() {
    return List.copyOf(described);
  }

  long count() {
    return count;
  }
}
