package io.feedrate.kpi.link;

import io.feedrate.kpi.LinkEvent;
import io.feedrate.kpi.Snapshot;
import java.util.Arrays;

/**
 * What is known about each link over time: a short list of changes per link, from which the state
 * of any interval that is not settled yet can be told.
 *
 * <p>A link that is up is only believed up to its last proof (keep-alive, heartbeat, data). When it
 * is found dead, the time since that proof turns out to be {@link #UNPROVEN}. A link that comes
 * back with nothing missed turns its down time into {@link #BRIDGED}: what was unchanged then is
 * known, but only late.
 *
 * <p><b>Thread</b>: the engine's. <b>Units</b>: epoch ns on the collector's clock.
 * <b>Allocation</b>: 0 after construction. <b>Bounds</b>: {@link #CHANGES} changes per link are
 * kept; when a link flaps faster than that within the lateness, the oldest ones merge into the
 * worst of their states.
 */
public final class LinkTimelines {

  /** Connected and nothing missed. */
  public static final int UP = 0;

  /** Was down, but came back with nothing missed. */
  public static final int BRIDGED = 1;

  /** Connected, but sequence numbers show that messages were lost. */
  public static final int GAP = 2;

  /** Believed connected, but later found dead: nothing proves that it was alive. */
  public static final int UNPROVEN = 3;

  /** Not connected. */
  public static final int DOWN = 4;

  /** Changes kept per link. */
  static final int CHANGES = 64;

  private static final int MARKER = 0x4c494e4b;
  private static final long NEVER = Long.MAX_VALUE;

  private final int links;
  private final long[] changeNs;
  private final byte[] changeState;
  private final int[] size;
  private final byte[] before;
  private final boolean[] connected;
  private final long[] cleanSinceNs;
  private final long[] sessionSinceNs;
  private final long[] provenNs;

  /** Timelines for so many links, all down. */
  public LinkTimelines(int links) {
    this.links = links;
    changeNs = new long[links * CHANGES];
    changeState = new byte[links * CHANGES];
    size = new int[links];
    before = new byte[links];
    connected = new boolean[links];
    cleanSinceNs = new long[links];
    sessionSinceNs = new long[links];
    provenNs = new long[links];
    Arrays.fill(before, (byte) DOWN);
    Arrays.fill(cleanSinceNs, NEVER);
    Arrays.fill(sessionSinceNs, NEVER);
    Arrays.fill(provenNs, Long.MIN_VALUE);
  }

  /** Something became known about a link. */
  public void on(int link, LinkEvent event, long nowNs) {
    switch (event) {
      case UP -> up(link, nowNs);
      case RESUMED -> resume(link, nowNs);
      case PROOF -> proof(link, nowNs);
      case GAP -> gap(link, nowNs);
      case DOWN -> down(link, nowNs, UNPROVEN);
    }
  }

  /** The link is alive now, if it is up. */
  public void proof(int link, long nowNs) {
    if (connected[link] && nowNs > provenNs[link]) {
      provenNs[link] = nowNs;
    }
  }

  /** The collector was not running since its last record: every link was down for it. */
  public void restart(long nowNs) {
    for (int link = 0; link < links; link++) {
      down(link, nowNs, DOWN);
    }
  }

  private void up(int link, long nowNs) {
    if (connected[link]) {
      change(link, provenNs[link], UNPROVEN);
    }
    connect(link, nowNs);
    sessionSinceNs[link] = nowNs;
  }

  private void connect(int link, long nowNs) {
    change(link, nowNs, UP);
    connected[link] = true;
    cleanSinceNs[link] = nowNs;
    provenNs[link] = nowNs;
  }

  private void resume(int link, long nowNs) {
    if (connected[link]) {
      proof(link, nowNs);
      return;
    }
    if (sessionSinceNs[link] == NEVER) {
      up(link, nowNs);
      return;
    }
    int base = link * CHANGES;
    for (int i = size[link] - 1; i >= 0 && changeNs[base + i] >= sessionSinceNs[link]; i--) {
      byte state = changeState[base + i];
      if (state == DOWN) {
        changeState[base + i] = BRIDGED;
      } else if (state == UNPROVEN) {
        changeState[base + i] = UP;
      } else {
        break;
      }
    }
    connect(link, nowNs);
  }

  private void gap(int link, long nowNs) {
    if (!connected[link]) {
      return;
    }
    change(link, provenNs[link], GAP);
    connect(link, nowNs);
  }

  private void down(int link, long nowNs, int sinceProof) {
    if (!connected[link]) {
      return;
    }
    if (provenNs[link] < nowNs) {
      change(link, provenNs[link], sinceProof);
    }
    change(link, nowNs, DOWN);
    connected[link] = false;
    cleanSinceNs[link] = NEVER;
  }

  private void change(int link, long atNs, int state) {
    int base = link * CHANGES;
    int n = size[link];
    while (n > 0 && changeNs[base + n - 1] >= atNs) {
      n--; // a change at the same time, or after a proof that turned out worthless
    }
    if (n == CHANGES) {
      before[link] = (byte) Math.max(before[link], changeState[base]);
      System.arraycopy(changeNs, base + 1, changeNs, base, CHANGES - 1);
      System.arraycopy(changeState, base + 1, changeState, base, CHANGES - 1);
      n--;
    }
    changeNs[base + n] = atNs;
    changeState[base + n] = (byte) state;
    size[link] = n + 1;
  }

  /** The worst state within an interval; {@link #UP} says nothing about {@link #provenNs} yet. */
  public int worst(int link, long fromNs, long toNs) {
    if (fromNs >= cleanSinceNs[link]) {
      return UP;
    }
    int base = link * CHANGES;
    int worst = UP;
    int i = size[link] - 1;
    while (i >= 0) {
      if (changeNs[base + i] < toNs) {
        worst = Math.max(worst, changeState[base + i]);
        if (changeNs[base + i] <= fromNs) {
          return worst;
        }
      }
      i--;
    }
    return Math.max(worst, before[link]);
  }

  /** Whether messages were lost within an interval, whatever else happened in it. */
  public boolean hasGap(int link, long fromNs, long toNs) {
    int base = link * CHANGES;
    for (int i = size[link] - 1; i >= 0; i--) {
      if (changeNs[base + i] < toNs) {
        if (changeState[base + i] == GAP) {
          return true;
        }
        if (changeNs[base + i] <= fromNs) {
          return false;
        }
      }
    }
    return before[link] == GAP;
  }

  /** Whether a link was connected and proven alive for the whole of an interval. */
  public boolean isAlive(int link, long fromNs, long toNs) {
    int state = worst(link, fromNs, toNs);
    return (state == UP || state == GAP) && provenNs[link] >= toNs;
  }

  /** Until when the state that a link has at a time lasts: its next change, or the end of time. */
  public long uniformUntilNs(int link, long fromNs) {
    int base = link * CHANGES;
    for (int i = 0; i < size[link]; i++) {
      if (changeNs[base + i] > fromNs) {
        return changeNs[base + i];
      }
    }
    return Long.MAX_VALUE;
  }

  /** Until when the link is proven alive, as far as its changes do not say otherwise. */
  public long provenNs(int link) {
    return provenNs[link];
  }

  /** Since when the link is connected and has lost nothing, or the end of time. */
  public long cleanSinceNs(int link) {
    return cleanSinceNs[link];
  }

  /** Since when the present session lasts: what was known before it may have changed unseen. */
  public long sessionSinceNs(int link) {
    return sessionSinceNs[link];
  }

  /** Whether the link is connected now, by the last that was heard. */
  public boolean isConnected(int link) {
    return connected[link];
  }

  /** Number of links. */
  public int links() {
    return links;
  }

  /** Forgets what was before a time: no interval that starts earlier is asked for any more. */
  public void forget(long untilNs) {
    for (int link = 0; link < links; link++) {
      int base = link * CHANGES;
      int drop = 0;
      while (drop + 1 < size[link] && changeNs[base + drop + 1] <= untilNs) {
        drop++;
      }
      if (drop > 0) {
        int keep = size[link] - drop;
        before[link] = changeState[base + drop - 1];
        System.arraycopy(changeNs, base + drop, changeNs, base, keep);
        System.arraycopy(changeState, base + drop, changeState, base, keep);
        size[link] = keep;
      }
    }
  }

  /** Takes over a link's state from another register's timelines. */
  public void copyFrom(LinkTimelines old, int oldLink, int link) {
    System.arraycopy(old.changeNs, oldLink * CHANGES, changeNs, link * CHANGES, CHANGES);
    System.arraycopy(old.changeState, oldLink * CHANGES, changeState, link * CHANGES, CHANGES);
    size[link] = old.size[oldLink];
    before[link] = old.before[oldLink];
    connected[link] = old.connected[oldLink];
    cleanSinceNs[link] = old.cleanSinceNs[oldLink];
    sessionSinceNs[link] = old.sessionSinceNs[oldLink];
    provenNs[link] = old.provenNs[oldLink];
  }

  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    for (int link = 0; link < links; link++) {
      out.putByte((byte) (connected[link] ? 1 : 0));
      out.putByte(before[link]);
      out.putLong(cleanSinceNs[link]);
      out.putLong(sessionSinceNs[link]);
      out.putLong(provenNs[link]);
      out.putInt(size[link]);
      for (int i = 0; i < size[link]; i++) {
        out.putLong(changeNs[link * CHANGES + i]);
        out.putByte(changeState[link * CHANGES + i]);
      }
    }
  }

  public void read(Snapshot.Reader in) {
    in.section(MARKER);
    for (int link = 0; link < links; link++) {
      connected[link] = in.getByte() == 1;
      before[link] = in.getByte();
      cleanSinceNs[link] = in.getLong();
      sessionSinceNs[link] = in.getLong();
      provenNs[link] = in.getLong();
      size[link] = in.getInt();
      for (int i = 0; i < size[link]; i++) {
        changeNs[link * CHANGES + i] = in.getLong();
        changeState[link * CHANGES + i] = in.getByte();
      }
    }
  }
}
