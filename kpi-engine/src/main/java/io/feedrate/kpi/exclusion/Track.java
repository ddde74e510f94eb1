package io.feedrate.kpi.exclusion;

import io.feedrate.kpi.Snapshot;
import java.util.Arrays;

/**
 * Intervals of one subject in order, without those that lie within another: so both their starts
 * and their ends go up, and one look tells whether any of them covers a time wholly.
 */
final class Track {
  /** In place of a signal: no signal is left out. */
  static final int NO_SIGNAL = -1;

  final String subject;

  /** A signal that stays in scope. */
  final int but;

  private long[] fromNs = new long[2];
  private long[] toNs = new long[2];
  private int size;

  Track(String subject) {
    this(subject, NO_SIGNAL);
  }

  /** Intervals of a subject and all below it, but for one signal. */
  Track(String subject, int but) {
    this.subject = subject;
    this.but = but;
  }

  /** Adds an interval that is not empty. */
  void add(long from, long to) {
    int at = after(from);
    if (at > 0 && toNs[at - 1] >= to) {
      return;
    }
    int first = at > 0 && fromNs[at - 1] == from ? at - 1 : at;
    int last = first;
    while (last < size && toNs[last] <= to) {
      last++;
    }
    if (size == fromNs.length) {
      fromNs = Arrays.copyOf(fromNs, 2 * size);
      toNs = Arrays.copyOf(toNs, 2 * size);
    }
    System.arraycopy(fromNs, last, fromNs, first + 1, size - last);
    System.arraycopy(toNs, last, toNs, first + 1, size - last);
    fromNs[first] = from;
    toNs[first] = to;
    size += 1 - (last - first);
  }

  /** The first interval that starts later. */
  private int after(long ns) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (fromNs[middle] <= ns) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether one interval covers this one wholly. */
  boolean covers(long from, long to) {
    int at = after(from);
    return at > 0 && toNs[at - 1] >= to;
  }

  /** The first time from this one on that is within an interval, or the end of time. */
  long nextNs(long ns) {
    int at = after(ns);
    if (at > 0 && toNs[at - 1] > ns) {
      return ns;
    }
    return at < size ? fromNs[at] : Long.MAX_VALUE;
  }

  /** The end of the last interval that holds a time; that time where none does. */
  long untilNs(long ns) {
    int at = after(ns);
    return at > 0 ? Math.max(ns, toNs[at - 1]) : ns;
  }

  /** Forgets intervals that ended by a time, and the oldest of too many. */
  void forget(long untilNs, int most) {
    int n = Math.max(0, size - most);
    while (n < size && toNs[n] <= untilNs) {
      n++;
    }
    if (n > 0) {
      size -= n;
      System.arraycopy(fromNs, n, fromNs, 0, size);
      System.arraycopy(toNs, n, toNs, 0, size);
    }
  }

  /** Takes over all intervals of another. */
  void addAll(Track other) {
    for (int i = 0; i < other.size; i++) {
      add(other.fromNs[i], other.toNs[i]);
    }
  }

  void write(Snapshot.Writer out) {
    out.putInt(size);
    for (int i = 0; i < size; i++) {
      out.putLong(fromNs[i]);
      out.putLong(toNs[i]);
    }
  }

  void read(Snapshot.Reader in) {
    for (int n = in.getInt(); n > 0; n--) {
      add(in.getLong(), in.getLong());
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }
}
