package io.feedrate.collector.evidence.sign;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a log says of itself, as in c2sp.org/tlog-checkpoint: three lines, origin, size and root in
 * base64, and as an extension line when it said so. Extension lines of others are read over.
 *
 * @param origin name of the log
 * @param size how many leaves
 * @param root hash over them; not to be changed
 * @param signed when, by the clock of the machine; empty where it does not say
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined over the contents, below
public record TreeHead(String origin, long size, byte[] root, Optional<Instant> signed) {

  private static final String SIGNED = "signed ";
  private static final int LINES = 3;
  private static final int ROOT_LENGTH = 32;

  /**
   * Reads the text of a note.
   *
   * @throws IllegalArgumentException if it is no tree head
   */
  public static TreeHead parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < LINES || lines.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("no tree head: it takes origin, size and root");
    }
    if (!lines.get(1).matches("0|[1-9]\\d{0,18}")) {
      throw new IllegalArgumentException("no size of a tree: \"" + lines.get(1) + "\"");
    }
    byte[] root = Base64.getDecoder().decode(lines.get(2));
    if (root.length != ROOT_LENGTH) {
      throw new IllegalArgumentException("no root: \"" + lines.get(2) + "\"");
    }
    Optional<Instant> signed =
        lines.stream()
            .skip(LINES)
            .filter(line -> line.startsWith(SIGNED))
            .findFirst()
            .map(line -> instant(line.substring(SIGNED.length())));
    return new TreeHead(lines.get(0), Long.parseLong(lines.get(1)), root, signed);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no time of signing: \"" + text + "\"", e);
    }
  }

  /** The text that is signed. */
  public String text() {
    return "%s\n%d\n%s\n%s"
        .formatted(
            origin,
            size,
            Base64.getEncoder().encodeToString(root),
            signed.map(at -> SIGNED + at + "\n").orElse(""));
  }

  /** This head with a signature under the name of its origin. */
  public SignedNote sign(SigningKey key) {
    return SignedNote.sign(text(), origin, key);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TreeHead h
        && origin.equals(h.origin)
        && size == h.size
        && Arrays.equals(root, h.root)
        && signed.equals(h.signed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(root);
  }

  @Override
  public String toString() {
    return text();
  }
}
