package io.feedrate.collector.evidence.sign;

import java.security.PrivateKey;

/** A key that signs, with its public half. */
public final class SigningKey {
  private final VerifyKey verifyKey;
  private final PrivateKey privateKey;

  /** Both halves of one pair. */
  public SigningKey(VerifyKey verifyKey, PrivateKey privateKey) {
    this.verifyKey = verifyKey;
    this.privateKey = privateKey;
  }

  /** The public half. */
  public VerifyKey verifyKey() {
    return verifyKey;
  }

  /** The signature of some bytes. */
  public byte[] sign(byte[] data) {
    return verifyKey.algorithm().sign(privateKey, data);
  }

  /** Its id alone: what is secret is not printed. */
  @Override
  public String toString() {
    return verifyKey.id();
  }
}
