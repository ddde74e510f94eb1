package io.feedrate.kpi.window;

import org.jspecify.annotations.Nullable;

/**
 * What a tally counted in a window: a column for each kind that was counted at all, with a number
 * for each subject. Most kinds are rare, so most columns are never made; and whoever counts one
 * kind for many subjects in a row goes through memory in a row.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: once for each kind.
 */
final class Counts {
  private final int subjects;
  private final long[] @Nullable [] columns;

  Counts(int subjects, int kinds) {
    this.subjects = subjects;
    columns = new long[kinds][];
  }

  void add(int subject, int kind, long amount) {
    long[] column = columns[kind];
    if (column == null) {
      column = new long[subjects];
      columns[kind] = column;
    }
    column[subject] += amount;
  }

  /** A number for each subject, for each kind that has any; it grows with what is counted. */
  long[] @Nullable [] columns() {
    return columns;
  }

  long get(int subject, int kind) {
    long[] column = columns[kind];
    return column == null ? 0 : column[subject];
  }

  /** All that was counted for a subject, by kind. */
  long[] row(int subject) {
    long[] row = new long[columns.length];
    for (int kind = 0; kind < row.length; kind++) {
      row[kind] = get(subject, kind);
    }
    return row;
  }

  /** Which kinds of a subject are not 0, a bit for each. */
  long mask(int subject) {
    long mask = 0;
    for (int kind = 0; kind < columns.length; kind++) {
      if (get(subject, kind) != 0) {
        mask |= 1L << kind;
      }
    }
    return mask;
  }

  /** Whether two subjects have the same counts. */
  boolean isSame(int subject, int other) {
    for (long[] column : columns) {
      if (column != null && column[subject] != column[other]) {
        return false;
      }
    }
    return true;
  }

  /** Adds what a subject has in other counts of the same kinds. */
  void addRow(int subject, Counts from, int itsSubject) {
    for (int kind = 0; kind < columns.length; kind++) {
      long n = from.get(itsSubject, kind);
      if (n != 0) {
        add(subject, kind, n);
      }
    }
  }

  /** The same counts, with those of each subject added to all that it belongs to. */
  Counts rolledUp(Subjects tree) {
    Counts sums = new Counts(subjects, columns.length);
    for (int kind = 0; kind < columns.length; kind++) {
      long[] column = columns[kind];
      if (column != null) {
        long[] sum = column.clone();
        for (int s = subjects - 1; s >= 0; s--) {
          if (tree.parent(s) >= 0) {
            sum[tree.parent(s)] += sum[s];
          }
        }
        sums.columns[kind] = sum;
      }
    }
    return sums;
  }
}
