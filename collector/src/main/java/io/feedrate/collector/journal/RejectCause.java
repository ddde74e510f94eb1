package io.feedrate.collector.journal;

/** Why something received became a reject record. Ordinals are journaled: append only. */
public enum RejectCause {
  /** Not JSON, or not what the topic's schema says. */
  MALFORMED,
  /** Larger than the limit. */
  TOO_LARGE,
  /** No signal of this name is registered for this source. */
  UNKNOWN_SIGNAL,
  /** The topic fits no source or no kind of message. */
  UNKNOWN_TOPIC,
  /** A time that cannot be read, or is outside of 1970 to 2262. */
  BAD_TIME,
  /** A value of a type that the signal cannot have. */
  WRONG_TYPE,
  /** A field that must be there is not. */
  MISSING_FIELD
}
