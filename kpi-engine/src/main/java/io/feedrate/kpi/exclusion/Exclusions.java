package io.feedrate.kpi.exclusion;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Intervals out of scope, by an independent source: entered ones, the planned downtimes of the
 * calendar, and those in which a machine said that it is {@link SwitchedOff}. An exclusion of an
 * asset holds for everything below it. A slot is excluded if one exclusion covers it wholly: a slot
 * at the edge of a planned stop stays in scope, so an exclusion never hides more than it says.
 *
 * <p>What was settled with an exclusion keeps its outcome without it, so those that ended before
 * anything can be revised are forgotten here; whoever keeps the evidence keeps them.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 for {@link #covers}. <b>Bounds</b>: {@link
 * #MAX_ENTERED} entered ones; further ones are refused and counted.
 */
public final class Exclusions {
  /** The most entered exclusions kept. */
  public static final int MAX_ENTERED = 1 << 17;

  private static final int MARKER = 0x4558434c;
  private static final Track[] NONE = {};

  /** The most intervals kept of a machine that is switched off and on; the oldest go. */
  static final int MAX_SWITCHED_OFF = 4096;

  private record Interval(String subject, long fromNs, long toNs) {}

  private final Register register;
  private final Downtimes downtimes;
  private final Set<Interval> entered = new LinkedHashSet<>();
  private final Map<String, Track> tracks = new LinkedHashMap<>();
  private Track[] all = NONE;

  /** Empty while nothing is out of scope. */
  private Track[][] bySignal = {};

  private final Track[][] byAsset;
  private final Track[] switchedOff;
  private final Signal[] switches;
  private long refused;

  /** Those of a register's assets and signals: its downtimes, nothing entered yet. */
  public Exclusions(Register register) {
    this.register = register;
    downtimes = new Downtimes(register.rules().calendar());
    byAsset = new Track[register.assets().size()][];
    switches = SwitchedOff.signals(register).toArray(Signal[]::new);
    switchedOff = new Track[switches.length];
    for (int i = 0; i < switches.length; i++) {
      String path = register.assets().get(switches[i].asset()).path();
      switchedOff[i] = new Track(path, switches[i].id());
    }
    index();
  }

  /** Whether a path is that of a subject or of something below it. */
  public static boolean isOf(String path, String subject) {
    return path.startsWith(subject)
        && (path.length() == subject.length() || path.charAt(subject.length()) == '/');
  }

  /**
   * Takes an interval of a subject, an asset or signal path, out of scope.
   *
   * @return whether that is news
   */
  public boolean add(String subject, long fromNs, long toNs) {
    Interval interval = new Interval(subject, fromNs, toNs);
    if (toNs <= fromNs || entered.contains(interval)) {
      return false;
    }
    if (entered.size() == MAX_ENTERED) {
      refused++;
      return false;
    }
    entered.add(interval);
    Track track = tracks.get(subject);
    if (track == null) {
      track = track(subject);
      index(track);
    }
    track.add(fromNs, toNs);
    return true;
  }

  /**
   * Takes an interval back that was entered with these bounds. What of it lies before {@code atNs}
   * stays out of scope: it may be settled already.
   *
   * @return whether that is news
   */
  public boolean withdraw(String subject, long fromNs, long toNs, long atNs) {
    if (toNs <= atNs || !entered.remove(new Interval(subject, fromNs, toNs))) {
      return false;
    }
    if (fromNs < atNs) {
      entered.add(new Interval(subject, fromNs, atNs));
    }
    rebuild();
    return true;
  }

  /**
   * More of a machine's time is out of scope because it says that it is switched off.
   *
   * @param index of the signal that says so, its place among {@link SwitchedOff#signals}
   */
  public void switchedOff(int index, long fromNs, long toNs) {
    switchedOff[index].add(fromNs, toNs);
    switchedOff[index].forget(Long.MIN_VALUE, MAX_SWITCHED_OFF);
  }

  private Track track(String subject) {
    Track track = new Track(subject);
    tracks.put(subject, track);
    return track;
  }

  private void index() {
    all = NONE;
    bySignal = new Track[0][];
    Arrays.fill(byAsset, NONE);
    downtimes.tracks().forEach(this::index);
    for (Track track : switchedOff) {
      index(track);
    }
    tracks.values().forEach(this::index);
  }

  private void index(Track track) {
    all = with(all, track);
    if (bySignal.length == 0) {
      bySignal = new Track[register.signals().size()][];
      Arrays.fill(bySignal, NONE);
    }
    for (Asset a : register.assets()) {
      if (isOf(a.path(), track.subject)) {
        byAsset[a.id()] = with(byAsset[a.id()], track);
      }
    }
    for (Signal s : register.signals()) {
      if (isOf(s.path(), track.subject) && s.id() != track.but) {
        bySignal[s.id()] = with(bySignal[s.id()], track);
      }
    }
  }

  private static Track[] with(Track[] some, Track one) {
    Track[] all = Arrays.copyOf(some, some.length + 1);
    all[some.length] = one;
    return all;
  }

  /** What lies between two times is about to be settled. */
  public void pass(long fromNs, long toNs) {
    downtimes.pass(fromNs, toNs);
  }

  /** Forgets what ended by a time before which nothing is settled or revised any more. */
  public void forget(long untilNs) {
    for (Track track : switchedOff) {
      track.forget(untilNs, MAX_SWITCHED_OFF);
    }
    if (entered.removeIf(i -> i.toNs <= untilNs)) {
      rebuild();
    }
  }

  private void rebuild() {
    tracks.values().forEach(Track::clear);
    entered.forEach(i -> tracks.computeIfAbsent(i.subject, Track::new).add(i.fromNs, i.toNs));
    if (tracks.values().removeIf(Track::isEmpty)) {
      index();
    }
  }

  /** Whether anything is out of scope at any time of an interval. */
  public boolean isAnyWithin(long fromNs, long toNs) {
    for (Track track : all) {
      if (track.nextNs(fromNs) < toNs) {
        return true;
      }
    }
    return false;
  }

  private Track[] ofSignal(int signal) {
    return bySignal.length == 0 ? NONE : bySignal[signal];
  }

  /** Whether one exclusion of a signal covers an interval wholly. */
  public boolean covers(int signal, long fromNs, long toNs) {
    return covers(ofSignal(signal), fromNs, toNs);
  }

  /** Whether one exclusion of an asset covers an interval wholly. */
  public boolean coversAsset(int asset, long fromNs, long toNs) {
    return covers(byAsset[asset], fromNs, toNs);
  }

  private static boolean covers(Track[] its, long fromNs, long toNs) {
    for (Track track : its) {
      if (track.covers(fromNs, toNs)) {
        return true;
      }
    }
    return false;
  }

  /** The first time from this one on that is out of scope for a signal, or the end of time. */
  public long nextNs(int signal, long fromNs) {
    long next = Long.MAX_VALUE;
    for (Track track : ofSignal(signal)) {
      next = Math.min(next, track.nextNs(fromNs));
    }
    return next;
  }

  /** Until when a signal is out of scope from a time on; that time where it is in scope then. */
  public long untilNs(int signal, long fromNs) {
    long untilNs = fromNs;
    boolean grown = true;
    while (grown) {
      long beforeNs = untilNs;
      for (Track track : ofSignal(signal)) {
        untilNs = track.untilNs(untilNs);
      }
      grown = untilNs > beforeNs;
    }
    return untilNs;
  }

  /** Exclusions that were not taken because there were too many. */
  public long refused() {
    return refused;
  }

  /** Takes over what was entered under another register. */
  public void copyFrom(Exclusions old) {
    old.entered.forEach(i -> add(i.subject, i.fromNs, i.toNs));
    refused = old.refused;
    for (int i = 0; i < switches.length; i++) {
      for (int o = 0; o < old.switches.length; o++) {
        if (old.switches[o].path().equals(switches[i].path())) {
          switchedOff[i].addAll(old.switchedOff[o]);
        }
      }
    }
  }

  public void write(Snapshot.Writer out) {
    out.section(MARKER);
    out.putLong(refused);
    out.putInt(entered.size());
    for (Interval i : entered) {
      out.putText(i.subject);
      out.putLong(i.fromNs);
      out.putLong(i.toNs);
    }
    downtimes.write(out);
    for (Track track : switchedOff) {
      track.write(out);
    }
  }

  public void read(Snapshot.Reader in) {
    in.section(MARKER);
    long itsRefused = in.getLong();
    int n = in.getInt();
    for (int i = 0; i < n; i++) {
      add(in.getText(), in.getLong(), in.getLong());
    }
    refused = itsRefused;
    downtimes.read(in);
    for (Track track : switchedOff) {
      track.read(in);
    }
  }
}
