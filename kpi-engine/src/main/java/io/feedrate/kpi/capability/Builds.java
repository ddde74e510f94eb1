package io.feedrate.kpi.capability;

import io.feedrate.kpi.Names;
import io.feedrate.kpi.Snapshot;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongArrayList;

/**
 * Builds (version and digest) as dense numbers, in the order of first sight, so that a build is one
 * state of a timeline.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 for a known build. <b>Bounds</b>: {@link
 * #MAX}; all further ones are {@link #OVERFLOW}, which is the same as nothing.
 */
final class Builds {
  /** The most that are told apart. */
  static final int MAX = 1 << 16;

  /** No build. */
  static final int NONE = -1;

  /** One of too many builds. */
  static final int OVERFLOW = -2;

  private static final int ID_BITS = 20; // of Names.MAX
  private static final long ID_MASK = (1L << ID_BITS) - 1;

  private final Long2LongHashMap numbers = new Long2LongHashMap(NONE);
  private final LongArrayList keys = new LongArrayList();

  /** The number of a build, new if it was never seen; {@link #NONE} for a negative version. */
  int of(int version, int digest) {
    if (version < 0) {
      return NONE;
    }
    long key = (long) version << ID_BITS | digest;
    long known = numbers.get(key);
    return known != NONE ? (int) known : add(key);
  }

  private int add(long key) {
    if (keys.size() >= MAX) {
      return OVERFLOW;
    }
    numbers.put(key, keys.size());
    keys.addLong(key);
    return keys.size() - 1;
  }

  private int version(int build) {
    return (int) (keys.getLong(build) >> ID_BITS);
  }

  private int digest(int build) {
    return (int) (keys.getLong(build) & ID_MASK);
  }

  /** Whether two may be the same: where a digest is not told, nothing speaks against. */
  boolean isSame(int a, int b) {
    return a >= 0 && b >= 0 && version(a) == version(b) && Approvals.isSame(digest(a), digest(b));
  }

  /** Whether a report says nothing new of a build: its version, and its digest or none. */
  boolean isToldOf(int build, int version, int digest) {
    return build >= 0
        && version(build) == version
        && (digest == Names.EMPTY || digest == digest(build));
  }

  /** Whether it is of this version. */
  boolean isVersion(int build, int version) {
    return build >= 0 && version(build) == version;
  }

  void takeOver(Builds old) {
    for (int i = 0; i < old.keys.size(); i++) {
      add(old.keys.getLong(i));
    }
  }

  void write(Snapshot.Writer out) {
    out.putVarint(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      out.putVarint(keys.getLong(i));
    }
  }

  void read(Snapshot.Reader in) {
    int n = (int) in.getVarint();
    for (int i = 0; i < n; i++) {
      add(in.getVarint());
    }
  }
}
