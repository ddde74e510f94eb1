package io.feedrate.collector.access;

/** What somebody may do over HTTP. Commands need the rights of the data directory's files. */
public enum Permission {
  /** Look at figures, exclusions, documents and declarations. */
  READ,
  /** Look at the audit trail. */
  AUDIT,
  /** Take a bundle of evidence home. */
  EXPORT,
  /** Take intervals out of scope, and take that back. */
  EXCLUDE,
  /** Attach, review and withdraw documents; declare what does not apply. */
  STATE
}
