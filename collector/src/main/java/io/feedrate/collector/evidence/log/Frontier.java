package io.feedrate.collector.evidence.log;

import java.util.Arrays;

/**
 * A tree that grows: of all its nodes it keeps only the roots of its perfect subtrees, one for each
 * bit that is set in its size, the largest first. These are enough to append and to know the root.
 *
 * <p><b>Thread</b>: one at a time. <b>Allocation</b>: a hash per append, two on average.
 */
public final class Frontier {

  /** Enough for every size that a long can tell. */
  private static final int MAX_HEIGHT = Long.SIZE - 1;

  private final MerkleHash hash;
  private final byte[][] roots = new byte[MAX_HEIGHT][];
  private int count;
  private long size;

  /** The empty tree. */
  public Frontier(MerkleHash hash) {
    this.hash = hash;
  }

  /**
   * A tree to go on with.
   *
   * @param size how many leaves it has
   * @param bytes what {@link #bytes()} returned then
   * @throws IllegalArgumentException if they do not fit together
   */
  public static Frontier of(MerkleHash hash, long size, byte[] bytes) {
    if (size < 0 || bytes.length != Long.bitCount(size) * MerkleHash.LENGTH) {
      throw new IllegalArgumentException(
          "a tree of %d leaves has no frontier of %d bytes".formatted(size, bytes.length));
    }
    Frontier frontier = new Frontier(hash);
    for (int from = 0; from < bytes.length; from += MerkleHash.LENGTH) {
      frontier.roots[frontier.count++] = Arrays.copyOfRange(bytes, from, from + MerkleHash.LENGTH);
    }
    frontier.size = size;
    return frontier;
  }

  /** Takes the perfect subtrees that become complete. */
  @FunctionalInterface
  public interface Completed {
    /**
     * One subtree.
     *
     * @param height its leaves are two to the power of this
     * @param index from 0, among those of its height
     * @param root not to be changed
     */
    void onSubtree(int height, long index, byte[] root);
  }

  /** Adds a leaf by its hash, which is kept and not to be changed. */
  public void append(byte[] leafHash) {
    append(leafHash, (height, index, root) -> {});
  }

  /** The same, and hands over the subtrees above the leaf that it completes, the smallest first. */
  public void append(byte[] leafHash, Completed completed) {
    byte[] root = leafHash;
    int height = 0;
    for (long bits = size; (bits & 1) == 1; bits >>= 1) {
      root = hash.node(roots[--count], root);
      height++;
      completed.onSubtree(height, size >>> height, root);
    }
    roots[count++] = root;
    size++;
  }

  /** How many leaves. */
  public long size() {
    return size;
  }

  /** The root of the tree as it is. */
  public byte[] root() {
    if (count == 0) {
      return hash.empty();
    }
    byte[] root = roots[count - 1];
    for (int i = count - 2; i >= 0; i--) {
      root = hash.node(roots[i], root);
    }
    return root.clone();
  }

  /** Its hashes one after the other, the largest subtree's first. */
  public byte[] bytes() {
    byte[] bytes = new byte[count * MerkleHash.LENGTH];
    for (int i = 0; i < count; i++) {
      System.arraycopy(roots[i], 0, bytes, i * MerkleHash.LENGTH, MerkleHash.LENGTH);
    }
    return bytes;
  }
}
