package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.PlantEvent;
import io.feedrate.kpi.meter.Meter;
import io.feedrate.kpi.meter.Setting;
import io.feedrate.kpi.window.Tally;
import java.util.List;

/**
 * What operators did with the advice they were shown: accepted, overridden, or left undecided.
 * Events count in the window that they happened in, so a decision may count in a later window than
 * its showing: read longer periods than a window.
 *
 * <p><b>Unit</b>: 1. <b>Source</b>: house definition; ISO/IEC 42001 human oversight (low
 * confidence). <b>Thread</b>: the engine's. <b>Allocation</b>: 0.
 */
public final class AdviceDecisions implements Meter {
  private static final int SHOWN = 0;
  private static final int ACCEPTED_COUNT = 1;
  private static final int OVERRIDDEN_COUNT = 2;
  private static final int EXPIRED = 3;

  private static final List<String> COUNTS = List.of("shown", "accepted", "overridden", "expired");

  /** Advice that a person decided before it expired, of the advice that came to an end. */
  public static final Kpi DECIDED =
      new Kpi(
          "advice_decided",
          "advice_decided",
          "Advice decided by people",
          "1",
          true,
          "(accepted + overridden) / (accepted + overridden + expired)",
          "house definition; ISO/IEC 42001 human oversight (low confidence)",
          COUNTS,
          (n, histogram) ->
              Figure.ratio(
                  n[ACCEPTED_COUNT] + n[OVERRIDDEN_COUNT],
                  n[ACCEPTED_COUNT] + n[OVERRIDDEN_COUNT] + n[EXPIRED]));

  /** Accepted of decided advice. */
  public static final Kpi ACCEPTED =
      new Kpi(
          "advice_accepted",
          "advice_decided",
          "Advice accepted",
          "1",
          true,
          "accepted / (accepted + overridden)",
          "house definition",
          COUNTS,
          (n, histogram) ->
              Figure.ratio(n[ACCEPTED_COUNT], n[ACCEPTED_COUNT] + n[OVERRIDDEN_COUNT]));

  private final Tally tally;

  public AdviceDecisions(Setting setting) {
    tally = setting.tally(DECIDED);
  }

  @Override
  public void onEvent(PlantEvent e) {
    switch (e.kind()) {
      case ADVICE_SHOWN -> tally.add(e.asset(), SHOWN, e.atNs(), 1);
      case ADVICE_ACCEPTED -> tally.add(e.asset(), ACCEPTED_COUNT, e.atNs(), 1);
      case ADVICE_OVERRIDDEN -> tally.add(e.asset(), OVERRIDDEN_COUNT, e.atNs(), 1);
      case ADVICE_EXPIRED -> tally.add(e.asset(), EXPIRED, e.atNs(), 1);
      default -> {}
    }
  }
}
