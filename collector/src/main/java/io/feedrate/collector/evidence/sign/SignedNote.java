package io.feedrate.collector.evidence.sign;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Text with signatures as in c2sp.org/signed-note: the text, which ends with a newline, an empty
 * line, and for each signature a line of an em dash, the key's name, and base64 of the key's short
 * id and the signature.
 *
 * @param text with its last newline
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

  private static final String DASH = "\u2014 ";
  private static final int MAX_SIGNATURES = 100;

  public SignedNote {
    signatures = List.copyOf(signatures);
  }

  /**
   * One signature line.
   *
   * @param keyId the short id of the key
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record NoteSignature(String keyName, int keyId, byte[] signature) {}

  /** A text signed by one key. */
  public static SignedNote sign(String text, String keyName, SigningKey key) {
    requireText(text);
    if (!isKeyName(keyName)) {
      throw new IllegalArgumentException("no key name: \"" + keyName + "\"");
    }
    byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
    int keyId = key.verifyKey().noteId(keyName);
    return new SignedNote(text, List.of(new NoteSignature(keyName, keyId, signature)));
  }

  /**
   * Reads a note; its signatures are not looked at.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static SignedNote parse(String note) {
    int split = note.lastIndexOf("\n\n");
    if (split < 0 || !note.endsWith("\n") || split + 2 == note.length()) {
      throw new IllegalArgumentException("no signatures after an empty line");
    }
    String text = note.substring(0, split + 1);
    requireText(text);
    List<String> lines = note.substring(split + 2).lines().toList();
    if (lines.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("more than " + MAX_SIGNATURES + " signatures");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : lines) {
      signatures.add(signature(line));
    }
    return new SignedNote(text, signatures);
  }

  private static NoteSignature signature(String line) {
    String[] parts = line.split(" ", -1);
    if (!line.startsWith(DASH) || parts.length != 3 || !isKeyName(parts[1])) {
      throw new IllegalArgumentException("no signature line: \"" + line + "\"");
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(parts[2]));
    if (bytes.remaining() <= Integer.BYTES) {
      throw new IllegalArgumentException("no signature in line: \"" + line + "\"");
    }
    int keyId = bytes.getInt();
    byte[] signature = new byte[bytes.remaining()];
    bytes.get(signature);
    return new NoteSignature(parts[1], keyId, signature);
  }

  private static void requireText(String text) {
    if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw new IllegalArgumentException("a note's text ends with a newline and has no controls");
    }
  }

  private static boolean isKeyName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(c -> c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  /** Whether a signature line names this key; nothing is verified. */
  public boolean names(VerifyKey key) {
    return signatures.stream().anyMatch(each -> each.keyId() == key.noteId(each.keyName()));
  }

  /** Whether it names this key, and every line that does holds that key's signature. */
  public boolean isSignedBy(VerifyKey key) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    return names(key)
        && signatures.stream()
            .filter(each -> each.keyId() == key.noteId(each.keyName()))
            .allMatch(each -> key.verify(data, each.signature()));
  }

  /** As it is sent and kept. */
  @Override
  public String toString() {
    StringBuilder note = new StringBuilder(text).append('\n');
    for (NoteSignature each : signatures) {
      ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + each.signature().length);
      bytes.putInt(each.keyId()).put(each.signature());
      String base64 = Base64.getEncoder().encodeToString(bytes.array());
      note.append(DASH).append(each.keyName()).append(' ').append(base64).append('\n');
    }
    return note.toString();
  }
}
