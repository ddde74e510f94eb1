package io.feedrate.collector.journal;

/**
 * An exclusion, or its withdrawal, as a person entered it.
 *
 * @param subject path of an asset or signal; of a withdrawal, with the bounds, those of what it
 *     takes back
 * @param fromNs begin, inclusive, epoch nanoseconds
 * @param toNs end, exclusive
 * @param approver who is responsible for it
 * @param reference number of an order, UID of a calendar's event, or ""
 * @param enteredBy who typed it in, or where it was read
 * @param enteredNs when it was entered, by the clock of the machine on which it was
 * @param entry SHA-256 of its line in the file of entries, or ""
 */
public record ExclusionRecord(
    ExclusionKind kind,
    String subject,
    long fromNs,
    long toNs,
    String reason,
    String approver,
    ExclusionSource source,
    String reference,
    String enteredBy,
    long enteredNs,
    String entry) {

  /** The same with the digest of its line. */
  public ExclusionRecord withEntry(String digest) {
    return new ExclusionRecord(
        kind, subject, fromNs, toNs, reason, approver, source, reference, enteredBy, enteredNs,
        digest);
  }
}
