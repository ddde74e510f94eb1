package io.feedrate.collector.engine;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.engine.KpiEngine;
import java.util.Arrays;
import java.util.List;

/**
 * What was settled in each of the last {@link SecondsPane#SECONDS} seconds of journal time, for
 * each asset with all below it: taken from the engine's totals at each tick. Windows tell the same,
 * but only after a minute.
 *
 * <p>A slot is settled when the lateness has passed after its end; so this shows what was due some
 * seconds ago. What is settled in one go, after the journal stood still, counts for the second in
 * which it was.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: 0 per tick.
 */
final class Seconds {
  private static final int SIZE = SecondsPane.SECONDS;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Outcome[] OUTCOMES = Outcome.values();

  private String registerHash = "";
  private long second = Long.MIN_VALUE;
  private int[] usable = {};
  private int[] inScope = {};
  private long[] lastUsable = {};
  private long[] lastInScope = {};
  private long[] newUsable = {};
  private long[] newInScope = {};

  /** Time passed in the engine. */
  void tick(KpiEngine engine, long nowNs) {
    Register now = engine.register();
    if (now == null) {
      return;
    }
    if (!now.hash().equals(registerHash)) {
      use(now, engine);
    }
    moveTo(Math.floorDiv(nowNs, SECOND_NS));
    List<Asset> assets = now.assets();
    read(engine, assets);
    int at = Math.floorMod(second, SIZE);
    for (int a = assets.size() - 1; a >= 0; a--) { // parents come before their children
      inScope[a * SIZE + at] += (int) newInScope[a];
      usable[a * SIZE + at] += (int) newUsable[a];
      int parent = assets.get(a).parent();
      if (parent >= 0) {
        newUsable[parent] += newUsable[a];
        newInScope[parent] += newInScope[a];
      }
    }
  }

  private void use(Register now, KpiEngine engine) {
    int assets = now.assets().size();
    registerHash = now.hash();
    usable = new int[assets * SIZE];
    inScope = new int[assets * SIZE];
    lastUsable = new long[assets];
    lastInScope = new long[assets];
    newUsable = new long[assets];
    newInScope = new long[assets];
    read(engine, now.assets()); // what was settled before counts for no second
  }

  /** Seconds without a tick settled nothing. */
  private void moveTo(long next) {
    long from = Math.max(second + 1, next - SIZE + 1);
    for (long passed = from; passed <= next; passed++) {
      int at = Math.floorMod(passed, SIZE);
      for (int i = at; i < usable.length; i += SIZE) {
        usable[i] = 0;
        inScope[i] = 0;
      }
    }
    second = Math.max(second, next);
  }

  /** What the totals grew by since the last time. */
  private void read(KpiEngine engine, List<Asset> assets) {
    for (int a = 0; a < assets.size(); a++) {
      long good = 0;
      long scope = 0;
      for (Outcome outcome : OUTCOMES) {
        long n = engine.settled(assets.get(a), outcome);
        scope += outcome == Outcome.EXCLUDED ? 0 : n;
        good += outcome == Outcome.GOOD || outcome == Outcome.GOOD_LATE ? n : 0;
      }
      // Less than before is another engine, which read the journal again.
      newInScope[a] = Math.max(0, scope - lastInScope[a]);
      newUsable[a] = Math.max(0, good - lastUsable[a]);
      lastUsable[a] = good;
      lastInScope[a] = scope;
    }
  }

  /** A copy for others. */
  SecondsPane pane() {
    return registerHash.isEmpty()
        ? SecondsPane.EMPTY
        : new SecondsPane(
            second, Arrays.copyOf(usable, usable.length), Arrays.copyOf(inScope, inScope.length));
  }
}
