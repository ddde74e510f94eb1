package io.feedrate.kpi.completeness;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.Snapshot;
import java.util.Arrays;

/**
 * Outcomes of settled slots: of each signal and asset in the open window, and of each asset since
 * the first record. An asset's counts are those of its own signals, not of what is below it.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 for counting.
 */
public final class OutcomeCounts {
  private static final int N = Outcome.COUNT;
  private static final byte USABLE = 1;
  private static final byte IN_SCOPE = 2;

  private final int[] asset;
  private final int[] signalWindow;
  private final long[] assetWindow;
  private final long[] assetTotal;
  private final long[] inRange;
  private final byte[] seen;

  OutcomeCounts(Register register) {
    asset = register.signals().stream().mapToInt(Signal::asset).toArray();
    signalWindow = new int[asset.length * N];
    assetWindow = new long[register.assets().size() * N];
    assetTotal = new long[register.assets().size() * N];
    inRange = new long[register.assets().size() * 2];
    seen = new byte[asset.length];
  }

  void add(int signal, Outcome outcome, int slots) {
    int o = outcome.ordinal();
    signalWindow[signal * N + o] += slots;
    assetWindow[asset[signal] * N + o] += slots;
    assetTotal[asset[signal] * N + o] += slots;
    if (outcome != Outcome.EXCLUDED) {
      seen[signal] |= IN_SCOPE;
      if (o <= Outcome.UNCERTAIN.ordinal()) {
        seen[signal] |= USABLE;
      }
    }
  }

  void addRange(int signal, boolean inside) {
    inRange[asset[signal] * 2 + (inside ? 0 : 1)]++;
  }

  /** Outcomes of a signal in the open window. */
  public long[] ofSignal(int signal) {
    long[] counts = new long[N];
    for (int o = 0; o < N; o++) {
      counts[o] = signalWindow[signal * N + o];
    }
    return counts;
  }

  /** Outcomes in the open window, {@link Outcome#COUNT} for each asset. */
  public long[] byAsset() {
    return assetWindow.clone();
  }

  /** Values in and out of range in the open window, two for each asset. */
  public long[] rangeByAsset() {
    return inRange.clone();
  }

  /**
   * Assets that had a usable slot of each of their signals in scope in the open window, and assets
   * that had any in scope: two for each asset.
   */
  public long[] connectedByAsset() {
    long[] connected = new long[inRange.length];
    for (int i = 0; i < asset.length; i++) {
      if ((seen[i] & IN_SCOPE) != 0) {
        int at = asset[i] * 2;
        long usable = (seen[i] & USABLE) != 0 ? 1 : 0;
        connected[at] = connected[at + 1] == 0 ? usable : Math.min(connected[at], usable);
        connected[at + 1] = 1;
      }
    }
    return connected;
  }

  /** Slots of an asset with this outcome since the first record. */
  public long total(int ofAsset, Outcome outcome) {
    return assetTotal[ofAsset * N + outcome.ordinal()];
  }

  /** Begins the next window of all signals. */
  public void closeSignalWindow() {
    Arrays.fill(signalWindow, 0);
  }

  /** Begins the next window of all assets. */
  public void closeAssetWindow() {
    Arrays.fill(assetWindow, 0);
    Arrays.fill(inRange, 0);
    Arrays.fill(seen, (byte) 0);
  }

  /** Takes over the window of each asset to its heir, and the totals of each asset that is left. */
  void copyFrom(OutcomeCounts old, int[] heir, int[] oldAsset) {
    for (int a = 0; a < heir.length; a++) {
      if (heir[a] >= 0) {
        add(old.assetWindow, a, assetWindow, heir[a], N);
        add(old.inRange, a, inRange, heir[a], 2);
      }
    }
    for (int a = 0; a < oldAsset.length; a++) {
      if (oldAsset[a] >= 0) {
        add(old.assetTotal, oldAsset[a], assetTotal, a, N);
      }
    }
  }

  private static void add(long[] from, int fromIndex, long[] to, int toIndex, int n) {
    for (int k = 0; k < n; k++) {
      to[toIndex * n + k] += from[fromIndex * n + k];
    }
  }

  void copySignal(OutcomeCounts old, int from, int to) {
    System.arraycopy(old.signalWindow, from * N, signalWindow, to * N, N);
    seen[to] = old.seen[from];
  }

  void write(Snapshot.Writer out) {
    out.putInts(signalWindow);
    out.putLongs(assetWindow);
    out.putLongs(assetTotal);
    out.putLongs(inRange);
    out.putBytes(seen);
  }

  void read(Snapshot.Reader in) {
    in.getInts(signalWindow);
    in.getLongs(assetWindow);
    in.getLongs(assetTotal);
    in.getLongs(inRange);
    in.getBytes(seen);
  }
}
