package io.feedrate.kpi.foundation;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.CounterTrack;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.meter.StateTimeline;
import io.feedrate.kpi.window.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Semantic consistency: cross-checks passed, of those evaluated. Three kinds are counted:
 *
 * <ul>
 *   <li>monotone: each reading of a counter after its first is no smaller than the one before, or
 *       near 0 where the counter started anew (see {@link CounterTrack}); late readings are not
 *       evaluated;
 *   <li>good: once for each window with a reading of them, an asset's good parts are at its end no
 *       more than its parts, by its counters (the first of each, where it has more);
 *   <li>parts: once for each window with parts, the counter of parts grew by as many as events
 *       told. A part at the edge of a window may be counted in one and told in the next, so a
 *       difference of one is carried to the next window and must come back there.
 * </ul>
 *
 * <p>Windows are judged when they close; what comes later revises their parts, not the judgement.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: ISO/IEC 25024:2015 Con-I-6 (per secondary source); the checks
 * are house definitions. <b>Thread</b>: the engine's. <b>Allocation</b>: 0.
 */
public final class CrossChecks implements Meter {
  private static final int MONOTONE_PASSED = 0;
  private static final int MONOTONE_EVALUATED = 1;
  private static final int GOOD_PASSED = 2;
  private static final int GOOD_EVALUATED = 3;
  private static final int PARTS_PASSED = 4;
  private static final int PARTS_EVALUATED = 5;
  private static final int COUNTED = 6;
  private static final int TOLD = 7;
  private static final int READINGS = 8;

  private static final int NOT_READ = -1;

  private static final int EDGE = 1;
  private static final String ID = "semantic_consistency";

  /** Checks passed of checks evaluated. */
  public static final Kpi KPI =
      new Kpi(
          ID,
          ID,
          "Cross-checks passed",
          "1",
          true,
          "cross-checks passed / evaluated: monotone counters, good parts <= parts, counter = events",
          "ISO/IEC 25024:2015 Con-I-6 (per secondary source); the checks are house definitions",
          List.of(
              "monotone_passed",
              "monotone_evaluated",
              "good_passed",
              "good_evaluated",
              "parts_passed",
              "parts_evaluated",
              "parts_counted",
              "parts_told",
              "parts_readings"),
          (n, histogram) ->
              Figure.ratio(
                  n[MONOTONE_PASSED] + n[GOOD_PASSED] + n[PARTS_PASSED],
                  n[MONOTONE_EVALUATED] + n[GOOD_EVALUATED] + n[PARTS_EVALUATED]));

  private final CounterTrack counters;
  private final StateTimeline produced;
  private final StateTimeline good;
  private final int[] producedSignal;
  private final int[] goodSignal;
  private final boolean[] tells;

  /** Parts counted and not yet told; below 0 the other way round. */
  private final long[] carried;

  private final Tally tally;

  public CrossChecks(Setting setting) {
    Register register = setting.register();
    int assets = register.assets().size();
    counters =
        new CounterTrack(register, Set.of(Role.COUNTER, Role.PARTS_PRODUCED, Role.PARTS_GOOD));
    produced = new StateTimeline(assets, NOT_READ);
    good = new StateTimeline(assets, NOT_READ);
    producedSignal = firstOf(register, Role.PARTS_PRODUCED);
    goodSignal = firstOf(register, Role.PARTS_GOOD);
    tells = new boolean[assets];
    carried = new long[assets];
    tally = setting.tally(KPI);
  }

  private static int[] firstOf(Register register, Role role) {
    int[] first = new int[register.assets().size()];
    Arrays.fill(first, NOT_READ);
    for (Signal s : register.signals()) {
      if (s.role() == role && first[s.asset()] < 0) {
        first[s.asset()] = s.id();
      }
    }
    return first;
  }

  @Override
  public void onValue(Signal signal, double value, long atNs, long receivedNs) {
    if (!counters.tracks(signal)) {
      return;
    }
    double more = counters.step(signal, value, atNs);
    if (!Double.isNaN(more)) {
      tally.add(signal.asset(), MONOTONE_EVALUATED, atNs, 1);
      if (more != CounterTrack.BROKEN) {
        tally.add(signal.asset(), MONOTONE_PASSED, atNs, 1);
      }
    }
    if (signal.role() == Role.PARTS_PRODUCED && more >= 1) {
      tally.add(signal.asset(), COUNTED, atNs, (long) more);
    }
    keep(signal, value, atNs);
  }

  private void keep(Signal signal, double value, long atNs) {
    int asset = signal.asset();
    boolean isProduced = signal.id() == producedSignal[asset];
    if (isProduced || signal.id() == goodSignal[asset]) {
      tally.add(asset, READINGS, atNs, 1);
      (isProduced ? produced : good).set(asset, atNs, (int) Math.max(0, value));
    }
  }

  @Override
  public void onEvent(PlantEvent e) {
    if (e.kind() == EventKind.PART_PRODUCED) {
      tells[e.asset()] = true;
      tally.add(e.asset(), TOLD, e.atNs(), 1);
    }
  }

  @Override
  public void onClose(int asset, long startNs, long endNs) {
    int its = produced.at(asset, endNs - 1);
    int itsGood = good.at(asset, endNs - 1);
    boolean bothRead = its != NOT_READ && itsGood != NOT_READ;
    if (bothRead && tally.get(asset, READINGS, startNs) > 0) {
      tally.add(asset, GOOD_EVALUATED, startNs, 1);
      tally.add(asset, GOOD_PASSED, startNs, itsGood <= its ? 1 : 0);
    }
    if (tells[asset] && its != NOT_READ) {
      compareParts(asset, startNs);
    }
    produced.forget(asset, endNs - 1);
    good.forget(asset, endNs - 1);
  }

  private void compareParts(int asset, long startNs) {
    long counted = tally.get(asset, COUNTED, startNs);
    long told = tally.get(asset, TOLD, startNs);
    if (counted == 0 && told == 0) {
      return;
    }
    carried[asset] += counted - told;
    boolean passed = Math.abs(carried[asset]) <= EDGE;
    tally.add(asset, PARTS_EVALUATED, startNs, 1);
    tally.add(asset, PARTS_PASSED, startNs, passed ? 1 : 0);
    if (!passed) {
      carried[asset] = 0; // judged; each difference fails once
    }
  }

  @Override
  public void write(Snapshot.Writer out) {
    counters.write(out);
    produced.write(out);
    good.write(out);
    for (int a = 0; a < tells.length; a++) {
      out.putByte((byte) (tells[a] ? 1 : 0));
      out.putZigzag(carried[a]);
    }
  }

  @Override
  public void read(Snapshot.Reader in) {
    counters.read(in);
    produced.read(in);
    good.read(in);
    for (int a = 0; a < tells.length; a++) {
      tells[a] = in.getByte() == 1;
      carried[a] = in.getZigzag();
    }
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    CrossChecks its = (CrossChecks) old;
    counters.takeOver(its.counters, heirs.oldSignal());
    produced.takeOver(its.produced, heirs.oldAsset());
    good.takeOver(its.good, heirs.oldAsset());
    for (int a = 0; a < tells.length; a++) {
      int o = heirs.oldAsset()[a];
      if (o >= 0) {
        tells[a] = its.tells[o];
        carried[a] = its.carried[o];
      }
    }
  }
}
