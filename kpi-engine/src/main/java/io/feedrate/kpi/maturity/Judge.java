package io.feedrate.kpi.maturity;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says of each indicator alone what the evidence is worth. */
final class Judge {

  private final Evidence evidence;
  private final Map<String, Declaration> declarations = new HashMap<>();

  Judge(Evidence evidence) {
    this.evidence = evidence;
    evidence.declarations().forEach(d -> declarations.put(d.indicator(), d));
  }

  /** The figure that an indicator is judged on, or {@link Figure#INSUFFICIENT}. */
  Figure figure(Indicator indicator) {
    Measurement measurement =
        indicator instanceof Indicator.Measured measured
            ? evidence.measurements().get(measured.kpi())
            : null;
    return measurement == null ? Figure.INSUFFICIENT : measurement.figure();
  }

  Verdict verdict(Indicator indicator) {
    Declaration declaration = declarations.get(indicator.id());
    if (declaration != null) {
      return declared(indicator, declaration);
    } else if (indicator instanceof Indicator.Measured measured) {
      return measured(measured, evidence.measurements().get(measured.kpi()));
    }
    return documented((Indicator.Documented) indicator);
  }

  private Verdict declared(Indicator indicator, Declaration declaration) {
    boolean notApplicable = declaration instanceof Declaration.NotApplicable;
    StringBuilder why =
        new StringBuilder(notApplicable ? "not applicable" : "not implemented")
            .append(", says ")
            .append(declaration.approver())
            .append(": ")
            .append(declaration.reason());
    if (declaration.enteredNs() >= evidence.endNs()) {
      why.append("; entered after the period");
    }
    // The human decides, but whoever reads it must see that telemetry says otherwise.
    if (figure(indicator).state() == State.MEASURED) {
      why.append("; yet it was measured");
    }
    return notApplicable
        ? new Verdict(
            IndicatorState.NOT_APPLICABLE,
            Interval.UNDEFINED,
            Reason.DECLARED_NOT_APPLICABLE,
            why.toString())
        : new Verdict(
            IndicatorState.NOT_IMPLEMENTED,
            Interval.of(Degree.NOT),
            Reason.DECLARED_NOT_IMPLEMENTED,
            why.toString());
  }

  private static Verdict measured(Indicator.Measured indicator, @Nullable Measurement measurement) {
    if (measurement == null) {
      return insufficient(Reason.NO_RESULT, "no result for " + indicator.kpi());
    }
    return switch (measurement.figure().state()) {
      case NOT_APPLICABLE -> insufficient(Reason.NOTHING_DUE, indicator.nothingDue().english());
      case INSUFFICIENT_EVIDENCE ->
          insufficient(Reason.FIGURE_INSUFFICIENT, indicator.tooLittle().english());
      case MEASURED -> {
        Optional<String> tooFew = tooFew(indicator.minimum(), measurement.counts());
        yield tooFew.isPresent()
            ? insufficient(Reason.TOO_FEW, tooFew.get())
            : decide(indicator, measurement.figure());
      }
    };
  }

  private static Optional<String> tooFew(Indicator.Minimum minimum, Map<String, Long> counts) {
    if (minimum.counts().isEmpty()) {
      return Optional.empty();
    }
    long sum = 0;
    for (String name : minimum.counts()) {
      Long count = counts.get(name);
      if (count == null) {
        return Optional.of("the evidence does not tell the count " + name);
      }
      sum += count;
    }
    return sum >= minimum.atLeast()
        ? Optional.empty()
        : Optional.of(
            "%d of at least %d counted (%s)"
                .formatted(sum, minimum.atLeast(), String.join(" + ", minimum.counts())));
  }

  private static Verdict decide(Indicator.Measured indicator, Figure figure) {
    double lower = Double.isNaN(figure.lower()) ? Double.NEGATIVE_INFINITY : figure.lower();
    double upper = Double.isNaN(figure.upper()) ? Double.POSITIVE_INFINITY : figure.upper();
    Scale scale = indicator.scale();
    Degree worst = scale.worst(lower, upper);
    boolean bounded =
        switch (scale.better()) {
          case HIGHER -> Double.isFinite(lower);
          case LOWER -> Double.isFinite(upper);
          case WITHIN -> Double.isFinite(lower) && Double.isFinite(upper);
        };
    Degree best = scale.best(lower, upper);
    if (!bounded && worst != best) {
      return new Verdict(
          IndicatorState.INSUFFICIENT_EVIDENCE,
          Interval.of(worst, best),
          Reason.NO_BOUND,
          Sentences.notEnough(
              "only "
                  + Quantities.text(figure, indicator.unit())
                  + " is known; at best "
                  + best.words()));
    }
    return new Verdict(
        IndicatorState.MEASURED,
        Interval.of(worst),
        Reason.DECIDED_ON_BOUND,
        Sentences.decision(indicator, lower, upper, worst));
  }

  private Verdict documented(Indicator.Documented indicator) {
    List<Document> attached = new ArrayList<>(evidence.documents());
    attached.removeIf(document -> !document.indicator().equals(indicator.id()));
    if (attached.isEmpty()) {
      return insufficient(Reason.NO_DOCUMENT, "no document attached");
    }
    attached.removeIf(document -> !document.covers(evidence.startNs(), evidence.endNs()));
    if (attached.isEmpty()) {
      return insufficient(
          Reason.DOCUMENT_NOT_VALID, "the document was not valid during the whole period");
    }
    return attached.stream()
        .flatMap(document -> document.review().stream())
        .max(Comparator.comparingLong(Document.Review::reviewedNs))
        .map(Judge::reviewed)
        .orElseGet(
            () ->
                new Verdict(
                    IndicatorState.DECLARED,
                    Interval.UNKNOWN,
                    Reason.DOCUMENT_NOT_REVIEWED,
                    "declared: " + attached.get(0).title() + "; nobody reviewed it"));
  }

  private static Verdict reviewed(Document.Review review) {
    return new Verdict(
        IndicatorState.DECLARED,
        Interval.of(review.degree()),
        Reason.DOCUMENT_REVIEWED,
        review.degree().words() + ", says " + review.reviewer() + " who reviewed the document");
  }

  private static Verdict insufficient(Reason reason, String why) {
    return new Verdict(
        IndicatorState.INSUFFICIENT_EVIDENCE, Interval.UNKNOWN, reason, Sentences.notEnough(why));
  }
}
