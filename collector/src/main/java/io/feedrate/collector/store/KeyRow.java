package io.feedrate.collector.store;

import java.util.Arrays;

/**
 * A key that signs heads of the log.
 *
 * @param keyId says algorithm and key
 * @param publicKey in the algorithm's short encoding; not to be changed
 * @param previousSignature of the former key over this one; empty for the first
 * @param sinceNs by the collector's clock
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined over the contents, below
public record KeyRow(
    String keyId, String algorithm, byte[] publicKey, byte[] previousSignature, long sinceNs) {

  @Override
  public boolean equals(Object o) {
    return o instanceof KeyRow k
        && keyId.equals(k.keyId)
        && algorithm.equals(k.algorithm)
        && Arrays.equals(publicKey, k.publicKey)
        && Arrays.equals(previousSignature, k.previousSignature)
        && sinceNs == k.sinceNs;
  }

  @Override
  public int hashCode() {
    return keyId.hashCode();
  }
}
