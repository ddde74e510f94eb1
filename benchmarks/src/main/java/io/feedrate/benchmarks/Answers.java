package io.feedrate.benchmarks;

import java.util.Objects;

/**
 * What somebody computed: for each signal and minute the numbers of one-second slots with a usable
 * value in time, with one that was late, with a bad one only, and without any. Kept as sums and as
 * a sum of hashes, so that it does not matter in which order answers come, and two are equal only
 * if all their parts are.
 *
 * <p>Minutes before the trace's start do not count: what was held back then is nobody's question.
 */
public final class Answers {

  /** Slots in a window. */
  public static final int SLOTS = 60;

  /** Length of a window. */
  public static final long WINDOW_NS = SLOTS * Trace.SECOND_NS;

  private long windows;
  private long good;
  private long late;
  private long bad;
  private long missing;
  private long hash;

  /** Takes the answer for one signal and window. */
  public void add(
      int signal, long windowStartNs, long itsGood, long itsLate, long itsBad, long itsMissing) {
    if (windowStartNs < Trace.START_NS) {
      return;
    }
    windows++;
    good += itsGood;
    late += itsLate;
    bad += itsBad;
    missing += itsMissing;
    long window = (windowStartNs - Trace.START_NS) / WINDOW_NS;
    long parts = itsGood | itsLate << 8 | itsBad << 16 | itsMissing << 24 | window << 32;
    hash += mix(parts ^ mix(signal));
  }

  private static long mix(long value) {
    long v = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    v = (v ^ (v >>> 27)) * 0x94d049bb133111ebL;
    return v ^ (v >>> 31);
  }

  /** Windows of signals answered. */
  public long windows() {
    return windows;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Answers a && toString().equals(a.toString());
  }

  @Override
  public int hashCode() {
    return Objects.hash(hash);
  }

  @Override
  public String toString() {
    return "windows=%d;good=%d;late=%d;bad=%d;missing=%d;hash=%x"
        .formatted(windows, good, late, bad, missing, hash);
  }
}
