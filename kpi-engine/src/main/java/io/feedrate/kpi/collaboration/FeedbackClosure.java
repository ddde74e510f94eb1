package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * Closure of the feedback loop: operators' corrections that reached a released model version, of
 * the corrections made; and how long that took. Each counts in the window in which it happened, and
 * a release comes days after its correction: read long periods. The ratio may exceed 1 in one in
 * which a backlog is worked off; the turnaround follows each correction and knows the open ones.
 *
 * <p>A correction is made and released once; once more is counted as {@code repeated}, released
 * without a correction as {@code uncorrected} until the correction arrives. Corrections without a
 * key cannot be followed: they count, and have no turnaround.
 *
 * <p><b>Unit</b>: 1; s for the turnaround. <b>Source</b>: house definition. <b>Thread</b>: the
 * engine's. <b>Allocation</b>: per event.
 */
public final class FeedbackClosure implements Meter {
  private static final int CORRECTIONS = 0;
  private static final int RELEASED = 1;
  private static final int REPEATED = 2;
  private static final int UNCORRECTED = 3;
  private static final double HALF = 0.5;

  /** Released of made corrections. */
  public static final Kpi KPI =
      new Kpi(
          "feedback_closure",
          "feedback_closure",
          "Corrections that reached a model",
          "1",
          true,
          "corrections in a released model version / corrections",
          "house definition",
          List.of("corrections", "released", "repeated", "uncorrected"),
          (n, histogram) -> Figure.ratio(n[RELEASED], n[CORRECTIONS]));

  /** Median time from a correction to the release of a version that contains it. */
  public static final Kpi TURNAROUND =
      Kpi.waiting(
          "feedback_turnaround_median",
          "Turnaround of corrections (median)",
          "median of t(released) - t(correction); open: censored",
          "house definition",
          new Kpi.Waiting(Episode.Kind.FEEDBACK, HALF, false));

  private final Tally tally;
  private final Pairing pairing;

  public FeedbackClosure(Setting setting) {
    tally = setting.tally(KPI);
    pairing = new Pairing(setting, Episode.Kind.FEEDBACK, false, this::count);
  }

  private void count(Pairing.What what, int asset, int how, long atNs) {
    switch (what) {
      case BEGUN -> tally.add(asset, CORRECTIONS, atNs, 1);
      case ENDED -> tally.add(asset, RELEASED, atNs, 1);
      case AGAIN -> tally.add(asset, REPEATED, atNs, 1);
      case UNBEGUN -> tally.add(asset, UNCORRECTED, atNs, 1);
      case FOUND -> tally.add(asset, UNCORRECTED, atNs, -1);
    }
  }

  @Override
  public void onEvent(PlantEvent e) {
    boolean isKnown = e.key() != PlantEvent.NONE;
    switch (e.kind()) {
      case CORRECTION -> {
        if (isKnown) {
          pairing.begin(e.asset(), e.key(), e.atNs(), e.receivedNs());
        } else {
          tally.add(e.asset(), CORRECTIONS, e.atNs(), 1);
        }
      }
      case CORRECTION_RELEASED -> {
        if (isKnown) {
          pairing.end(e.asset(), e.key(), Episode.End.DONE, 0, e.atNs(), e.receivedNs());
        } else {
          tally.add(e.asset(), RELEASED, e.atNs(), 1);
        }
      }
      default -> {}
    }
  }

  @Override
  public void write(Snapshot.Writer out) {
    pairing.write(out);
  }

  @Override
  public void read(Snapshot.Reader in) {
    pairing.read(in);
  }

  @Override
  public void takeOver(Meter old, Heirs heirs) {
    pairing.takeOver(((FeedbackClosure) old).pairing, heirs);
  }
}
