package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.meter.Heirs;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;

/**
 * Takeover time: from the request that an operator take control to the moment the operator has it.
 * Requests that nobody has answered yet stay in the estimate as censored.
 *
 * <p>Asked again while a request is open changes nothing: the operator's clock runs since the first
 * time. Taken twice counts once; taken before its request arrives is paired when that does; control
 * taken without any request is no takeover. A source that tells no key has one request at a time.
 *
 * <p><b>Unit</b>: s. <b>Source</b>: house definition. <b>Thread</b>: the engine's.
 * <b>Allocation</b>: per event.
 */
public final class Takeover implements Meter {
  private static final double HALF = 0.5;
  private static final double MOST = 0.9;
  private static final String FORMULA = " of t(operator has control) - t(request); open: censored";

  /** Median time from request to control. */
  public static final Kpi MEDIAN =
      Kpi.waiting(
          "takeover_time_median",
          "Takeover time (median)",
          "median" + FORMULA,
          "house definition",
          new Kpi.Waiting(Episode.Kind.TAKEOVER, HALF, false));

  /** The time that 90 % of takeovers do not exceed. */
  public static final Kpi P90 =
      Kpi.waiting(
          "takeover_time_p90",
          "Takeover time (90th percentile)",
          "90th percentile" + FORMULA,
          "house definition",
          new Kpi.Waiting(Episode.Kind.TAKEOVER, MOST, false));

  private final Pairing pairing;

  public Takeover(Setting setting) {
    pairing = new Pairing(setting, Episode.Kind.TAKEOVER, true, (what, asset, how, atNs) -> {});
  }

  @Override
  public void onEvent(PlantEvent e) {
    switch (e.kind()) {
      case CONTROL_REQUESTED -> pairing.begin(e.asset(), e.key(), e.atNs(), e.receivedNs());
      case CONTROL_TAKEN ->
          pairing.end(e.asset(), e.key(), Episode.End.DONE, 0, e.atNs(), e.receivedNs());
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
    pairing.takeOver(((Takeover) old).pairing, heirs);
  }
}
