package io.feedrate.kpi.capability;

import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Names;
import io.feedrate.kpi.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one model that are approved for one node and were not withdrawn since: an update
 * that failed, was cancelled, rolled back or superseded before it served withdraws its version, and
 * the one before is in force again. In the order of their approvals; the last is in force.
 *
 * <p><b>Thread</b>: the engine's. <b>Bounds</b>: the last {@link #KEPT}.
 */
final class Approvals {
  /** How many are kept. */
  static final int KEPT = 16;

  /**
   * From a time on, until another one, this version is approved.
   *
   * @param version its name, or -1 for none
   */
  record Change(long atNs, int version, int digest) {}

  private final int[] version = new int[KEPT];
  private final int[] digest = new int[KEPT];
  private final long[] sinceNs = new long[KEPT];
  private int size;

  /** A target has a new state; what that changes, or null. */
  @Nullable Change on(ModelUpdate u, int itsVersion, int itsDigest) {
    int at = indexOf(itsVersion);
    boolean isWithdrawn =
        switch (u.end()) {
          case PENDING, SERVED -> u.rolledBackNs() != ModelUpdate.PENDING;
          case FAILED, CANCELLED, SUPERSEDED, NODE_RETIRED -> true;
        };
    if (isWithdrawn) {
      boolean isOlder = at >= 0 && u.approvedNs() < sinceNs[at];
      return at < 0 || isOlder ? null : withdraw(at, withdrawnNs(u));
    }
    if (at >= 0 && sinceNs[at] == u.approvedNs()) {
      digest[at] = itsDigest;
      return null;
    }
    if (at >= 0) {
      remove(at); // approved again
    }
    insert(u.approvedNs(), itsVersion, itsDigest);
    return new Change(u.approvedNs(), itsVersion, itsDigest);
  }

  private static long withdrawnNs(ModelUpdate u) {
    return u.rolledBackNs() == ModelUpdate.PENDING ? u.endNs() : u.rolledBackNs();
  }

  private @Nullable Change withdraw(int at, long atNs) {
    boolean wasInForce = at == size - 1;
    remove(at);
    if (!wasInForce) {
      return null;
    }
    return size == 0
        ? new Change(atNs, -1, Names.EMPTY)
        : new Change(atNs, version[size - 1], digest[size - 1]);
  }

  private void insert(long atNs, int itsVersion, int itsDigest) {
    if (size == KEPT) {
      remove(0);
    }
    int i = size;
    for (; i > 0 && sinceNs[i - 1] > atNs; i--) {
      version[i] = version[i - 1];
      digest[i] = digest[i - 1];
      sinceNs[i] = sinceNs[i - 1];
    }
    version[i] = itsVersion;
    digest[i] = itsDigest;
    sinceNs[i] = atNs;
    size++;
  }

  private void remove(int at) {
    int moved = size - at - 1;
    System.arraycopy(version, at + 1, version, at, moved);
    System.arraycopy(digest, at + 1, digest, at, moved);
    System.arraycopy(sinceNs, at + 1, sinceNs, at, moved);
    size--;
  }

  private int indexOf(int itsVersion) {
    for (int i = 0; i < size; i++) {
      if (version[i] == itsVersion) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a version is approved and was not withdrawn; a digest that is not told is its own. */
  boolean isGood(int itsVersion, int itsDigest) {
    int at = indexOf(itsVersion);
    return at >= 0 && isSame(digest[at], itsDigest);
  }

  /** Whether two digests may be the same: where one was not told, nothing speaks against. */
  static boolean isSame(int a, int b) {
    return a == b || a == Names.EMPTY || b == Names.EMPTY;
  }

  void write(Snapshot.Writer out) {
    out.putVarint(size);
    for (int i = 0; i < size; i++) {
      out.putVarint(version[i]);
      out.putVarint(digest[i]);
      out.putLong(sinceNs[i]);
    }
  }

  void read(Snapshot.Reader in) {
    size = (int) in.getVarint();
    for (int i = 0; i < size; i++) {
      version[i] = (int) in.getVarint();
      digest[i] = (int) in.getVarint();
      sinceNs[i] = in.getLong();
    }
  }
}
