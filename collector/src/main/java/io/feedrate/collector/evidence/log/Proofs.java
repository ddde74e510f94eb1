package io.feedrate.collector.evidence.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes proofs from the hashes of a tree: RFC 9162, sections 2.1.3.1 and 2.1.4.1, and {@link
 * #disclosure} for many leaves at once.
 *
 * <p><b>Thread</b>: one at a time.
 */
public final class Proofs {

  /**
   * Every so many levels of the tree {@link Subtrees} may know hashes, so that proofs are quick.
   */
  public static final int STEP = 8;

  private final MerkleHash hash;
  private final Subtrees subtrees;

  /** Hashes of a tree. */
  @FunctionalInterface
  public interface Subtrees {
    /**
     * The root of a perfect subtree; empty where it is not known, which that of a leaf always is.
     *
     * @param height a multiple of {@link #STEP}; 0 asks for the leaf itself
     * @param index from 0, among those of its height
     */
    Optional<byte[]> root(int height, long index);
  }

  /** Proofs of one log. */
  public Proofs(MerkleHash hash, Subtrees subtrees) {
    this.hash = hash;
    this.subtrees = subtrees;
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
  static long split(long n) {
    return Long.highestOneBit(n - 1);
  }

  /**
   * The hashes that, together with the hashes of some leaves, make the root of a tree of {@code
   * size} leaves: of each largest subtree in which none of these leaves is, from the left to the
   * right. Who has the leaves walks the tree in the same order: {@link Disclosure}.
   *
   * @param disclosed indexes of leaves, ascending
   */
  public List<byte[]> disclosure(long[] disclosed, long size) {
    List<byte[]> hidden = new ArrayList<>();
    if (size > 0) {
      hide(disclosed, 0, disclosed.length, 0, size, hidden);
    }
    return hidden;
  }

  private void hide(long[] disclosed, int first, int end, long from, long to, List<byte[]> hidden) {
    if (first == end) {
      hidden.add(root(from, to));
    } else if (end - first < to - from) { // else all are disclosed
      long middle = from + split(to - from);
      int at = Arrays.binarySearch(disclosed, first, end, middle);
      int cut = at < 0 ? -at - 1 : at; // the first that is not before the middle
      hide(disclosed, first, cut, from, middle, hidden);
      hide(disclosed, cut, end, middle, to, hidden);
    }
  }

  private byte[] root(long from, long to) {
    long length = to - from;
    if (length == 0) {
      return hash.empty();
    }
    int height = Long.numberOfTrailingZeros(length);
    if (Long.bitCount(length) == 1 && height % STEP == 0 && from % length == 0) {
      Optional<byte[]> known = subtrees.root(height, from >>> height);
      if (known.isPresent()) {
        return known.get();
      }
      if (height == 0) {
        throw new IllegalArgumentException("there is no leaf " + from);
      }
    }
    long middle = from + split(length);
    return hash.node(root(from, middle), root(middle, to));
  }
}
