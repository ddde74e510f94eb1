package io.feedrate.collector.journal;

/** What a record about an exclusion says. Ordinals are journaled: append only. */
public enum ExclusionKind {
  /** An interval is out of scope, says a person. */
  EXCLUSION,
  /** An exclusion with the same subject and bounds holds no longer, says a person. */
  WITHDRAWAL,
  /** An interval is out of scope, says a value that the machine sent; computed, not journaled. */
  OBSERVED;

  private static final ExclusionKind[] ALL = values();

  /** What a journal record says; old ones do not say it and are exclusions. */
  public static ExclusionKind of(int ordinal) {
    return ordinal >= 0 && ordinal < ALL.length ? ALL[ordinal] : EXCLUSION;
  }
}
