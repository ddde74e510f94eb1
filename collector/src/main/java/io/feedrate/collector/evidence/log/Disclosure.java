package io.feedrate.collector.evidence.log;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/**
 * The root of a tree from some of its leaves and the hashes of what is between them, as {@link
 * Proofs#disclosure} gives them. Leaves are asked for one by one, so memory does not grow with
 * them.
 *
 * <p><b>Thread</b>: one at a time.
 */
public final class Disclosure {

  /** Leaves that are known, by ascending index. */
  public interface Leaves {

    /** Where no leaf comes any more. */
    long NONE = Long.MAX_VALUE;

    /** Index of the leaf that comes next, or {@link #NONE}. */
    long index() throws IOException;

    /** Hash of that leaf; the one after it comes next then. */
    byte[] take() throws IOException;
  }

  private final MerkleHash hash;
  private final Leaves leaves;
  private final Iterator<byte[]> hidden;

  private Disclosure(MerkleHash hash, Leaves leaves, Iterator<byte[]> hidden) {
    this.hash = hash;
    this.leaves = leaves;
    this.hidden = hidden;
  }

  /**
   * The root that these lead to; empty if they do not fit together: a leaf outside the tree, leaves
   * out of order, a hash too few or too many.
   *
   * @param size of the tree
   * @param hidden hashes of the subtrees without any of the leaves, from the left to the right
   */
  public static Optional<byte[]> root(
      MerkleHash hash, long size, Leaves leaves, Iterator<byte[]> hidden) throws IOException {
    if (size <= 0) {
      return Optional.empty();
    }
    Disclosure walk = new Disclosure(hash, leaves, hidden);
    Optional<byte[]> root = walk.root(0, size);
    return leaves.index() == Leaves.NONE && !hidden.hasNext() ? root : Optional.empty();
  }

  private Optional<byte[]> root(long from, long to) throws IOException {
    long next = leaves.index();
    if (next >= to) {
      return hidden.hasNext() ? Optional.of(hidden.next()) : Optional.empty();
    }
    if (next < from) {
      return Optional.empty();
    }
    if (to - from == 1) {
      return Optional.of(leaves.take());
    }
    long middle = from + Proofs.split(to - from);
    Optional<byte[]> left = root(from, middle);
    if (left.isEmpty()) {
      return left;
    }
    Optional<byte[]> right = root(middle, to);
    return right.isEmpty() ? right : Optional.of(hash.node(left.get(), right.get()));
  }
}
