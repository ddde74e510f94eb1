package io.feedrate.collector.store;

import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.journal.ExclusionSource;

/**
 * An interval of a subject that is out of scope, with who said so, why and when; or that such a one
 * is withdrawn. Rows are never changed: a withdrawal is a later row with the same subject and
 * bounds.
 *
 * @param said what was entered or observed
 * @param journaledNs when the journal got it, epoch nanoseconds: from then on it counts. Journal
 *     times do not run backwards, whatever is done to the system's clock
 */
public record ExclusionRow(ExclusionRecord said, long journaledNs) {

  /** When an exclusion was entered, compared with the time that it is about. */
  public enum Late {
    /** Before its interval began; or it was observed, and not entered. */
    NO,
    /** After its interval began. */
    AFTER_START,
    /** After its interval ended. */
    AFTER_END
  }

  /** One that was entered when the journal got it, of a source that nobody told. */
  public ExclusionRow(
      String subject, long fromNs, long toNs, String reason, String approver, long enteredNs) {
    this(
        new ExclusionRecord(
            ExclusionKind.EXCLUSION,
            subject,
            fromNs,
            toNs,
            reason,
            approver,
            ExclusionSource.OTHER,
            "",
            "",
            enteredNs,
            ""),
        enteredNs);
  }

  /**
   * Whether it was entered late. What decides is when the journal got it: only that time is bound
   * to the order of everything else. So also one that was typed in early enough, but with the
   * collector stopped, is late if the collector started only after its begin.
   */
  public Late late() {
    if (said.kind() != ExclusionKind.EXCLUSION || journaledNs <= said.fromNs()) {
      return Late.NO;
    }
    return journaledNs < said.toNs() ? Late.AFTER_START : Late.AFTER_END;
  }

  /** Whether another is about the same subject and interval. */
  public boolean isSameInterval(ExclusionRow other) {
    return said.subject().equals(other.said.subject())
        && said.fromNs() == other.said.fromNs()
        && said.toNs() == other.said.toNs();
  }
}
