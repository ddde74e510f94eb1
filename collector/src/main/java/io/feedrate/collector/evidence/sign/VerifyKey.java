package io.feedrate.collector.evidence.sign;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key with its algorithm.
 *
 * @param publicKey in the algorithm's short encoding; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined over the contents, below
public record VerifyKey(SignatureAlgorithm algorithm, byte[] publicKey) {

  private static final int ID_BYTES = 16;
  private static final int NOTE_ID_BYTES = 4;

  /** Algorithm, colon, the first 32 hex digits of the SHA-256 of the public key. */
  public String id() {
    byte[] digest = sha256(publicKey);
    return algorithm.id() + ":" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
  }

  /** As a PEM file that other tools read, openssl among them. */
  public String pem() {
    byte[] info = algorithm.subjectPublicKeyInfo(publicKey);
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(info);
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }

  /**
   * The key of a PEM file.
   *
   * @throws IllegalArgumentException if it is none, or of an unknown algorithm
   */
  public static VerifyKey ofPem(String pem) {
    byte[] info =
        Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.ALL) {
      byte[] prefix = algorithm.subjectPublicKeyInfo(new byte[0]);
      if (info.length > prefix.length
          && Arrays.equals(info, 0, prefix.length, prefix, 0, prefix.length)) {
        return new VerifyKey(algorithm, Arrays.copyOfRange(info, prefix.length, info.length));
      }
    }
    throw new IllegalArgumentException("no public key of a known algorithm");
  }

  /** Whether it made this signature over these bytes. */
  public boolean verify(byte[] data, byte[] signature) {
    return algorithm.verify(publicKey, data, signature);
  }

  /** The short id by which a signed note names it: depends on the name as well. */
  int noteId(String keyName) {
    byte[] name = keyName.getBytes(StandardCharsets.UTF_8);
    ByteBuffer text = ByteBuffer.allocate(name.length + 2 + publicKey.length);
    text.put(name).put((byte) '\n').put(algorithm.noteType()).put(publicKey);
    return ByteBuffer.wrap(sha256(text.array()), 0, NOTE_ID_BYTES).getInt();
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof VerifyKey k
        && algorithm.id().equals(k.algorithm.id())
        && Arrays.equals(publicKey, k.publicKey);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(publicKey);
  }

  @Override
  public String toString() {
    return id();
  }
}
