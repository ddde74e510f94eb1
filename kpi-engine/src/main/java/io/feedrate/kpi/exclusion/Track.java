package io.feedrate.kpi.exclusion;

import java.util.Arrays;

/**
 * Intervals of one subject in order, without those that lie within another: so both their starts
 * and their ends go up, and one look tells whether any of them covers a time wholly.
 */
final class Track {
  final String subject;
  private long[] fromNs = new long[2];
  private long[] toNs = new long[2];
  private int size;

  Track(String subject) {
    this.subject = subject;
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

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }
}
