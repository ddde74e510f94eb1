package io.feedrate.collector.evidence.sign;

import java.security.KeyPair;

/** Keys for tests. */
public final class Ed25519Keys {
  private Ed25519Keys() {}

  /** One that nobody knows. */
  public static SigningKey fresh() {
    SignatureAlgorithm algorithm = SignatureAlgorithm.DEFAULT;
    KeyPair pair = algorithm.generate();
    return new SigningKey(new VerifyKey(algorithm, algorithm.publicKey(pair)), pair.getPrivate());
  }
}
