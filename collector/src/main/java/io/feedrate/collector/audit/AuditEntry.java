package io.feedrate.collector.audit;

import java.time.Instant;
import java.util.Locale;

/**
 * One thing that somebody did. Texts are cut at {@link #MAX_TEXT} characters.
 *
 * @param at when, by the machine's clock
 * @param who did it
 * @param on what it was done to: an indicator and the digest of a document, the id of an exclusion,
 *     the digest of a bundle, the id of a key, the name of a user
 */
public record AuditEntry(Instant at, Actor who, Action action, String on) {

  /** The longest text, characters. */
  public static final int MAX_TEXT = 1_000;

  /** What was done. Names are written to files: they never change. */
  public enum Action {
    EXPORTED,
    EXCLUDED,
    EXCLUSION_WITHDRAWN,
    DOCUMENT_ATTACHED,
    DOCUMENT_REVIEWED,
    DOCUMENT_WITHDRAWN,
    DECLARED,
    KEY_ROTATED,
    USER_ADDED,
    USER_REMOVED,
    LOGINS_FAILED;

    /** The word for people and files: key-rotated. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public AuditEntry {
    on = cut(on);
  }

  private static String cut(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1));
    return text.substring(0, splitsPair ? MAX_TEXT - 1 : MAX_TEXT);
  }
}
