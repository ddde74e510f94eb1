package io.feedrate.kpi;

import java.util.Arrays;

/**
 * The last few event ids of each subject, so that an event that is delivered twice, as MQTT's "at
 * least once" may do, counts once. A repetition comes soon: what is in flight at a time is bounded.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 after construction. <b>Memory</b>: 260 B per
 * subject.
 */
public final class RecentIds {
  /** In place of an id that was not told: never a repetition. */
  public static final long NONE = 0;

  /** Ids remembered for each subject; brokers have 10 to 20 messages in flight. */
  private static final int REMEMBERED = 32;

  private final int subjects;

  /** A ring for each subject, filled from its first place on. */
  private final long[] ids;

  private final int[] next;

  /** For so many subjects, none of which has been heard of. */
  public RecentIds(int subjects) {
    this.subjects = subjects;
    ids = new long[subjects * REMEMBERED];
    next = new int[subjects];
  }

  /** Whether an event of a subject is none of its last ones; it is remembered as the last now. */
  public boolean isNew(int subject, long id) {
    if (id == NONE) {
      return true;
    }
    int base = subject * REMEMBERED;
    for (int i = base; i < base + REMEMBERED; i++) {
      if (ids[i] == id) {
        return false;
      }
    }
    ids[base + next[subject]] = id;
    next[subject] = (next[subject] + 1) % REMEMBERED;
    return true;
  }

  /** Takes over what is known of subjects that exist in another register as well. */
  public void copyFrom(RecentIds old, int[] oldSubject) {
    for (int s = 0; s < subjects; s++) {
      if (oldSubject[s] >= 0) {
        System.arraycopy(old.ids, oldSubject[s] * REMEMBERED, ids, s * REMEMBERED, REMEMBERED);
        next[s] = old.next[oldSubject[s]];
      }
    }
  }

  /** Few assets have events: the others take one byte each. */
  public void write(Snapshot.Writer out) {
    for (int s = 0; s < subjects; s++) {
      boolean any = ids[s * REMEMBERED] != NONE;
      out.putByte((byte) (any ? 1 : 0));
      if (any) {
        out.putInt(next[s]);
        for (int i = 0; i < REMEMBERED; i++) {
          out.putLong(ids[s * REMEMBERED + i]);
        }
      }
    }
  }

  public void read(Snapshot.Reader in) {
    Arrays.fill(ids, NONE);
    Arrays.fill(next, 0);
    for (int s = 0; s < subjects; s++) {
      if (in.getByte() == 1) {
        next[s] = in.getInt();
        for (int i = 0; i < REMEMBERED; i++) {
          ids[s * REMEMBERED + i] = in.getLong();
        }
      }
    }
  }
}
