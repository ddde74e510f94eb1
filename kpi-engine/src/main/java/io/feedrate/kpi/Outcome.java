package io.feedrate.kpi;

/**
 * What became of one required slot of one signal. Every slot gets exactly one outcome; where
 * several would apply, the one listed first wins (house definition, after OPC 10000-4 status
 * classes).
 *
 * <p>The ordinal is part of the snapshot and of stored counts: append only.
 */
public enum Outcome {
  /** A usable value of this slot, or proof that the last good one still held, by the deadline. */
  GOOD,
  /** A usable value of this slot, known after the deadline but before the watermark. */
  GOOD_LATE,
  /** The best value of this slot had an Uncertain status. */
  UNCERTAIN,
  /** The best value of this slot had a Bad status. */
  BAD,
  /** Values arrived, but each broke the schema, the range or the time limits. */
  INVALID,
  /** The source said that its queue overflowed in this slot. */
  LOST_OVERFLOW,
  /** The transport's sequence numbers show a gap over this slot. */
  LOST_TRANSPORT,
  /** The link was down, or not proven alive, and nothing came. */
  DISCONNECTED,
  /** The link was alive and a periodic value did not come. */
  SILENT,
  /** It cannot be known whether a usable value was there: counts into the upper bound only. */
  AMBIGUOUS,
  /** Out of scope by an exclusion from an independent source. */
  EXCLUDED;

  /** Number of outcomes, the length of every outcome count array. */
  public static final int COUNT = values().length;
}
