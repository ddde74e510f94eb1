package io.feedrate.collector.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Who logged in at the page. A session is a random cookie, of which the hash is kept, in memory: a
 * restart ends all. There is a bounded number; the one that was quiet for longest goes first.
 *
 * <p><b>Thread</b>: any.
 */
final class Sessions {

  static final int MAX_SESSIONS = 256;
  static final long MAX_IDLE_NS = TimeUnit.HOURS.toNanos(12);
  static final long MAX_AGE_NS = TimeUnit.DAYS.toNanos(7);
  private static final int SECRET_BYTES = 32;

  private static final class Session {
    private final String tokenId;
    private final long sinceNs;
    private long usedNs;

    Session(String tokenId, long nowNs) {
      this.tokenId = tokenId;
      this.sinceNs = nowNs;
      this.usedNs = nowNs;
    }
  }

  private final LongSupplier nanoTime;
  private final SecureRandom random = new SecureRandom();
  private final LinkedHashMap<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param nanoTime a clock such as {@link System#nanoTime()}
   */
  Sessions(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Begins one.
   *
   * @param tokenId of the token that was shown
   * @return the cookie's value
   */
  synchronized String begin(String tokenId) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    sessions.put(hash(cookie), new Session(tokenId, nanoTime.getAsLong()));
    if (sessions.size() > MAX_SESSIONS) {
      Iterator<String> oldest = sessions.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return cookie;
  }

  /** The id of the token that this session was begun with, unless it ended. */
  synchronized Optional<String> tokenId(String cookie) {
    String key = hash(cookie); // found by its hash: how long that takes says nothing of a cookie
    Session session = sessions.get(key);
    if (session == null) {
      return Optional.empty();
    }
    long nowNs = nanoTime.getAsLong();
    if (nowNs - session.usedNs > MAX_IDLE_NS || nowNs - session.sinceNs > MAX_AGE_NS) {
      sessions.remove(key);
      return Optional.empty();
    }
    session.usedNs = nowNs;
    return Optional.of(session.tokenId);
  }

  synchronized void end(String cookie) {
    sessions.remove(hash(cookie));
  }

  private static String hash(String cookie) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(cookie.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
