package io.feedrate.collector.evidence.sign;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What a log says of itself, as in c2sp.org/tlog-checkpoint: three lines, origin, size and root in
 * base64. Extension lines of others are read over.
 *
 * @param origin name of the log
 * @param size how many leaves
 * @param root hash over them; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined over the contents, below
public record TreeHead(String origin, long size, byte[] root) {

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
    return new TreeHead(lines.get(0), Long.parseLong(lines.get(1)), root);
  }

  /** The text that is signed. */
  public String text() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
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
        && Arrays.equals(root, h.root);
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
