package io.feedrate.collector.web;

import io.feedrate.kpi.Outcome;

/** What goes wrong in the demo plant: a pure function of subject and time. */
final class DemoTrouble {

  private DemoTrouble() {}

  static OutcomeCounts counts(String subject, long start, int slots) {
    long[] c = new long[Outcome.COUNT];
    long minute = start / 60;
    long noise = Math.floorMod(subject.hashCode() * 31L + minute * 2_654_435_761L, 97);
    if (subject.contains("cnc-01")) {
      set(c, Outcome.GOOD_LATE, noise % 3);
    } else if (subject.contains("cnc-02")) {
      set(c, Outcome.SILENT, minute % 17 < 4 ? 60 + noise : 0);
      set(c, Outcome.BAD, minute % 29 == 0 ? 24 : 0);
    } else if (subject.contains("cnc-03")) {
      set(c, Outcome.LOST_OVERFLOW, 6 + noise / 6);
      set(c, Outcome.GOOD_LATE, 30 + noise / 2);
    } else if (subject.contains("cnc-04")) {
      boolean cut = minute % 41 < 6;
      set(c, Outcome.DISCONNECTED, cut ? slots - 40 : 0);
      set(c, Outcome.AMBIGUOUS, cut ? 40 : 0);
    } else if (subject.contains("cnc-05")) {
      set(c, Outcome.EXCLUDED, minute % 60 < 12 ? slots : 0);
    } else if (subject.contains("vision-02")) {
      set(c, Outcome.LOST_TRANSPORT, noise % 11 == 0 ? 90 : 2);
      set(c, Outcome.UNCERTAIN, minute % 23 < 5 ? 50 : 0);
      set(c, Outcome.INVALID, minute % 37 == 0 ? 70 : 0);
    }
    long used = 0;
    for (long each : c) {
      used += each;
    }
    set(c, Outcome.GOOD, slots - used);
    return OutcomeCounts.of(c);
  }

  private static void set(long[] counts, Outcome outcome, long n) {
    counts[outcome.ordinal()] = n;
  }
}
