package io.feedrate.collector.evidence.sign;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.List;

/**
 * A way to sign. Public keys go by their usual short encoding.
 *
 * <p><b>Thread</b>: any.
 */
public interface SignatureAlgorithm {

  /** All there are. */
  List<SignatureAlgorithm> ALL = List.of(new Ed25519());

  /** The one for new keys. */
  SignatureAlgorithm DEFAULT = ALL.get(0);

  /** Its name in key ids, such as {@code ed25519}. */
  String id();

  /** Its signature type in signed notes, c2sp.org/signed-note. */
  byte noteType();

  /** New keys from the system's secure random numbers. */
  KeyPair generate();

  /** The short encoding of the public key of a pair. */
  byte[] publicKey(KeyPair pair);

  /** The private key of its PKCS#8 bytes. */
  PrivateKey privateKey(byte[] pkcs8);

  /** The X.509 SubjectPublicKeyInfo of a public key, which other tools read. */
  byte[] subjectPublicKeyInfo(byte[] publicKey);

  /** The signature of some bytes. */
  byte[] sign(PrivateKey key, byte[] data);

  /** Whether a signature is that of these bytes; false as well for what is no key or signature. */
  boolean verify(byte[] publicKey, byte[] data, byte[] signature);

  /**
   * The algorithm of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static SignatureAlgorithm of(String id) {
    return ALL.stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("unknown signature algorithm \"" + id + "\""));
  }
}
