package io.feedrate.kpi.integration;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.State;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * AI-in-loop coverage: parts produced about which a production inference succeeded, of parts
 * produced. The two may come in either order; a part counts in the window in which it was produced,
 * which is revised when the inference comes later. A part that several machines work on counts at
 * each of them. Parts without a key may have had an inference or not: they are in the bounds only.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: house definition. <b>Thread</b>: the engine's.
 * <b>Allocation</b>: 0 in steady state. <b>Bounds</b>: the last {@link KeyedQueue#MAX} parts
 * without an inference, and as many with one, are remembered.
 */
public final class AiInLoop implements Meter {
  private static final int COVERED = 0;
  private static final int UNCOVERED = 1;
  private static final int WITHOUT_KEY = 2;

  private static final String ID = "ai_in_loop_coverage";

  /** Parts with an inference of parts produced. */
  public static final Kpi KPI =
      new Kpi(
          ID,
          ID,
          "AI-in-loop coverage",
          "1",
          true,
          "parts produced with a production inference / parts produced; bounds: parts without key",
          "house definition",
          List.of("covered", "uncovered", "without_key"),
          (n, histogram) -> figure(n));

  private final KeyedQueue produced = new KeyedQueue();
  private final KeyedQueue decided = new KeyedQueue();
  private final Tally tally;

  public AiInLoop(Setting setting) {
    tally = setting.tally(KPI);
  }

  private static Figure figure(long[] n) {
    long known = n[COVERED] + n[UNCOVERED];
    if (known == 0) {
      return n[WITHOUT_KEY] > 0 ? Figure.INSUFFICIENT : Figure.NOT_APPLICABLE;
    }
    double all = (double) known + n[WITHOUT_KEY];
    return new Figure(
        State.MEASURED,
        (double) n[COVERED] / known,
        n[COVERED] / all,
        (n[COVERED] + n[WITHOUT_KEY]) / all);
  }

  @Override
  public void onEvent(PlantEvent e) {
    if (e.kind() != EventKind.PART_PRODUCED) {
      return;
    }
    if (e.key() == PlantEvent.NONE) {
      tally.add(e.asset(), WITHOUT_KEY, e.atNs(), 1);
    } else if (decided.find(e.key()) != KeyedQueue.NONE) {
      tally.add(e.asset(), COVERED, e.atNs(), 1);
    } else {
      tally.add(e.asset(), UNCOVERED, e.atNs(), 1);
      remember(produced, e.asset(), e.key(), e.atNs());
    }
  }

  @Override
  public void onInference(Inference i) {
    boolean counts = i.mode == InferenceMode.PRODUCTION && i.ok && i.part != PlantEvent.NONE;
    if (!counts || decided.find(i.part) != KeyedQueue.NONE) {
      return;
    }
    remember(decided, i.asset, i.part, i.atNs);
    for (long id = produced.find(i.part); id != KeyedQueue.NONE; id = produced.find(i.part)) {
      tally.add(produced.asset(id), UNCOVERED, produced.atNs(id), -1);
      tally.add(produced.asset(id), COVERED, produced.atNs(id), 1);
      produced.remove(id);
    }
  }

  private static void remember(KeyedQueue queue, int asset, long key, long atNs) {
    if (queue.isFull()) {
      queue.remove(queue.oldest());
    }
    queue.add(asset, key, atNs, atNs, atNs);
  }

  @Override
  public void write(Snapshot.Writer out) {
    produced.write(out);
    decided.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    produced.read(in);
    decided.read(in);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    AiInLoop its = (AiInLoop) old;
    produced.takeOver(its.produced, heirs.asset());
    decided.takeOver(its.decided, heirs.asset());
  }
}
