package io.feedrate.collector.evidence.log;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Makes proofs from the hashes of leaves: RFC 9162, sections 2.1.3.1 and 2.1.4.1. Each proof reads
 * every leaf of the tree once.
 *
 * <p><b>Thread</b>: one at a time.
 */
public final class Proofs {
  private final MerkleHash hash;
  private final LongFunction<byte[]> leaves;

  /**
   * Proofs of one log.
   *
   * @param leaves the hash of the leaf with an index from 0
   */
  public Proofs(MerkleHash hash, LongFunction<byte[]> leaves) {
    this.hash = hash;
    this.leaves = leaves;
  }

  /** The root over the first {@code size} leaves. */
  public byte[] root(long size) {
    return root(0, size);
  }

  /** The hashes that lead from a leaf to the root of a tree of {@code size} leaves. */
  public List<byte[]> inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf %d in a tree of %d".formatted(index, size));
    }
    List<byte[]> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + split(to - from);
      if (index < middle) {
        path.add(0, root(middle, to));
        to = middle;
      } else {
        path.add(0, root(from, middle));
        from = middle;
      }
    }
    return path;
  }

  /** That the first {@code oldSize} leaves of a tree of {@code size} are the old tree. */
  public List<byte[]> consistency(long oldSize, long size) {
    if (oldSize < 0 || oldSize > size) {
      throw new IllegalArgumentException("no tree of %d in one of %d".formatted(oldSize, size));
    }
    List<byte[]> path = new ArrayList<>();
    if (oldSize == 0 || oldSize == size) {
      return path;
    }
    long from = 0;
    long to = size;
    boolean isWholeOldTree = true;
    while (oldSize != to) {
      long middle = from + split(to - from);
      if (oldSize <= middle) {
        path.add(0, root(middle, to));
        to = middle;
      } else {
        path.add(0, root(from, middle));
        from = middle;
        isWholeOldTree = false;
      }
    }
    if (!isWholeOldTree) {
      path.add(0, root(from, to));
    }
    return path;
  }

  /** The largest power of two below {@code n}, which is at least 2. */
  private static long split(long n) {
    return Long.highestOneBit(n - 1);
  }

  private byte[] root(long from, long to) {
    Frontier frontier = new Frontier(hash);
    for (long i = from; i < to; i++) {
      frontier.append(leaves.apply(i));
    }
    return frontier.root();
  }
}
