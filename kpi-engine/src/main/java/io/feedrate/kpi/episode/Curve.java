package io.feedrate.kpi.episode;

import io.feedrate.kpi.episode.Spell.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The Aalen–Johansen curve of spells with one reading of their ends. Built from sorted times and
 * counts alone, in O(n log n): what order the spells came in cannot matter.
 */
final class Curve {
  private final List<Step> steps;

  private Curve(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  static Curve of(List<Spell> spells, ToLongFunction<Spell> exitNs) {
    return new Curve(new Sweep(spells, exitNs).steps());
  }

  List<Step> steps() {
    return steps;
  }

  /** The first age at which a share of the curve, or of its limit, is at least {@code q}. */
  OptionalLong reaches(double q, ToDoubleFunction<Step> share) {
    for (Step step : steps) {
      if (share.applyAsDouble(step) >= q - Step.TOLERANCE) {
        return OptionalLong.of(step.ns());
      }
    }
    return OptionalLong.empty();
  }

  /** The age from which on nothing of the curve is open any more. */
  OptionalLong emptyFromNs() {
    return steps.stream().filter(s -> s.survival() == 0).mapToLong(Step::ns).findFirst();
  }

  /** One pass over all ages at which something ended. */
  private static final class Sweep {
    private final Ages events;
    private final Ages competing;
    private final Ages exits;
    private final Ages entries;
    private final Ages instants;
    private final int fromStart;

    private double survival = 1;
    private double incidence;
    private double other;

    // Of survival and incidence: a step multiplies the pair by a matrix of estimated shares, so
    // the pair's covariance follows from the last one and that of the shares alone.
    private double varSurvival;
    private double varIncidence;
    private double covariance;

    Sweep(List<Spell> spells, ToLongFunction<Spell> exitNs) {
      events = ages(spells, exitNs, Cause.EVENT);
      competing = ages(spells, exitNs, Cause.COMPETING);
      exits = new Ages(spells.stream().mapToLong(exitNs).toArray());
      entries =
          new Ages(spells.stream().mapToLong(Spell::entryNs).filter(entry -> entry > 0).toArray());
      instants =
          new Ages(
              spells.stream()
                  .filter(s -> s.isInstant(exitNs.applyAsLong(s)))
                  .mapToLong(exitNs)
                  .toArray());
      fromStart = spells.size() - entries.size();
    }

    private static Ages ages(List<Spell> spells, ToLongFunction<Spell> exitNs, Cause cause) {
      return new Ages(spells.stream().filter(s -> s.cause() == cause).mapToLong(exitNs).toArray());
    }

    List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      while (events.hasNext() || competing.hasNext()) {
        steps.add(step(Math.min(events.next(), competing.next())));
      }
      return steps;
    }

    private Step step(long t) {
      // What ends as it comes into view is in neither: it is at risk for its own end alone.
      int atRisk = fromStart + entries.before(t) - exits.before(t) + instants.take(t);
      int hadEvent = events.take(t);
      int endedOtherwise = competing.take(t);
      advance(atRisk, hadEvent, endedOtherwise);
      return new Step(
          t,
          atRisk,
          hadEvent,
          endedOtherwise,
          Math.min(1, incidence),
          Math.min(1, other),
          survival,
          Math.sqrt(Math.max(0, varIncidence)));
    }

    private void advance(int atRisk, int hadEvent, int endedOtherwise) {
      int ended = hadEvent + endedOtherwise;
      double p = (double) hadEvent / atRisk;
      double open = (double) (atRisk - ended) / atRisk;
      double square = survival * survival / atRisk;
      varIncidence += 2 * p * covariance + p * p * varSurvival + square * p * (1 - p);
      covariance = open * (covariance + p * varSurvival) - square * p * open;
      varSurvival = open * open * varSurvival + square * open * (1 - open);
      incidence += survival * p;
      other += survival * endedOtherwise / atRisk;
      survival *= open;
    }
  }

  /** Sorted ages with a place in them. */
  private static final class Ages {
    private final long[] ns;
    private int at;

    Ages(long[] ns) {
      Arrays.sort(ns);
      this.ns = ns;
    }

    int size() {
      return ns.length;
    }

    boolean hasNext() {
      return at < ns.length;
    }

    long next() {
      return hasNext() ? ns[at] : Long.MAX_VALUE;
    }

    /** How many are below {@code t}; {@code t} never falls from call to call. */
    int before(long t) {
      while (hasNext() && ns[at] < t) {
        at++;
      }
      return at;
    }

    /** How many are {@code t}, which is at most the next one; goes past them. */
    int take(long t) {
      int from = at;
      while (hasNext() && ns[at] == t) {
        at++;
      }
      return at - from;
    }
  }
}
