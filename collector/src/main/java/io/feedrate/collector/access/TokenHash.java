package io.feedrate.collector.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a token: {@code feedrate_ID_SECRET}, where the id finds the user and the secret
 * is 256 random bits. The hash is SHA-256 of salt and token: a slow one protects what people
 * choose, and nobody can try 2^256 secrets.
 *
 * @param id 12 hex digits, not secret
 * @param salt 32 hex digits
 * @param hash 64 hex digits
 */
public record TokenHash(String id, String salt, String hash) {

  private static final Pattern TOKEN = Pattern.compile("feedrate_([0-9a-f]{12})_[A-Za-z0-9_-]{43}");
  private static final int ID_BYTES = 6;
  private static final int SALT_BYTES = 16;
  private static final int SECRET_BYTES = 32;

  public TokenHash {
    requireHex(id, ID_BYTES);
    requireHex(salt, SALT_BYTES);
    requireHex(hash, SECRET_BYTES);
  }

  private static void requireHex(String text, int bytes) {
    if (!text.matches("[0-9a-f]{" + 2 * bytes + "}")) {
      throw new IllegalArgumentException("a token's hash needs " + 2 * bytes + " hex digits");
    }
  }

  /** A token that was just made; it exists here and nowhere else. */
  public record Made(String token, TokenHash hash) {
    /** Does not print the token. */
    @Override
    public String toString() {
      return "Made[" + hash.id + ", ***]";
    }
  }

  /** Makes a token. */
  public static Made make() {
    SecureRandom random = new SecureRandom();
    String id = HexFormat.of().formatHex(bytes(random, ID_BYTES));
    String salt = HexFormat.of().formatHex(bytes(random, SALT_BYTES));
    String secret =
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random, SECRET_BYTES));
    String token = "feedrate_" + id + "_" + secret;
    return new Made(token, new TokenHash(id, salt, HexFormat.of().formatHex(hash(salt, token))));
  }

  private static byte[] bytes(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The id in a token; empty if the text is none. */
  public static Optional<String> idOf(String token) {
    Matcher matcher = TOKEN.matcher(token);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether this is its token; takes as long for a right one as for a wrong one. */
  public boolean matches(String token) {
    return MessageDigest.isEqual(hash(salt, token), HexFormat.of().parseHex(hash));
  }

  private static byte[] hash(String salt, String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(HexFormat.of().parseHex(salt));
      return sha.digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
