package io.feedrate.collector.assess;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.Quantities;
import io.feedrate.kpi.maturity.Reason;
import io.feedrate.kpi.maturity.Scale;

/**
 * What lies between an indicator and "fully met", in sentences for a plant engineer. English.
 *
 * @param have what evidence there is
 * @param missing what is missing; "" where nothing is
 * @param next what to do next; "" where there is nothing to do
 */
record Gap(String have, String missing, String next) {

  private static final String LONGER = "Assess a longer period";

  /** Whether nothing is missing. */
  boolean isClosed() {
    return missing.isEmpty();
  }

  static Gap of(IndicatorScore score) {
    return score.indicator() instanceof Indicator.Measured measured
        ? measured(measured, score)
        : documented((Indicator.Documented) score.indicator(), score);
  }

  private static Gap measured(Indicator.Measured indicator, IndicatorScore score) {
    String feed = Remedy.of(indicator.kpi()).map(Remedy::feed).orElse("");
    String improve = Remedy.of(indicator.kpi()).map(Remedy::improve).orElse("");
    String have = have(indicator, score.figure());
    String why = why(score);
    return switch (score.verdict().reason()) {
      case DECIDED_ON_BOUND ->
          score.verdict().degree().lower() >= Degree.FULLY.value()
              ? new Gap(have, "", "")
              : new Gap(
                  have,
                  shortOf(indicator, score),
                  onlyDoubt(indicator, score) ? LONGER + ": the bounds narrow." : improve);
      case NO_RESULT -> new Gap("no result of " + indicator.kpi(), "any measurement", feed);
      case NOTHING_DUE ->
          new Gap(
              "nothing: " + why,
              "something to measure",
              LONGER + " if it happens seldom. If it was never measured: " + feed);
      case TOO_FEW -> new Gap(have + "; " + why, "more of it", LONGER + ", or wait for more.");
      case FIGURE_INSUFFICIENT -> new Gap("nothing certain: " + why, "certainty", unsure(feed));
      case NO_BOUND ->
          new Gap(have + "; " + why, "the other bound", LONGER + ", in which more of them end.");
      default -> declared(score);
    };
  }

  private static String unsure(String feed) {
    return LONGER + ". If it stays so, look whether this is given: " + feed;
  }

  private static Gap documented(Indicator.Documented indicator, IndicatorScore score) {
    String shows = indicator.kind() + " that shows: " + indicator.mustShow().english();
    return switch (score.verdict().reason()) {
      case NO_DOCUMENT ->
          new Gap(
              "no document",
              "a " + shows,
              "Find or write it, attach it (feedrate document attach), and have it reviewed by somebody"
                  + " who did not write it.");
      case DOCUMENT_NOT_VALID ->
          new Gap(why(score), "a valid " + shows, "Have it renewed; it must cover the period.");
      case DOCUMENT_NOT_REVIEWED ->
          new Gap(why(score), "a review of it", "Have it reviewed: is it a " + shows);
      case DOCUMENT_REVIEWED ->
          score.verdict().degree().lower() >= Degree.FULLY.value()
              ? new Gap(why(score), "", "")
              : new Gap(why(score), "part of what it must show", "Complete the " + shows);
      default -> declared(score);
    };
  }

  private static Gap declared(IndicatorScore score) {
    return score.verdict().reason() == Reason.DECLARED_NOT_APPLICABLE
        ? new Gap(why(score), "", "")
        : new Gap(why(score), "the thing itself", "Build it, or plan when.");
  }

  private static String have(Indicator.Measured indicator, Figure figure) {
    String value = Quantities.text(figure, indicator.unit());
    String bounds = Quantities.bounds(figure, indicator.unit());
    return bounds.isEmpty() ? value : value + " (" + bounds + ")";
  }

  /** Why it is as it is, without the words that the state says already. */
  private static String why(IndicatorScore score) {
    return score.verdict().explanation().replaceFirst("^not enough evidence: ", "");
  }

  /** What full satisfaction asks for, and whether better values or less doubt would do it. */
  private static String shortOf(Indicator.Measured indicator, IndicatorScore score) {
    Scale.Range fully = indicator.scale().range(Degree.FULLY);
    String unit = indicator.unit();
    String wanted =
        switch (indicator.scale().better()) {
          case HIGHER -> "at least " + Quantities.text(fully.min(), unit);
          case LOWER -> "at most " + Quantities.text(fully.max(), unit);
          case WITHIN ->
              Quantities.text(fully.min(), unit) + " to " + Quantities.text(fully.max(), unit);
        };
    return wanted
        + " for fully met"
        + (onlyDoubt(indicator, score)
            ? "; the figure reaches it, its bound does not: more data or less doubt"
            : "")
        + " (now "
        + score.verdict().explanation().replaceFirst(":.*", "")
        + ")";
  }

  private static boolean onlyDoubt(Indicator.Measured indicator, IndicatorScore score) {
    Scale.Range fully = indicator.scale().range(Degree.FULLY);
    return fully.min() <= score.figure().value() && score.figure().value() <= fully.max();
  }

  /** What is in order needs one figure and no more. */
  static String inOrder(IndicatorScore score) {
    return score.indicator().name().english()
        + (score.indicator() instanceof Indicator.Measured measured
            ? " " + Quantities.text(score.figure(), measured.unit())
            : "");
  }
}
