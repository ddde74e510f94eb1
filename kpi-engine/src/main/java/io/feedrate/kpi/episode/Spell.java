package io.feedrate.kpi.episode;

/**
 * One thing that was watched, in ns of its own age: 0 is where its clock starts.
 *
 * <p>An age may be negative: where start and end are stamped by two clocks, their offset may exceed
 * the duration. It is kept, never made 0.
 *
 * @param entryNs age from which it was watched; 0 = from the start, which is before any event,
 *     negative ones too. Not negative.
 * @param earliestNs age at which it can have ended at the earliest. It was open at its entry, so an
 *     earlier age than a late entry becomes the entry's.
 * @param latestNs age at which it can have ended at the latest; equal to the earliest where the end
 *     is known exactly
 * @param cause why it is watched no more
 */
public record Spell(long entryNs, long earliestNs, long latestNs, Cause cause) {

  /** Why a spell is watched no more. */
  public enum Cause {
    /** It had the event that is asked for. */
    EVENT,
    /** It ended otherwise and cannot have the event any more. */
    COMPETING,
    /** It was still open when last looked at. */
    CENSORED
  }

  public Spell {
    if (entryNs < 0) {
      throw new IllegalArgumentException("entry before the start: " + entryNs);
    }
    if (earliestNs > latestNs || (entryNs > 0 && latestNs < entryNs)) {
      throw new IllegalArgumentException(
          "ends before it can: entry " + entryNs + ", end " + earliestNs + " to " + latestNs);
    }
    if (entryNs > 0) {
      earliestNs = Math.max(earliestNs, entryNs);
    }
  }

  /** One that was watched from its start to an exact age. */
  public static Spell of(long exitNs, Cause cause) {
    return new Spell(0, exitNs, exitNs, cause);
  }

  /** One that was watched from an age on, to an exact age. */
  public static Spell entering(long entryNs, long exitNs, Cause cause) {
    return new Spell(entryNs, exitNs, exitNs, cause);
  }

  boolean isExact() {
    return earliestNs == latestNs;
  }

  /** Whether it came into view at the very age at which it ended. */
  boolean isInstant(long exitNs) {
    return entryNs > 0 && entryNs == exitNs && cause != Cause.CENSORED;
  }
}
