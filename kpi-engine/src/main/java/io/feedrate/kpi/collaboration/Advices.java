package io.feedrate.kpi.collaboration;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import java.util.List;

/**
 * What operators did with the advice they were shown. Events count in the window that they happened
 * in, so a decision may count in a later window than its showing: read longer periods than a
 * window.
 */
public final class Advices {

  /** Counts in the order of {@link io.feedrate.kpi.AdviceEvent}. */
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
          (n, histogram) -> Figure.ratio(n[1] + n[2], n[1] + n[2] + n[3]));

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
          (n, histogram) -> Figure.ratio(n[1], n[1] + n[2]));

  private Advices() {}
}
