package io.feedrate.kpi.slot;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.SignalIndex;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.foundation.Completeness;
import io.feedrate.kpi.foundation.RangeValidity;
import io.feedrate.kpi.integration.AssetCoverage;
import io.feedrate.kpi.window.Tally;
import io.feedrate.kpi.window.Windows;
import java.util.Arrays;

/**
 * Outcomes of settled slots: of each signal and asset in its windows, and of each asset since the
 * first record. An asset's counts are those of its own signals, not of what is below it.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 for counting.
 */
public final class OutcomeCounts {
  private static final int N = Outcome.COUNT;
  private static final int GOOD = Outcome.GOOD.ordinal();
  private static final int NEVER = -1;

  private final SignalIndex signals;
  private final Windows windows;
  private final Tally ofAssets;
  private final Tally ofSignals;
  private final Tally range;
  private final Tally coverage;
  private final long[] assetTotal;
  private final long[] assetSettled;
  private final int[] inScopeWindow;
  private final int[] usableWindow;

  OutcomeCounts(Register register, SignalIndex signals, Windows windows, Windows signalWindows) {
    this.windows = windows;
    this.signals = signals;
    ofAssets = windows.tally(Completeness.EVENTUAL);
    range = windows.tally(RangeValidity.KPI);
    coverage = windows.tally(AssetCoverage.KPI);
    ofSignals = signalWindows.tally(Completeness.EVENTUAL);
    assetTotal = new long[register.assets().size() * N];
    assetSettled = new long[register.assets().size() * N];
    inScopeWindow = new int[signals.size()];
    usableWindow = new int[signals.size()];
    Arrays.fill(inScopeWindow, NEVER);
    Arrays.fill(usableWindow, NEVER);
  }

  /** Counts slots of one outcome that end in one window, the last of them at {@code endNs}. */
  void add(int signal, Outcome outcome, int slots, long endNs) {
    int o = outcome.ordinal();
    int its = signals.asset(signal);
    long inWindowNs = endNs - 1; // a slot belongs to the window that it ends in
    ofSignals.add(signal, o, inWindowNs, slots);
    ofAssets.add(its, o, inWindowNs, slots);
    assetTotal[its * N + o] += slots;
    assetSettled[its * N + o] += slots;
    if (outcome != Outcome.EXCLUDED) {
      cover(signal, windows.number(inWindowNs), o <= Outcome.UNCERTAIN.ordinal(), inWindowNs);
    }
  }

  /** Counts a good slot of each of some neighbours in a cohort. */
  void addGood(Cohort cohort, int from, int to, long endNs) {
    long inWindowNs = endNs - 1;
    int window = windows.number(inWindowNs);
    int its = signals.asset(cohort.signal(from));
    int first = from;
    for (int place = from; place < to; place++) {
      int signal = cohort.signal(place);
      ofSignals.add(signal, GOOD, inWindowNs, 1);
      if (usableWindow[signal] != window || inScopeWindow[signal] != window) {
        cover(signal, window, true, inWindowNs);
      }
      if (signals.asset(signal) != its) {
        addGood(its, place - first, inWindowNs);
        its = signals.asset(signal);
        first = place;
      }
    }
    addGood(its, to - first, inWindowNs);
  }

  private void addGood(int its, int slots, long inWindowNs) {
    ofAssets.add(its, GOOD, inWindowNs, slots);
    assetTotal[its * N + GOOD] += slots;
    assetSettled[its * N + GOOD] += slots;
  }

  /** A slot that is in scope makes its signal so, and usable if it is. */
  private void cover(int signal, int window, boolean isUsable, long inWindowNs) {
    if (inScopeWindow[signal] != window) {
      inScopeWindow[signal] = window;
      coverage.add(signals.asset(signal), AssetCoverage.SIGNALS, inWindowNs, 1);
    }
    if (isUsable && usableWindow[signal] != window) {
      usableWindow[signal] = window;
      coverage.add(signals.asset(signal), AssetCoverage.USABLE_SIGNALS, inWindowNs, 1);
    }
  }

  /** Slots that end in one window turn out to have another outcome. */
  void move(int signal, Outcome from, Outcome to, int slots, long endNs) {
    int its = signals.asset(signal);
    long inWindowNs = endNs - 1;
    ofSignals.add(signal, from.ordinal(), inWindowNs, -slots);
    ofSignals.add(signal, to.ordinal(), inWindowNs, slots);
    ofAssets.add(its, from.ordinal(), inWindowNs, -slots);
    ofAssets.add(its, to.ordinal(), inWindowNs, slots);
    assetTotal[its * N + from.ordinal()] -= slots;
    assetTotal[its * N + to.ordinal()] += slots;
  }

  /**
   * It turns out otherwise whether a signal was in scope, and usable, in a window.
   *
   * @param scope 1 if it is in scope and was not, -1 the other way round, else 0
   * @param usable the same for having a usable value
   * @param newest whether slots of this window are still being settled, or were last
   */
  void cover(int signal, long endNs, int scope, int usable, boolean newest) {
    int its = signals.asset(signal);
    long inWindowNs = endNs - 1;
    cover(its, AssetCoverage.SIGNALS, inWindowNs, scope);
    cover(its, AssetCoverage.USABLE_SIGNALS, inWindowNs, usable);
    if (newest) {
      int window = windows.number(inWindowNs);
      inScopeWindow[signal] = after(scope, window, inScopeWindow[signal]);
      usableWindow[signal] = after(usable, window, usableWindow[signal]);
    }
    if (windows.endNs(inWindowNs) < windows.nextEndNs(windows.subjects().level(its))) {
      decide(its, inWindowNs);
    }
  }

  private static int after(int change, int window, int before) {
    return change > 0 ? window : change < 0 ? NEVER : before;
  }

  /** Decides again whether an asset was connected in a window that is closed. */
  private void decide(int ofAsset, long atNs) {
    long signals = coverage.get(ofAsset, AssetCoverage.SIGNALS, atNs);
    long usable = coverage.get(ofAsset, AssetCoverage.USABLE_SIGNALS, atNs);
    long registered = signals > 0 ? 1 : 0;
    long connected = signals > 0 && usable == signals ? 1 : 0;
    long before = coverage.get(ofAsset, AssetCoverage.REGISTERED, atNs);
    cover(ofAsset, AssetCoverage.REGISTERED, atNs, registered - before);
    before = coverage.get(ofAsset, AssetCoverage.CONNECTED, atNs);
    cover(ofAsset, AssetCoverage.CONNECTED, atNs, connected - before);
  }

  private void cover(int ofAsset, int kind, long atNs, long change) {
    if (change != 0) {
      coverage.add(ofAsset, kind, atNs, change);
    }
  }

  void addRange(int signal, boolean inside, long atNs) {
    range.add(
        signals.asset(signal), inside ? RangeValidity.INSIDE : RangeValidity.OUTSIDE, atNs, 1);
  }

  /** Decides whether an asset was connected in a window that is about to close. */
  public void close(int ofAsset, long startNs) {
    long signals = coverage.get(ofAsset, AssetCoverage.SIGNALS, startNs);
    if (signals > 0) {
      coverage.add(ofAsset, AssetCoverage.REGISTERED, startNs, 1);
      if (coverage.get(ofAsset, AssetCoverage.USABLE_SIGNALS, startNs) == signals) {
        coverage.add(ofAsset, AssetCoverage.CONNECTED, startNs, 1);
      }
    }
  }

  /** Slots of an asset that were settled like this, whatever was found later; it only grows. */
  public long settled(int ofAsset, Outcome outcome) {
    return assetSettled[ofAsset * N + outcome.ordinal()];
  }

  /** Slots of an asset with this outcome since the first record. */
  public long total(int ofAsset, Outcome outcome) {
    return assetTotal[ofAsset * N + outcome.ordinal()];
  }

  /** Takes over the totals of each asset that is left. */
  void copyFrom(OutcomeCounts old, int[] oldAsset) {
    for (int a = 0; a < oldAsset.length; a++) {
      for (int o = 0; o < N && oldAsset[a] >= 0; o++) {
        assetTotal[a * N + o] += old.assetTotal[oldAsset[a] * N + o];
        assetSettled[a * N + o] += old.assetSettled[oldAsset[a] * N + o];
      }
    }
  }

  void copySignal(OutcomeCounts old, int from, int to) {
    if (old.windows.windowNs() == windows.windowNs()) {
      inScopeWindow[to] = old.inScopeWindow[from];
      usableWindow[to] = old.usableWindow[from];
    }
  }

  void write(Snapshot.Writer out) {
    out.putLongs(assetTotal);
    out.putLongs(assetSettled);
    out.putInts(inScopeWindow);
    out.putInts(usableWindow);
  }

  void read(Snapshot.Reader in) {
    in.getLongs(assetTotal);
    in.getLongs(assetSettled);
    in.getInts(inScopeWindow);
    in.getInts(usableWindow);
  }
}
