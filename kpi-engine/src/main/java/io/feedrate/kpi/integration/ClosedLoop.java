package io.feedrate.kpi.integration;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Inference;
import io.feedrate.kpi.InferenceMode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Sample;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.State;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Closed-loop ratio: actionable production inferences that the controller answered within {@link
 * #WAIT_NS}, of those that had so long. They count in the window in which they were made. One that
 * still waits is open, neither answered nor not, and so is in the bounds only; so is one of those
 * that were given up because too many waited. The wait is measured on the collector's clock. A
 * response belongs to the inference with the same key that waits longest, of its own asset first;
 * it may come before the inference.
 *
 * <p>How long answers took is counted for {@link ActuationLatency}.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: house definition. <b>Thread</b>: the engine's.
 * <b>Allocation</b>: 0 in steady state. <b>Bounds</b>: {@link KeyedQueue#MAX} wait.
 */
public final class ClosedLoop implements Meter.Timed {
  /** How long the controller has to answer. */
  public static final long WAIT_NS = 60_000_000_000L;

  private static final int CLOSED = 0;
  private static final int UNANSWERED = 1;
  private static final int OPEN = 2;
  private static final int DROPPED = 3;
  private static final int WITHOUT_KEY = 4;

  private static final String ID = "closed_loop_ratio";

  /** Answered of those that had time to be. */
  public static final Kpi KPI =
      new Kpi(
          ID,
          ID,
          "Closed loop",
          "1",
          true,
          "answered / (answered + unanswered after 60 s); bounds: open and dropped ones either way",
          "house definition",
          List.of("closed", "unanswered", "open", "dropped", "without_key"),
          (n, histogram) -> figure(n));

  private final KeyedQueue waiting = new KeyedQueue();
  private final KeyedQueue early = new KeyedQueue();
  private final Tally tally;
  private final Tally bySource;
  private final Tally byReceipt;

  public ClosedLoop(Setting setting) {
    tally = setting.tally(KPI);
    bySource = setting.tally(ActuationLatency.P50);
    byReceipt = setting.tally(ActuationLatency.RECEIVED_P50);
  }

  private static Figure figure(long[] n) {
    long judged = n[CLOSED] + n[UNANSWERED];
    long unknown = n[OPEN] + n[DROPPED];
    if (judged == 0) {
      return unknown + n[WITHOUT_KEY] > 0 ? Figure.INSUFFICIENT : Figure.NOT_APPLICABLE;
    }
    double all = (double) judged + unknown;
    return new Figure(
        State.MEASURED, (double) n[CLOSED] / judged, n[CLOSED] / all, (n[CLOSED] + unknown) / all);
  }

  @Override
  public void onInference(Inference i) {
    if (!i.actionable || !i.ok || i.mode != InferenceMode.PRODUCTION) {
      return;
    }
    if (i.key == PlantEvent.NONE) {
      tally.add(i.asset, WITHOUT_KEY, i.atNs, 1);
      return;
    }
    long answer = choose(early, i.key, i.asset, i.receivedNs);
    if (answer != KeyedQueue.NONE) {
      tally.add(i.asset, CLOSED, i.atNs, 1);
      long actedNs = early.atNs(answer);
      took(i.asset, i.atNs, i.inferenceNs, i.receivedNs, actedNs, early.receivedNs(answer));
      early.remove(answer);
      return;
    }
    if (waiting.isFull()) {
      end(waiting.oldest(), DROPPED);
    }
    waiting.add(i.asset, i.key, i.atNs, i.inferenceNs, i.receivedNs);
    tally.add(i.asset, OPEN, i.atNs, 1);
  }

  @Override
  public void onEvent(PlantEvent e) {
    if (e.kind() != EventKind.RESPONSE || e.key() == PlantEvent.NONE) {
      return;
    }
    long its = choose(waiting, e.key(), e.asset(), e.receivedNs());
    if (its != KeyedQueue.NONE) {
      took(
          waiting.asset(its),
          waiting.atNs(its),
          waiting.sourceNs(its),
          waiting.receivedNs(its),
          e.atNs(),
          e.receivedNs());
      end(its, CLOSED);
      return;
    }
    if (early.isFull()) {
      early.remove(early.oldest());
    }
    early.add(e.asset(), e.key(), e.atNs(), e.atNs(), e.receivedNs());
  }

  /** The oldest with a key that is not too old, of the same asset first. */
  private static long choose(KeyedQueue queue, long key, int asset, long nowNs) {
    long oldest = KeyedQueue.NONE;
    long own = KeyedQueue.NONE;
    for (long id = queue.find(key); id != KeyedQueue.NONE; id = queue.findOlder(id)) {
      if (nowNs - queue.receivedNs(id) <= WAIT_NS) {
        oldest = id;
        own = queue.asset(id) == asset ? id : own;
      }
    }
    return own == KeyedQueue.NONE ? oldest : own;
  }

  private void end(long id, int kind) {
    tally.add(waiting.asset(id), OPEN, waiting.atNs(id), -1);
    tally.add(waiting.asset(id), kind, waiting.atNs(id), 1);
    waiting.remove(id);
  }

  private void took(
      int asset, long atNs, long madeNs, long madeReceivedNs, long actedNs, long actedReceivedNs) {
    if (madeNs == Sample.NO_TIME) {
      bySource.add(asset, ActuationLatency.UNTIMED, atNs, 1);
    } else {
      ActuationLatency.count(bySource, asset, atNs, actedNs - madeNs);
    }
    ActuationLatency.count(byReceipt, asset, atNs, actedReceivedNs - madeReceivedNs);
  }

  /** The watermark is never ahead of the collector's clock: what is too old by it, is. */
  @Override
  public void onTime(int asset, long fromNs, long toNs) {
    while (isOver(waiting, toNs)) {
      end(waiting.oldest(), UNANSWERED);
    }
    while (isOver(early, toNs)) {
      early.remove(early.oldest());
    }
  }

  private static boolean isOver(KeyedQueue queue, long nowNs) {
    long oldest = queue.oldest();
    return oldest != KeyedQueue.NONE && nowNs - queue.receivedNs(oldest) > WAIT_NS;
  }

  @Override
  public void write(Snapshot.Writer out) {
    waiting.write(out);
    early.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    waiting.read(in);
    early.read(in);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    ClosedLoop its = (ClosedLoop) old;
    waiting.takeOver(its.waiting, heirs.asset());
    early.takeOver(its.early, heirs.asset());
  }
}
