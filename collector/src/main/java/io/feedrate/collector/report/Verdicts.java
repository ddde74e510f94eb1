package io.feedrate.collector.report;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import io.feedrate.kpi.maturity.Degree;
import io.feedrate.kpi.maturity.Document;
import io.feedrate.kpi.maturity.Indicator;
import io.feedrate.kpi.maturity.IndicatorScore;
import io.feedrate.kpi.maturity.Interval;
import io.feedrate.kpi.maturity.Scale;
import java.util.Locale;

/** What was decided of an indicator and why, in sentences of one language. */
final class Verdicts {

  /** No line breaks after the sign. */
  private static final String AT_LEAST = "≥\u00a0";

  private static final String AT_MOST = "≤\u00a0";

  private final Words words;
  private final Format format;

  Verdicts(Words words, Format format) {
    this.words = words;
    this.format = format;
  }

  String name(Indicator indicator) {
    return indicator.name().in(words.language().tag());
  }

  /** "fully met", or "not – partly met", or that it is open. */
  String degree(IndicatorScore score) {
    Interval degree = score.verdict().degree();
    if (!degree.isDefined()) {
      return words.say(Phrase.NOT_APPLICABLE);
    } else if (degree.isPoint()) {
      return words.name("degree", atLeast(degree.lower()));
    }
    return words.say(Phrase.OPEN);
  }

  /** CSS class of the degree's colour. */
  String colour(IndicatorScore score) {
    Interval degree = score.verdict().degree();
    return degree.isDefined() && degree.isPoint()
        ? atLeast(degree.lower()).name().toLowerCase(Locale.ROOT)
        : "open";
  }

  private static Degree atLeast(double value) {
    Degree found = Degree.NOT;
    for (Degree degree : Degree.values()) {
      if (value >= degree.value()) {
        found = degree;
      }
    }
    return found;
  }

  /** What "fully met" asks for. */
  String asked(Indicator indicator) {
    return indicator instanceof Indicator.Measured measured
        ? threshold(measured, Degree.FULLY)
        : words.say(Phrase.REVIEWED_DOCUMENT);
  }

  private String threshold(Indicator.Measured indicator, Degree degree) {
    Scale.Range range = indicator.scale().range(degree);
    return switch (indicator.scale().better()) {
      case HIGHER -> AT_LEAST + format.quantity(range.min(), indicator.unit());
      case LOWER -> AT_MOST + format.quantity(range.max(), indicator.unit());
      case WITHIN ->
          format.bounds(
              new Figure(State.MEASURED, Double.NaN, range.min(), range.max()), indicator.unit());
    };
  }

  /** All three thresholds of a measured indicator. */
  String thresholds(Indicator.Measured indicator) {
    return words.say(
        Phrase.THRESHOLDS,
        threshold(indicator, Degree.FULLY),
        threshold(indicator, Degree.MOSTLY),
        threshold(indicator, Degree.PARTLY));
  }

  /** Why it was decided so. */
  String why(IndicatorScore score) {
    return switch (score.verdict().reason()) {
      case DECIDED_ON_BOUND -> bound((Indicator.Measured) score.indicator(), score.figure());
      case NO_RESULT -> words.say(Phrase.NO_RESULT);
      case NOTHING_DUE -> told(score, true);
      case FIGURE_INSUFFICIENT -> told(score, false);
      case TOO_FEW -> tooFew(score);
      case NO_BOUND -> words.say(Phrase.NO_BOUND);
      case NO_DOCUMENT -> words.say(Phrase.NO_DOCUMENT);
      case DOCUMENT_NOT_VALID -> words.say(Phrase.DOCUMENT_NOT_VALID);
      case DOCUMENT_NOT_REVIEWED -> words.say(Phrase.DOCUMENT_NOT_REVIEWED);
      case DOCUMENT_REVIEWED -> words.say(Phrase.DOCUMENT_REVIEWED);
      case DECLARED_NOT_APPLICABLE -> words.say(Phrase.DECLARED_NOT_APPLICABLE);
      case DECLARED_NOT_IMPLEMENTED -> words.say(Phrase.DECLARED_NOT_IMPLEMENTED);
    };
  }

  private String bound(Indicator.Measured indicator, Figure figure) {
    String unit = indicator.unit();
    if (figure.lower() == figure.upper()) {
      return words.say(Phrase.DECIDED_ON_VALUE, format.quantity(figure.value(), unit));
    }
    return switch (indicator.scale().better()) {
      case HIGHER -> words.say(Phrase.DECIDED_ON_LOWER, format.quantity(figure.lower(), unit));
      case LOWER ->
          Double.isFinite(figure.upper())
              ? words.say(Phrase.DECIDED_ON_UPPER, format.quantity(figure.upper(), unit))
              : words.say(Phrase.AT_LEAST, format.quantity(figure.lower(), unit));
      case WITHIN -> words.say(Phrase.DECIDED_ON_BOTH, format.bounds(figure, unit));
    };
  }

  private String told(IndicatorScore score, boolean nothingDue) {
    if (score.indicator() instanceof Indicator.Measured measured) {
      String text =
          (nothingDue ? measured.nothingDue() : measured.tooLittle()).in(words.language().tag());
      if (!text.isBlank()) {
        return text;
      }
    }
    return words.say(nothingDue ? Phrase.NOTHING_DUE : Phrase.TOO_LITTLE);
  }

  private String tooFew(IndicatorScore score) {
    long least =
        score.indicator() instanceof Indicator.Measured measured ? measured.minimum().atLeast() : 0;
    return words.say(Phrase.TOO_FEW, format.integer(least));
  }

  /** What to do next, in one sentence. */
  String next(IndicatorScore score) {
    return words.say(
        switch (score.verdict().reason()) {
          case DECIDED_ON_BOUND -> Phrase.NEXT_IMPROVE;
          case NO_RESULT, NOTHING_DUE -> Phrase.NEXT_CONNECT;
          case FIGURE_INSUFFICIENT, TOO_FEW, NO_BOUND -> Phrase.NEXT_LONGER;
          case NO_DOCUMENT -> Phrase.NEXT_ATTACH;
          case DOCUMENT_NOT_VALID -> Phrase.NEXT_RENEW;
          case DOCUMENT_NOT_REVIEWED -> Phrase.NEXT_REVIEW;
          case DOCUMENT_REVIEWED -> Phrase.NEXT_COMPLETE;
          case DECLARED_NOT_APPLICABLE, DECLARED_NOT_IMPLEMENTED -> Phrase.NEXT_BUILD;
        });
  }

  /** What a reviewer found. */
  String review(Document document) {
    return document
        .review()
        .map(
            r ->
                words.say(
                    Phrase.REVIEWED_BY,
                    words.name("degree", r.degree()),
                    r.reviewer(),
                    format.time(r.reviewedNs())))
        .orElseGet(() -> words.say(Phrase.NOT_REVIEWED));
  }
}
