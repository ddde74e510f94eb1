package io.feedrate.collector.evidence.sign;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519, RFC 8032, of the JDK. Its public keys are 32 bytes, its signatures 64. */
final class Ed25519 implements SignatureAlgorithm {
  private static final String NAME = "Ed25519";
  private static final int KEY_LENGTH = 32;

  /** What stands before the key in a SubjectPublicKeyInfo, RFC 8410. */
  private static final byte[] INFO_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  @Override
  public String id() {
    return "ed25519";
  }

  @Override
  public byte noteType() {
    return 1;
  }

  @Override
  public KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance(NAME).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + NAME, e);
    }
  }

  @Override
  public byte[] publicKey(KeyPair pair) {
    byte[] info = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(info, info.length - KEY_LENGTH, info.length);
  }

  @Override
  public PrivateKey privateKey(byte[] pkcs8) {
    try {
      return KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no private key of " + NAME, e);
    }
  }

  @Override
  public byte[] subjectPublicKeyInfo(byte[] publicKey) {
    byte[] info = Arrays.copyOf(INFO_PREFIX, INFO_PREFIX.length + publicKey.length);
    System.arraycopy(publicKey, 0, info, INFO_PREFIX.length, publicKey.length);
    return info;
  }

  @Override
  public byte[] sign(PrivateKey key, byte[] data) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initSign(key);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  @Override
  public boolean verify(byte[] publicKey, byte[] data, byte[] signature) {
    if (publicKey.length != KEY_LENGTH) {
      return false;
    }
    try {
      X509EncodedKeySpec info = new X509EncodedKeySpec(subjectPublicKeyInfo(publicKey));
      PublicKey key = KeyFactory.getInstance(NAME).generatePublic(info);
      Signature verifier = Signature.getInstance(NAME);
      verifier.initVerify(key);
      verifier.update(data);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // not on the curve, or of another length
    }
  }
}
