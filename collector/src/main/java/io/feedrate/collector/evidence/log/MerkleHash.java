package io.feedrate.collector.evidence.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The three hashes of a tree, RFC 9162, section 2.1.1.
 *
 * <p><b>Thread</b>: one at a time; it reuses its digest. <b>Allocation</b>: the 32 bytes returned.
 */
public final class MerkleHash {

  /** Length of a hash in bytes. */
  public static final int LENGTH = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256;

  /** A hasher of its own. */
  public MerkleHash() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** The root of a tree without leaves. */
  public byte[] empty() {
    return sha256.digest();
  }

  /** The hash of a leaf with this data. */
  public byte[] leaf(byte[] data) {
    return leaf(data, data.length);
  }

  /** The hash of a leaf whose data are the first bytes of an array. */
  public byte[] leaf(byte[] data, int length) {
    sha256.update(LEAF);
    sha256.update(data, 0, length);
    return sha256.digest();
  }

  /** The hash of a node over its two children. */
  public byte[] node(byte[] left, byte[] right) {
    sha256.update(NODE);
    sha256.update(left);
    sha256.update(right);
    return sha256.digest();
  }
}
