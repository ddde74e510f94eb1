package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Snapshot;
import java.util.Arrays;

/**
 * When one alarm was raised and cleared lately, in order of time whatever order it came in. What is
 * found in it depends on the times alone. An activation lasts from a raise to the first clear after
 * it, or to the next raise: then its clear is missing. A clear at the very time of a raise belongs
 * to the activation before it, if that is still open.
 *
 * <p><b>Thread</b>: the engine's. <b>Units</b>: epoch ns. <b>Bounds</b>: the last {@link #KEPT}
 * raises and clears.
 */
final class AlarmHistory {
  /** How many of each are kept: four times what a chattering episode needs to be told. */
  static final int KEPT = 32;

  /** A time that has not come. */
  static final long NONE = Long.MIN_VALUE;

  /** Raised this often again ... */
  static final int CHATTERING_AGAIN = 3;

  /** ... within this time: the alarm chatters. */
  static final long CHATTERING_NS = 60_000_000_000L;

  /** Cleared within this time: the alarm was fleeting. */
  static final long FLEETING_NS = 3_000_000_000L;

  /** Path of the asset. */
  final String subject;

  /** Fingerprint of the alarm. */
  final long key;

  /** When anything was last heard of it, by receipt. */
  long heardNs;

  private long[] raised = new long[4];
  private long[] cleared = new long[4];
  private int raises;
  private int clears;

  AlarmHistory(String subject, long key) {
    this.subject = subject;
    this.key = key;
  }

  boolean wasRaised(long ns) {
    return Arrays.binarySearch(raised, 0, raises, ns) >= 0;
  }

  boolean wasCleared(long ns) {
    return Arrays.binarySearch(cleared, 0, clears, ns) >= 0;
  }

  /** Forgets the oldest raise or clear where there is no room for another. */
  void makeRoom() {
    if (raises == KEPT) {
      System.arraycopy(raised, 1, raised, 0, --raises);
    }
    if (clears == KEPT) {
      System.arraycopy(cleared, 1, cleared, 0, --clears);
    }
  }

  /** It was raised, at a time that is new. */
  void raise(long ns) {
    raised = insert(raised, raises++, ns);
  }

  /** It was cleared, at a time that is new. */
  void clear(long ns) {
    cleared = insert(cleared, clears++, ns);
  }

  private static long[] insert(long[] times, int n, long ns) {
    long[] room = n < times.length ? times : Arrays.copyOf(times, 2 * n);
    int i = n;
    while (i > 0 && room[i - 1] > ns) {
      room[i] = room[i - 1];
      i--;
    }
    room[i] = ns;
    return room;
  }

  /** Since when it is active, or {@link #NONE} if it is not. */
  long activeSinceNs() {
    return raises == 0 || endsNs()[raises - 1] != NONE ? NONE : raised[raises - 1];
  }

  /** Whether it had been active for longer than some time at a time. */
  boolean wasLongActive(long atNs, long longerThanNs) {
    if (raises == 0 || atNs - raised[0] <= longerThanNs) {
      return false;
    }
    long[] ends = endsNs();
    int i = raises - 1;
    while (i > 0 && raised[i] > atNs) {
      i--;
    }
    return atNs - raised[i] > longerThanNs && (ends[i] == NONE || ends[i] > atNs);
  }

  /** The raises whose activation was cleared within {@link #FLEETING_NS}. */
  long[] fleeting() {
    long[] ends = endsNs();
    long[] found = new long[raises];
    int n = 0;
    for (int i = 0; i < raises; i++) {
      if (ends[i] != NONE && ends[i] - raised[i] <= FLEETING_NS) {
        found[n++] = raised[i];
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** The raises that began an episode of chattering. */
  long[] chattering() {
    long[] found = new long[raises];
    int n = 0;
    int last = -1 - CHATTERING_AGAIN;
    for (int i = 0; i + CHATTERING_AGAIN < raises; i++) {
      if (raised[i + CHATTERING_AGAIN] - raised[i] <= CHATTERING_NS) {
        if (i - last > CHATTERING_AGAIN) {
          found[n++] = raised[i];
        }
        last = i;
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** When the activation of each raise was cleared, or {@link #NONE}. */
  private long[] endsNs() {
    long[] ends = new long[raises];
    int c = 0;
    for (int i = 0; i < raises; i++) {
      while (c < clears && cleared[c] < raised[i]) {
        c++;
      }
      boolean isLast = i == raises - 1;
      boolean isIts = c < clears && (isLast || cleared[c] <= raised[i + 1]);
      ends[i] = isIts ? cleared[c++] : NONE;
    }
    return ends;
  }

  void write(Snapshot.Writer out) {
    out.putText(subject);
    out.putLong(key);
    out.putLong(heardNs);
    write(out, raised, raises);
    write(out, cleared, clears);
  }

  private static void write(Snapshot.Writer out, long[] times, int n) {
    out.putVarint(n);
    for (int i = 0; i < n; i++) {
      if (i == 0) {
        out.putLong(times[0]);
      } else {
        out.putVarint(times[i] - times[i - 1]);
      }
    }
  }

  static AlarmHistory read(Snapshot.Reader in) {
    AlarmHistory its = new AlarmHistory(in.getText(), in.getLong());
    its.heardNs = in.getLong();
    its.raises = in.getCount();
    its.raised = readTimes(in, its.raises);
    its.clears = in.getCount();
    its.cleared = readTimes(in, its.clears);
    return its;
  }

  private static long[] readTimes(Snapshot.Reader in, int n) {
    long[] times = new long[Math.max(4, n)];
    for (int i = 0; i < n; i++) {
      times[i] = i == 0 ? in.getLong() : times[i - 1] + in.getVarint();
    }
    return times;
  }
}
