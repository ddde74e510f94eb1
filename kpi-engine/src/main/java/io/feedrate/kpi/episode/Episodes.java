package io.feedrate.kpi.episode;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Episode.End;
import io.feedrate.kpi.Episode.Kind;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Snapshot;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The episodes that are open. It outlives registers: subjects are paths.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: per episode. <b>Bounds</b>: {@link #MAX_OPEN};
 * when more begin, the oldest lapses and is counted.
 */
public final class Episodes {
  /** The most that are open at a time. */
  public static final int MAX_OPEN = 10_000;

  private static final int MARKER = 0x45504953;
  private static final Kind[] KINDS = Kind.values();

  private record Id(Kind kind, String subject, long key) {}

  private final ResultListener listener;
  private final Map<Id, Episode> open = new LinkedHashMap<>();
  private long dropped;

  /** No episodes yet. */
  public Episodes(ResultListener listener) {
    this.listener = listener;
  }

  /** Something begins; false if it is open already, which changes nothing. */
  public boolean begin(Kind kind, String subject, long key, long startNs, long receivedNs) {
    Id id = new Id(kind, subject, key);
    if (open.containsKey(id)) {
      return false;
    }
    if (open.size() >= MAX_OPEN) {
      dropOldest(receivedNs);
    }
    Episode episode =
        new Episode(
            kind, subject, key, startNs, receivedNs, Episode.OPEN, Episode.OPEN, End.OPEN, 0);
    open.put(id, episode);
    listener.onEpisode(episode);
    return true;
  }

  /**
   * Something ends; false if it is not open, which changes nothing.
   *
   * @param end {@link End#DONE} or {@link End#LAPSED}
   */
  public boolean end(Kind kind, String subject, long key, End end, long endNs, long receivedNs) {
    Episode begun = open.remove(new Id(kind, subject, key));
    if (begun == null) {
      return false;
    }
    report(begun, end, endNs, receivedNs);
    return true;
  }

  /** When an open episode began by its source's clock, or {@link Episode#OPEN} if none is open. */
  public long startNs(Kind kind, String subject, long key) {
    Episode begun = open.get(new Id(kind, subject, key));
    return begun == null ? Episode.OPEN : begun.startNs();
  }

  private void dropOldest(long nowNs) {
    Iterator<Episode> oldest = open.values().iterator();
    Episode leaving = oldest.next();
    oldest.remove();
    dropped++;
    report(leaving, End.LAPSED, nowNs, nowNs);
  }

  private void report(Episode begun, End end, long endNs, long receivedNs) {
    listener.onEpisode(
        new Episode(
            begun.kind(),
            begun.subject(),
            begun.key(),
            begun.startNs(),
            begun.startReceivedNs(),
            endNs,
            receivedNs,
            end,
            begun.revision() + 1));
  }

  /** Episodes that lapsed because too many were open. */
  public long dropped() {
    return dropped;
  }

  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    out.putLong(dropped);
    out.putInt(open.size());
    for (Episode e : open.values()) {
      out.putByte((byte) e.kind().ordinal());
      out.putText(e.subject());
      out.putLong(e.key());
      out.putLong(e.startNs());
      out.putLong(e.startReceivedNs());
    }
  }

  public void read(Snapshot.Reader in) {
    in.section(MARKER);
    dropped = in.getLong();
    open.clear();
    int n = in.getInt();
    for (int i = 0; i < n; i++) {
      Kind kind = KINDS[in.getByte()];
      String subject = in.getText();
      long key = in.getLong();
      open.put(
          new Id(kind, subject, key),
          new Episode(
              kind,
              subject,
              key,
              in.getLong(),
              in.getLong(),
              Episode.OPEN,
              Episode.OPEN,
              End.OPEN,
              0));
    }
  }
}
