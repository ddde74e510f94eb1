package io.feedrate.collector.evidence.log;

import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;

/**
 * Checks proofs: RFC 9162, sections 2.1.3.2 and 2.1.4.2.
 *
 * <p><b>Thread</b>: one at a time. <b>Errors</b>: whatever is wrong, the answer is false.
 */
public final class ProofCheck {
  private final MerkleHash hash;

  /** A checker of its own. */
  public ProofCheck(MerkleHash hash) {
    this.hash = hash;
  }

  /** Whether the leaf is that with this index in the tree with this size and root. */
  public boolean isIncluded(
      byte[] leafHash, long index, long size, byte[] root, List<byte[]> proof) {
    if (index < 0 || index >= size || !areHashes(proof) || leafHash.length != MerkleHash.LENGTH) {
      return false;
    }
    long node = index;
    long last = size - 1;
    byte[] found = leafHash;
    for (byte[] sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        found = hash.node(sibling, found);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        found = hash.node(found, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && MessageDigest.isEqual(found, root);
  }

  /** Whether the old tree is the beginning of the new one. */
  public boolean isConsistent(
      long oldSize, byte[] oldRoot, long size, byte[] root, List<byte[]> proof) {
    if (oldSize < 0 || oldSize > size || !areHashes(proof)) {
      return false;
    }
    if (oldSize == size) {
      return proof.isEmpty() && MessageDigest.isEqual(oldRoot, root);
    }
    if (oldSize == 0) {
      return proof.isEmpty() && MessageDigest.isEqual(oldRoot, hash.empty());
    }
    return leadsToBoth(oldSize, oldRoot, size, root, proof);
  }

  private boolean leadsToBoth(
      long oldSize, byte[] oldRoot, long size, byte[] root, List<byte[]> proof) {
    Iterator<byte[]> path = proof.iterator();
    if (!path.hasNext()) {
      return false;
    }
    boolean isPowerOfTwo = Long.bitCount(oldSize) == 1;
    byte[] oldFound = isPowerOfTwo ? oldRoot : path.next();
    byte[] found = oldFound;
    int perfect = Long.numberOfTrailingZeros(oldSize); // levels on which the old tree ends as one
    long node = (oldSize - 1) >> perfect;
    long last = (size - 1) >> perfect;
    while (path.hasNext()) {
      byte[] sibling = path.next();
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldFound = hash.node(sibling, oldFound);
        found = hash.node(sibling, found);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        found = hash.node(found, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0
        && MessageDigest.isEqual(oldFound, oldRoot)
        && MessageDigest.isEqual(found, root);
  }

  private static boolean areHashes(List<byte[]> proof) {
    return proof.stream().allMatch(each -> each.length == MerkleHash.LENGTH);
  }
}
