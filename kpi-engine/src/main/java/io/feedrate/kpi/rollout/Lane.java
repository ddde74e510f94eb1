package io.feedrate.kpi.rollout;

import io.feedrate.kpi.Names;
import io.feedrate.kpi.Snapshot;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one node does with one model: which version is approved for it, and which one it serves.
 *
 * <p><b>Thread</b>: the engine's.
 */
final class Lane {
  private static final int NONE = -1;

  /** Targets that are followed of it; without any it is forgotten. */
  int targets;

  /** The version that was approved last, by the time of approval. */
  @Nullable Target approved;

  /** The version that serves; null also where it is not followed. */
  @Nullable Target serving;

  private int version = NONE;
  private int digest = Names.EMPTY;
  private long sinceNs;
  private long sinceReceivedNs;
  private long sinceNotBeforeNs;

  /** Whether this is what it serves already; a digest that is not told is no other one. */
  boolean serves(int itsVersion, int itsDigest) {
    return version == itsVersion && (itsDigest == Names.EMPTY || itsDigest == digest);
  }

  /** Whether it serves the build of a target. */
  boolean serves(Target t) {
    return version == t.version && t.isBuild(digest);
  }

  /** It serves a version from now on. */
  void serve(int itsVersion, int itsDigest, long notBeforeNs, long atNs, long receivedNs) {
    boolean sameVersion = version == itsVersion && digest == Names.EMPTY;
    version = itsVersion;
    digest = itsDigest;
    if (!sameVersion) {
      sinceNs = atNs;
      sinceReceivedNs = receivedNs;
      sinceNotBeforeNs = notBeforeNs;
    }
  }

  /** A target is not followed any more. */
  void forget(Target t) {
    targets--;
    approved = approved == t ? null : approved;
    serving = serving == t ? null : serving;
  }

  /** Forgets what it serves, so that the next inference is looked at. */
  void lookAgain() {
    version = NONE;
    digest = Names.EMPTY;
  }

  long sinceNs() {
    return sinceNs;
  }

  long sinceReceivedNs() {
    return sinceReceivedNs;
  }

  long sinceNotBeforeNs() {
    return sinceNotBeforeNs;
  }

  void write(Snapshot.Writer out) {
    out.putInt(approved == null ? NONE : approved.version);
    out.putInt(serving == null ? NONE : serving.version);
    out.putInt(version);
    out.putInt(digest);
    out.putLong(sinceNs);
    out.putLong(sinceReceivedNs);
    out.putLong(sinceNotBeforeNs);
  }

  /** Goes on from a snapshot; {@code find} gives the target of a version, or null. */
  void read(Snapshot.Reader in, IntFunction<@Nullable Target> find) {
    int itsApproved = in.getInt();
    approved = itsApproved == NONE ? null : find.apply(itsApproved);
    int itsServing = in.getInt();
    serving = itsServing == NONE ? null : find.apply(itsServing);
    version = in.getInt();
    digest = in.getInt();
    sinceNs = in.getLong();
    sinceReceivedNs = in.getLong();
    sinceNotBeforeNs = in.getLong();
  }
}
