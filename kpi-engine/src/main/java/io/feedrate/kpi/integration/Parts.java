package io.feedrate.kpi.integration;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.CounterTrack;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.window.Tally;
import java.util.Set;

/**
 * Parts produced and good, as ISO 22400-2 counts them: by an asset's counters, where it has such,
 * else by events. Good are only parts that were measured and found good.
 *
 * <p>An inspection counts in the window, and for the asset, that the part was produced in, as long
 * as that is among the last {@link KeyedQueue#MAX}; a second one of a part replaces the first. An
 * inspection of a part that is not known counts where and when it was made. Until an asset has
 * either a counter of good parts or an inspected part, its quality is not known.
 */
final class Parts {
  static final int IDEAL = 11;
  static final int PRODUCED = 12;
  static final int GRADED = 13;
  static final int GOOD = 14;
  static final int BAD = 15;

  private static final int NO_VERDICT = 0;
  private static final long MICROSECOND_NS = 1_000;

  private final long[] idealUs;
  private final boolean[] hasProduced;
  private final boolean[] hasGood;

  /** Whether an asset ever told of a part, or has a counter that does. */
  private final boolean[] counts;

  /** Whether a part of an asset was ever inspected, or it has a counter of good parts. */
  private final boolean[] grades;

  private final CounterTrack counters;
  private final KeyedQueue parts = new KeyedQueue();
  private final Tally tally;

  Parts(Register register, Tally tally) {
    this.tally = tally;
    idealUs =
        register.assets().stream()
            .mapToLong(Asset::idealCycleNs)
            .map(ns -> ns / MICROSECOND_NS)
            .toArray();
    hasProduced = new boolean[idealUs.length];
    hasGood = new boolean[idealUs.length];
    for (Signal s : register.signals()) {
      hasProduced[s.asset()] |= s.role() == Role.PARTS_PRODUCED;
      hasGood[s.asset()] |= s.role() == Role.PARTS_GOOD;
    }
    counts = hasProduced.clone();
    grades = hasGood.clone();
    counters = new CounterTrack(register, Set.of(Role.PARTS_PRODUCED, Role.PARTS_GOOD));
  }

  /**
   * Whether an asset's speed can be told: its planned run time per part and its parts are known.
   */
  boolean areRated(int asset) {
    return counts[asset] && idealUs[asset] > 0;
  }

  void onValue(Signal signal, double value, long atNs) {
    if (!counters.tracks(signal)) {
      return;
    }
    double more = counters.step(signal, value, atNs);
    if (more >= 1 && signal.role() == Role.PARTS_PRODUCED) {
      produced(signal.asset(), atNs, (long) more);
    } else if (more >= 1) {
      tally.add(signal.asset(), GOOD, atNs, (long) more);
    }
  }

  void onEvent(PlantEvent e) {
    switch (e.kind()) {
      case PART_PRODUCED -> onProduced(e);
      case PART_GOOD -> onVerdict(e, GOOD);
      case PART_BAD -> onVerdict(e, BAD);
      default -> {}
    }
  }

  private void onProduced(PlantEvent e) {
    if (!hasProduced[e.asset()]) {
      counts[e.asset()] = true;
      produced(e.asset(), e.atNs(), 1);
    }
    if (e.key() != PlantEvent.NONE) {
      if (parts.isFull()) {
        parts.remove(parts.oldest());
      }
      parts.add(e.asset(), e.key(), e.atNs(), e.atNs(), e.receivedNs());
    }
  }

  private void produced(int asset, long atNs, long n) {
    tally.add(asset, PRODUCED, atNs, n);
    if (idealUs[asset] > 0) {
      tally.add(asset, IDEAL, atNs, n * idealUs[asset]);
    }
    if (grades[asset]) {
      tally.add(asset, GRADED, atNs, n);
    }
  }

  private void onVerdict(PlantEvent e, int verdict) {
    long id = find(e.key(), e.asset());
    int asset = id == KeyedQueue.NONE ? e.asset() : parts.asset(id);
    long atNs = id == KeyedQueue.NONE ? e.atNs() : parts.atNs(id);
    if (hasGood[asset]) {
      return; // its counter tells
    }
    beginToGrade(asset);
    if (id != KeyedQueue.NONE) {
      if (parts.mark(id) != NO_VERDICT) {
        tally.add(asset, parts.mark(id), atNs, -1);
      }
      parts.mark(id, verdict);
    }
    tally.add(asset, verdict, atNs, 1);
  }

  /** The part with a key: the newest that the asset itself produced, else the newest of any. */
  private long find(long key, int asset) {
    long newest = key == PlantEvent.NONE ? KeyedQueue.NONE : parts.find(key);
    for (long id = newest; id != KeyedQueue.NONE; id = parts.findOlder(id)) {
      if (parts.asset(id) == asset) {
        return id;
      }
    }
    return newest;
  }

  /** The parts that came before the first inspection are to be inspected as well. */
  private void beginToGrade(int asset) {
    if (grades[asset]) {
      return;
    }
    grades[asset] = true;
    for (long id = parts.oldest(); id != KeyedQueue.NONE && id < parts.end(); id++) {
      if (parts.has(id) && parts.asset(id) == asset && !hasProduced[asset]) {
        tally.add(asset, GRADED, parts.atNs(id), 1);
      }
    }
  }

  void write(Snapshot.Writer out) {
    for (int a = 0; a < counts.length; a++) {
      out.putByte((byte) ((counts[a] ? 1 : 0) | (grades[a] ? 2 : 0)));
    }
    counters.write(out);
    parts.write(out);
  }

  void read(Snapshot.Reader in) {
    for (int a = 0; a < counts.length; a++) {
      byte flags = in.getByte();
      counts[a] = (flags & 1) != 0;
      grades[a] = (flags & 2) != 0;
    }
    counters.read(in);
    parts.read(in);
  }

  void takeOver(Parts old, Heirs heirs) {
    for (int a = 0; a < counts.length; a++) {
      int o = heirs.oldAsset()[a];
      if (o >= 0) {
        counts[a] |= old.counts[o];
        grades[a] |= old.grades[o];
      }
    }
    counters.takeOver(old.counters, heirs.oldSignal());
    parts.takeOver(old.parts, heirs.asset());
  }
}
