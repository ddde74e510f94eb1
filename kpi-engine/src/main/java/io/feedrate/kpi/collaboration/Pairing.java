package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Episode.End;
import io.feedrate.kpi.Episode.Kind;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.episode.Episodes;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Setting;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings beginnings and ends together, in whatever order they come, and keeps the episode of each
 * pair.
 *
 * <ul>
 *   <li>The same again (key, kind and time) changes nothing. A second beginning of what is open,
 *       and a second end, change nothing either and are told as {@link What#AGAIN}.
 *   <li>An end without a beginning is told as {@link What#UNBEGUN}. When the beginning comes later
 *       they are paired, and that is taken back.
 *   <li>A lapse takes effect when the asset's watermark passes it: until then an end that happened
 *       before the lapse, but came after it, goes first. What ended stays ended.
 *   <li>Subjects are paths: what is open outlives the register, and its asset.
 * </ul>
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: per event; 0 as time passes. <b>Bounds</b>:
 * {@link Episodes#MAX_OPEN} open ones; {@link #MAX_PAST} ended ones for up to {@link #KEPT_NS}, the
 * oldest are forgotten first.
 */
final class Pairing {
  /** The most ended ones that are known again. */
  static final int MAX_PAST = 4096;

  /** For how long something that ended is known again, by the time of receipt. */
  static final long KEPT_NS = 3_600_000_000_000L;

  private static final long NOT_BEGUN = Episode.OPEN;
  private static final End[] ENDS = End.values();

  /** What became of something. */
  enum What {
    /** It began, at the time told. */
    BEGUN,
    /** It ended in the way and at the time told. */
    ENDED,
    /** It began or ended once more, which changed nothing. */
    AGAIN,
    /** It ended, but nobody knows of its beginning. */
    UNBEGUN,
    /** An {@link #UNBEGUN} one is none after all; way and time are as told for that. */
    FOUND
  }

  /** Hears what became of things. */
  interface Listener {
    /**
     * Something became of something.
     *
     * @param how as given with the end, else 0
     */
    void on(What what, int asset, int how, long atNs);
  }

  private record Id(String subject, long key) {}

  private record Past(
      long begunNs, long endNs, long receivedNs, End end, int how, boolean unbegun, long keptNs) {
    boolean isSame(int itsHow, long atNs) {
      return how == itsHow && endNs == atNs;
    }
  }

  private final Kind kind;
  private final boolean recurs;
  private final Episodes episodes;
  private final List<String> paths;
  private final Listener listener;
  private final Map<Id, Past> lapsing = new LinkedHashMap<>();
  private final Map<Id, Past> pasts = new LinkedHashMap<>();

  /**
   * Pairs of one kind.
   *
   * @param recurs whether the same key begins again after it ended (an alarm), or is one thing once
   *     (an advice)
   */
  Pairing(Setting setting, Kind kind, boolean recurs, Listener listener) {
    this.kind = kind;
    this.recurs = recurs;
    this.listener = listener;
    episodes = setting.episodes();
    paths = setting.register().assets().stream().map(Asset::path).toList();
  }

  /** Something begins. */
  void begin(int asset, long key, long atNs, long receivedNs) {
    Id id = new Id(paths.get(asset), key);
    long openNs = episodes.startNs(kind, id.subject, key);
    Past past = pasts.get(id);
    if (openNs != Episode.OPEN) {
      Past leaving = lapsing.get(id);
      if (!recurs || leaving == null || atNs < leaving.endNs) {
        again(asset, atNs, atNs == openNs);
        return;
      }
      lapsing.remove(id);
      lapse(id, leaving, asset, receivedNs);
    } else if (past != null && isOver(past, atNs)) {
      if (past.unbegun && atNs != past.begunNs) {
        pair(id, past, asset, atNs, receivedNs);
      } else {
        again(asset, atNs, atNs == past.begunNs);
      }
      return;
    }
    pasts.remove(id);
    episodes.begin(kind, id.subject, key, atNs, receivedNs);
    listener.on(What.BEGUN, asset, 0, atNs);
  }

  /** Whether what begins at a time is what this is the end of, or older. */
  private boolean isOver(Past past, long atNs) {
    return !recurs
        || atNs == past.begunNs
        || atNs < past.endNs
        || (past.unbegun && past.begunNs == NOT_BEGUN && atNs == past.endNs);
  }

  private void pair(Id id, Past past, int asset, long atNs, long receivedNs) {
    episodes.begin(kind, id.subject, id.key, atNs, receivedNs);
    episodes.end(kind, id.subject, id.key, past.end, past.endNs, past.receivedNs);
    Past paired =
        new Past(atNs, past.endNs, past.receivedNs, past.end, past.how, false, receivedNs);
    keep(id, paired);
    listener.on(What.FOUND, asset, past.how, past.endNs);
    listener.on(What.BEGUN, asset, 0, atNs);
    listener.on(What.ENDED, asset, past.how, past.endNs);
  }

  /**
   * Something ends.
   *
   * @param how whatever tells its ends apart
   * @return whether something that was open ended, or will with the watermark
   */
  boolean end(int asset, long key, End end, int how, long atNs, long receivedNs) {
    Id id = new Id(paths.get(asset), key);
    long openNs = episodes.startNs(kind, id.subject, key);
    if (openNs == Episode.OPEN) {
      endUnbegun(id, asset, end, how, atNs, receivedNs);
      return false;
    }
    Past leaving = lapsing.get(id);
    boolean isOfAnOlderOne = recurs && atNs < openNs;
    boolean isTooLate = leaving != null && (end == End.LAPSED || atNs > leaving.endNs);
    if (isOfAnOlderOne || isTooLate) {
      again(asset, atNs, leaving != null && leaving.isSame(how, atNs));
      return false;
    }
    Past past = new Past(openNs, atNs, receivedNs, end, how, false, receivedNs);
    if (end == End.LAPSED) {
      lapsing.put(id, past);
      return true;
    }
    lapsing.remove(id);
    episodes.end(kind, id.subject, key, end, atNs, receivedNs);
    keep(id, past);
    listener.on(What.ENDED, asset, how, atNs);
    return true;
  }

  /** Since when something is open, or {@link Episode#OPEN} if it is not. */
  long openSinceNs(int asset, long key) {
    return episodes.startNs(kind, paths.get(asset), key);
  }

  private void endUnbegun(Id id, int asset, End end, int how, long atNs, long receivedNs) {
    Past past = pasts.get(id);
    long begunNs = past == null ? NOT_BEGUN : past.begunNs;
    Past unbegun = new Past(begunNs, atNs, receivedNs, end, how, true, receivedNs);
    if (past == null || (recurs && atNs > past.endNs)) {
      keep(id, unbegun);
      listener.on(What.UNBEGUN, asset, how, atNs);
    } else if (past.unbegun && past.end == End.LAPSED && end == End.DONE && atNs <= past.endNs) {
      listener.on(What.FOUND, asset, past.how, past.endNs); // it did not lapse after all
      keep(id, unbegun);
      listener.on(What.UNBEGUN, asset, how, atNs);
    } else {
      again(asset, atNs, past.isSame(how, atNs));
    }
  }

  private void again(int asset, long atNs, boolean same) {
    if (!same) {
      listener.on(What.AGAIN, asset, 0, atNs);
    }
  }

  /** The watermark of an asset passed a time: its lapses before that take effect. */
  void settle(int asset, long untilNs) {
    if (!lapsing.isEmpty()) {
      settle(paths.get(asset), asset, untilNs, untilNs);
    }
  }

  private void settle(String subject, int asset, long untilNs, long nowNs) {
    Iterator<Map.Entry<Id, Past>> each = lapsing.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Id, Past> one = each.next();
      if (one.getKey().subject.equals(subject) && one.getValue().endNs < untilNs) {
        each.remove();
        lapse(one.getKey(), one.getValue(), asset, nowNs);
      }
    }
  }

  private void lapse(Id id, Past leaving, int asset, long nowNs) {
    episodes.end(kind, id.subject, id.key, End.LAPSED, leaving.endNs, leaving.receivedNs);
    keep(
        id,
        new Past(
            leaving.begunNs,
            leaving.endNs,
            leaving.receivedNs,
            End.LAPSED,
            leaving.how,
            false,
            nowNs));
    if (asset >= 0) {
      listener.on(What.ENDED, asset, leaving.how, leaving.endNs);
    }
  }

  private void keep(Id id, Past past) {
    pasts.remove(id);
    Iterator<Past> oldest = pasts.values().iterator();
    while (oldest.hasNext()) {
      Past its = oldest.next();
      if (pasts.size() < MAX_PAST && its.keptNs + KEPT_NS >= past.keptNs) {
        break;
      }
      oldest.remove();
    }
    pasts.put(id, past);
  }

  /** Goes on with what another register's knew; lapses of assets that are gone take effect. */
  void takeOver(Pairing old, Heirs heirs) {
    Set<String> here = Set.copyOf(paths);
    for (int a = 0; a < old.paths.size() && !old.lapsing.isEmpty(); a++) {
      if (!here.contains(old.paths.get(a))) {
        old.lapseOf(a, heirs, this);
      }
    }
    lapsing.putAll(old.lapsing);
    pasts.putAll(old.pasts);
  }

  private void lapseOf(int asset, Heirs heirs, Pairing next) {
    List<Map.Entry<Id, Past>> theirs = new ArrayList<>();
    lapsing.entrySet().stream()
        .filter(e -> e.getKey().subject.equals(paths.get(asset)))
        .forEach(theirs::add);
    for (Map.Entry<Id, Past> one : theirs) {
      lapsing.remove(one.getKey());
      next.lapse(one.getKey(), one.getValue(), heirs.asset()[asset], heirs.nowNs());
    }
  }

  void write(Snapshot.Writer out) {
    write(out, lapsing);
    write(out, pasts);
  }

  private static void write(Snapshot.Writer out, Map<Id, Past> map) {
    out.putVarint(map.size());
    map.forEach(
        (id, past) -> {
          out.putText(id.subject);
          out.putLong(id.key);
          out.putLong(past.begunNs);
          out.putLong(past.endNs);
          out.putLong(past.receivedNs);
          out.putLong(past.keptNs);
          out.putByte((byte) past.end.ordinal());
          out.putVarint(past.how);
          out.putByte((byte) (past.unbegun ? 1 : 0));
        });
  }

  void read(Snapshot.Reader in) {
    read(in, lapsing);
    read(in, pasts);
  }

  private static void read(Snapshot.Reader in, Map<Id, Past> map) {
    map.clear();
    long n = in.getVarint();
    for (long i = 0; i < n; i++) {
      Id id = new Id(in.getText(), in.getLong());
      long begunNs = in.getLong();
      long endNs = in.getLong();
      long receivedNs = in.getLong();
      long keptNs = in.getLong();
      End end = ENDS[in.getByte()];
      int how = (int) in.getVarint();
      map.put(id, new Past(begunNs, endNs, receivedNs, end, how, in.getByte() == 1, keptNs));
    }
  }
}
