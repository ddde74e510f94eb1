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
 *   <li>good: once for each window with a new reading, an asset's good parts are no more than its
 *       parts, by its counters (the first of each, where it has more);
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
              "parts_told"),
          (n, histogram) ->
              Figure.ratio(
                  n[MONOTONE_PASSED] + n[GOOD_PASSED] + n[PARTS_PASSED],
                  n[MONOTONE_EVALUATED] + n[GOOD_EVALUATED] + n[PARTS_EVALUATED]));

  private final CounterTrack counters;
  private final double[] produced;
  private final double[] good;
  private final int[] producedSignal;
  private final int[] goodSignal;
  private final boolean[] isNew;
  private final boolean[] tells;

  /** Parts counted and not yet told; below 0 the other way round. */
  private final long[] carried;

  private final Tally tally;

  public CrossChecks(Setting setting) {
    Register register = setting.register();
    int assets = register.assets().size();
    counters =
        new CounterTrack(register, Set.of(Role.COUNTER, Role.PARTS_PRODUCED, Role.PARTS_GOOD));
    produced = nothing(assets);
    good = nothing(assets);
    producedSignal = firstOf(register, Role.PARTS_PRODUCED);
    goodSignal = firstOf(register, Role.PARTS_GOOD);
    isNew = new boolean[assets];
    tells = new boolean[assets];
    carried = new long[assets];
    tally = setting.tally(KPI);
  }

  private static double[] nothing(int n) {
    double[] all = new double[n];
    Arrays.fill(all, CounterTrack.NOTHING);
    return all;
  }

  private static int[] firstOf(Register register, Role role) {
    int[] first = new int[register.assets().size()];
    Arrays.fill(first, -1);
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
    keep(signal, counters.last(signal));
  }

  private void keep(Signal signal, double value) {
    int asset = signal.asset();
    if (signal.id() == producedSignal[asset]) {
      produced[asset] = value;
      isNew[asset] = true;
    } else if (signal.id() == goodSignal[asset]) {
      good[asset] = value;
      isNew[asset] = true;
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
    if (isNew[asset] && !Double.isNaN(produced[asset]) && !Double.isNaN(good[asset])) {
      tally.add(asset, GOOD_EVALUATED, startNs, 1);
      tally.add(asset, GOOD_PASSED, startNs, good[asset] <= produced[asset] ? 1 : 0);
    }
    isNew[asset] = false;
    if (tells[asset] && !Double.isNaN(produced[asset])) {
      compareParts(asset, startNs);
    }
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
    for (int a = 0; a < tells.length; a++) {
      out.putByte((byte) ((isNew[a] ? 1 : 0) | (tells[a] ? 2 : 0)));
      out.putLong(Double.doubleToRawLongBits(produced[a]));
      out.putLong(Double.doubleToRawLongBits(good[a]));
      out.putZigzag(carried[a]);
    }
  }

  @Override
  public void read(Snapshot.Reader in) {
    counters.read(in);
    for (int a = 0; a < tells.length; a++) {
      byte flags = in.getByte();
      isNew[a] = (flags & 1) != 0;
      tells[a] = (flags & 2) != 0;
      produced[a] = Double.longBitsToDouble(in.getLong());
      good[a] = Double.longBitsToDouble(in.getLong());
      carried[a] = in.getZigzag();
    }
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    CrossChecks its = (CrossChecks) old;
    counters.takeOver(its.counters, heirs.oldSignal());
    for (int a = 0; a < tells.length; a++) {
      int o = heirs.oldAsset()[a];
      if (o >= 0) {
        isNew[a] = its.isNew[o];
        tells[a] = its.tells[o];
        produced[a] = its.produced[o];
        good[a] = its.good[o];
        carried[a] = its.carried[o];
      }
    }
  }
}
