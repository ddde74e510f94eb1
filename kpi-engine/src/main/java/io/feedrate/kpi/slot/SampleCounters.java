package io.feedrate.kpi.slot;

import io.feedrate.kpi.Snapshot;

/**
 * What happened to samples since the journal's first record. A live view: read it on its thread.
 */
public final class SampleCounters {
  long samples;
  long duplicates;
  long withoutSourceTime;
  long tooLate;
  long clockSuspect;
  long overflows;
  long unknownSignal;
  long revised;
  long exclusionsTooLate;

  /** Samples of registered signals. */
  public long samples() {
    return samples;
  }

  /** Samples equal to the one before them in source time, status and value. */
  public long duplicates() {
    return duplicates;
  }

  /** Samples without source time, assigned by receive time. */
  public long withoutSourceTime() {
    return withoutSourceTime;
  }

  /** Samples that bettered a slot that was settled when they came. */
  public long revised() {
    return revised;
  }

  /** Samples of periodic signals whose slot was settled too long ago to be revised. */
  public long tooLate() {
    return tooLate;
  }

  /** Samples whose source clock was off by more than their signal's tolerance. */
  public long clockSuspect() {
    return clockSuspect;
  }

  /** Samples that told of an overflow. */
  public long overflows() {
    return overflows;
  }

  /** Samples of signals that the register in force does not have. */
  public long unknownSignal() {
    return unknownSignal;
  }

  /** Slots that were settled too long ago when an exclusion of them was entered. */
  public long exclusionsTooLate() {
    return exclusionsTooLate;
  }

  void copyFrom(SampleCounters o) {
    samples = o.samples;
    duplicates = o.duplicates;
    withoutSourceTime = o.withoutSourceTime;
    tooLate = o.tooLate;
    clockSuspect = o.clockSuspect;
    overflows = o.overflows;
    unknownSignal = o.unknownSignal;
    revised = o.revised;
    exclusionsTooLate = o.exclusionsTooLate;
  }

  void write(Snapshot.Writer out) {
    out.putLong(samples);
    out.putLong(duplicates);
    out.putLong(withoutSourceTime);
    out.putLong(tooLate);
    out.putLong(clockSuspect);
    out.putLong(overflows);
    out.putLong(unknownSignal);
    out.putLong(revised);
    out.putLong(exclusionsTooLate);
  }

  void read(Snapshot.Reader in) {
    samples = in.getLong();
    duplicates = in.getLong();
    withoutSourceTime = in.getLong();
    tooLate = in.getLong();
    clockSuspect = in.getLong();
    overflows = in.getLong();
    unknownSignal = in.getLong();
    revised = in.getLong();
    exclusionsTooLate = in.getLong();
  }
}
