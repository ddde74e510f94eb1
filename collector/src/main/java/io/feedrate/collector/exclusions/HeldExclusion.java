package io.feedrate.collector.exclusions;

import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.store.ExclusionRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An exclusion and what became of it.
 *
 * @param row what was entered. While the journal does not have it, the time that the journal got it
 *     is told as the end of time
 * @param withdrawal what took it back
 */
public record HeldExclusion(ExclusionRow row, Optional<ExclusionRow> withdrawal) {

  /** As the time that the journal got something that it does not have yet. */
  public static final long NOT_YET = Long.MAX_VALUE;

  private static final int ID_DIGITS = 10;

  /** What was entered. */
  public ExclusionRecord said() {
    return row.said();
  }

  /** Whether no collector has taken it to the journal yet, so that it does not count yet. */
  public boolean isWaiting() {
    return row.journaledNs() == NOT_YET;
  }

  /** Whether it was entered late; while it waits, at least so late. */
  public ExclusionRow.Late late() {
    return isWaiting() ? new ExclusionRow(said(), said().enteredNs()).late() : row.late();
  }

  /** Until when it holds: its end, or when the journal got its withdrawal; not before its begin. */
  public long heldUntilNs() {
    long cutNs = withdrawal.map(ExclusionRow::journaledNs).orElse(NOT_YET);
    return Math.max(said().fromNs(), Math.min(said().toNs(), cutNs));
  }

  /** A short name that its subject and interval have for ever: ten hex digits. */
  public String id() {
    return id(said());
  }

  static String id(ExclusionRecord said) {
    String text = said.subject() + '\n' + said.fromNs() + '\n' + said.toNs();
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
