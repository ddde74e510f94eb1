package io.feedrate.collector.evidence;

import io.feedrate.collector.evidence.log.Proofs;
import io.feedrate.collector.store.LogReader;
import java.util.Arrays;
import java.util.Optional;

/** Compares the roots of subtrees that proofs are made from with those of the leaves. */
final class StoredSubtrees {
  private final LogReader store;
  private long computed;
  private String firstWrong = "";
  private long wrong;

  StoredSubtrees(LogReader store) {
    this.store = store;
  }

  /** The leaves lead to this root. */
  void onComputed(int height, long index, byte[] root) {
    if (height % Proofs.STEP != 0) {
      return;
    }
    computed++;
    Optional<byte[]> stored = store.subtree(height, index);
    if (stored.isEmpty() || !Arrays.equals(stored.get(), root)) {
      if (wrong++ == 0) {
        firstWrong = "log_node of height %d, number %d".formatted(height, index);
      }
    }
  }

  void end(Findings findings) {
    if (wrong > 0) {
      findings.add(
          "%s is missing or not the root of its leaves, and %d more: proofs would be wrong"
              .formatted(firstWrong, wrong - 1));
    }
    long more = store.subtreeCount() - computed;
    if (wrong == 0 && more > 0) {
      findings.add("log_node has %d rows that no leaves stand under".formatted(more));
    }
  }
}
