package io.feedrate.collector.oscal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs of version 5 (RFC 9562, 5.5): the same name gives the same. */
final class NamedUuid {

  /** That of Feedrate's OSCAL documents: the version 5 of their namespace's URL. */
  static final UUID FEEDRATE = of(new UUID(0x6ba7b8119dad11d1L, 0x80b400c04fd430c8L), Props.NS);

  private NamedUuid() {}

  static UUID of(UUID namespace, String name) {
    ByteBuffer bytes = ByteBuffer.wrap(sha1(namespace, name));
    long high = (bytes.getLong() & ~0xf000L) | 0x5000L;
    long low = (bytes.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static byte[] sha1(UUID namespace, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(
          ByteBuffer.allocate(2 * Long.BYTES)
              .putLong(namespace.getMostSignificantBits())
              .putLong(namespace.getLeastSignificantBits())
              .flip());
      return digest.digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
