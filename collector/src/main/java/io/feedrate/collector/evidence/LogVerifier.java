package io.feedrate.collector.evidence;

import io.feedrate.collector.entries.EntryCheck;
import io.feedrate.collector.evidence.log.Frontier;
import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.journal.EntryKind;
import io.feedrate.collector.journal.Journal;
import io.feedrate.collector.store.HeadRow;
import io.feedrate.collector.store.LeafKind;
import io.feedrate.collector.store.LeafRow;
import io.feedrate.collector.store.LeafText;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.StoredRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Recomputes the log of a data directory: every leaf from its row, the root at every signed head,
 * the signatures, the chain of keys. A collector may run on the directory meanwhile.
 *
 * <p><b>Thread</b>: its owner's. Reads only.
 */
public final class LogVerifier {
  private final LogReader store;
  private final SignedHeads heads;
  private final Findings findings = new Findings();
  private final MerkleHash hash = new MerkleHash();
  private final LeafText text = new LeafText();
  private final Frontier tree = new Frontier(hash);
  private final StoredSubtrees subtrees;
  private final long[] present = new long[LeafKind.values().length];
  private final long[] lastRow = new long[LeafKind.values().length];
  private long nextIndex;
  private long equal;
  private boolean isComplete = true;

  private LogVerifier(LogReader store, SignedHeads heads) {
    this.store = store;
    this.heads = heads;
    this.subtrees = new StoredSubtrees(store);
  }

  /**
   * What was found.
   *
   * @param leaves there are
   * @param equalLeaves of these, equal to their row
   * @param heads that are signed
   * @param unsigned leaves after the newest head: nothing vouches for these yet
   * @param clockSteps where the machine's clock was set back
   * @param findings what is broken, in words: the first ones
   * @param findingCount how many there are in all
   */
  public record Report(
      long leaves,
      long equalLeaves,
      int heads,
      long unsigned,
      List<String> clockSteps,
      List<String> findings,
      long findingCount) {

    /** Whether nothing is broken. */
    public boolean isIntact() {
      return findingCount == 0;
    }
  }

  /**
   * Verifies a data directory.
   *
   * @param kept a head that the caller kept from an earlier visit
   */
  public static Report verify(Path dataDirectory, Optional<SignedNote> kept) throws IOException {
    // The file first: what it says was committed before the store's moment that is read next.
    HeadsFile.Contents file = new HeadsFile(dataDirectory).read();
    try (LogReader store = LogReader.open(dataDirectory)) {
      List<HeadRow> rows = store.heads();
      if (!file.holds(rows)) { // heads that were signed between the two moments are no fault
        file = file.with(new HeadsFile(dataDirectory).read(), rows);
      }
      SignedHeads heads = new SignedHeads(rows, file, KeyChain.read(dataDirectory, store));
      kept.ifPresent(heads::keep);
      LogVerifier verifier = new LogVerifier(store, heads);
      verifier.compareFiles(dataDirectory);
      return verifier.run();
    }
  }

  /** A copy for an assessor need not have the files: the lines are in the log as well. */
  private void compareFiles(Path data) throws IOException {
    for (EntryKind kind : EntryKind.values()) {
      if (Files.isDirectory(Journal.in(data)) || Files.exists(data.resolve(kind.fileName()))) {
        String mend = ". " + EntryCheck.mend(kind); // once will do
        List<String> lines = new ArrayList<>();
        store.entries(kind, row -> lines.add(row.line()));
        for (String found : EntryCheck.compare(data, kind, lines)) {
          findings.add(found + mend);
          mend = "";
        }
      }
    }
  }

  private Report run() {
    heads.begin(findings);
    store.leavesWithRows(0, Long.MAX_VALUE, this::onLeaf);
    findings.endRun();
    missingAtTheEnd();
    if (isComplete) {
      subtrees.end(findings);
    }
    rowsWithoutLeaf();
    heads.end(nextIndex, findings);
    List<String> steps = heads.requireTimes(store.clockSteps(), findings);
    long unsigned = Math.max(0, nextIndex - heads.newestSize());
    return new Report(
        nextIndex, equal, heads.count(), unsigned, steps, findings.described(), findings.count());
  }

  private void onLeaf(LeafRow leaf, StoredRow row) {
    if (leaf.index() != nextIndex) {
      findings.add(
          "leaves %d to %d are missing%s"
              .formatted(nextIndex, leaf.index() - 1, heads.when(nextIndex)));
      isComplete = false;
    } else {
      requireNextRow(leaf);
    }
    int kind = leaf.kind().ordinal();
    lastRow[kind] = Math.max(lastRow[kind], leaf.rowId());
    compare(leaf, row);
    nextIndex = leaf.index() + 1;
    if (leaf.kind() == LeafKind.KEY) {
      heads.onKey(leaf.rowId(), findings);
    }
    if (isComplete) {
      tree.append(leaf.hash(), subtrees::onComputed);
      heads.onTree(tree, findings);
    }
  }

  /** Rows of a kind follow each other without gaps, so their leaves do as well. */
  private void requireNextRow(LeafRow leaf) {
    long due = lastRow[leaf.kind().ordinal()] + 1;
    if (leaf.rowId() != due && isComplete) {
      findings.add(
          "leaf %d is of %s %d, where %d was due: leaves were swapped, or one is missing%s"
              .formatted(
                  leaf.index(), leaf.kind().table(), leaf.rowId(), due, heads.when(leaf.index())));
    }
  }

  private void compare(LeafRow leaf, StoredRow row) {
    if (row == StoredRow.MISSING) {
      findings.missingRow(leaf, heads.when(leaf.index()));
      return;
    }
    present[leaf.kind().ordinal()]++;
    if (row instanceof StoredRow.Is is
        && Arrays.equals(text.of(is.value()).hash(hash), leaf.hash())) {
      equal++;
    } else {
      findings.add(
          "%s %d differs from its leaf %d%s: now %s"
              .formatted(
                  leaf.kind().table(),
                  leaf.rowId(),
                  leaf.index(),
                  heads.when(leaf.index()),
                  row instanceof StoredRow.Is is
                      ? text.of(is.value())
                      : "it makes no sense any more"));
    }
  }

  private void missingAtTheEnd() {
    long size = store.size();
    if (size > nextIndex) {
      findings.add(
          "leaves %d to %d are missing%s".formatted(nextIndex, size - 1, heads.when(nextIndex)));
    } else if (size < nextIndex) {
      findings.add(
          "the tree has %d leaves by its own word, and %d are there".formatted(size, nextIndex));
    }
  }

  private void rowsWithoutLeaf() {
    for (LeafKind kind : LeafKind.values()) {
      long more = store.rowCount(kind) - present[kind.ordinal()];
      if (more > 0) {
        findings.add(
            "%d rows of %s have no leaf: they were added beside the log, or their leaves removed;"
                    .formatted(more, kind.table())
                + " the last one with a leaf is "
                + lastRow[kind.ordinal()]);
      }
    }
  }
}
