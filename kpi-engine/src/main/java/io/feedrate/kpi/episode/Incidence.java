package io.feedrate.kpi.episode;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.State;
import io.feedrate.kpi.episode.Spell.Cause;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many of the things watched had an event by which age: the cumulative incidence F(t) over
 * spells with competing events, late entry and spells that are still open. Without competing events
 * it is 1 - Kaplan–Meier.
 *
 * <ul>
 *   <li><b>Ties</b>: at one age, events and competing events come before censorings, so a spell
 *       censored at t is at risk at t. A spell that entered at t is at risk for what happens after
 *       t; one that both enters and ends at t is at risk for its own end alone. An entry of 0 is
 *       before everything.
 *   <li><b>Variance</b>: the delta method over the multinomial shares of each step (Greenwood type;
 *       Andersen, Borgan, Gill and Keiding 1993, section IV.4.1, as R's etm has it; the same number
 *       as Dinse and Larson 1986 and Marubini and Valsecchi 1995, called DELTA in SAS LIFETEST).
 *       Without competing events it is Greenwood's. It is not Aalen's of R's cmprsk, nor the
 *       infinitesimal jackknife of R's survival for several states; with some ten events they
 *       differ in the second digit.
 *   <li><b>Interval of F</b>: symmetric on log(-log(1 - F)), 95 %; without competing events that is
 *       the log-log interval of survival. <b>Interval of a quantile</b>: by inversion (Brookmeyer
 *       and Crowley 1982): from the first age at which the upper limit of F reaches q to the first
 *       at which its lower limit does; no upper limit where it never does.
 *   <li><b>Quantile</b>: the smallest t with F(t) ≥ q. Where F lies at q over a while it is the
 *       while's beginning; R gives its middle.
 *   <li><b>Late entry</b>: where the few that are watched at a low age all end before the next one
 *       enters, F is 1 from there on and knows nothing of what enters later. Such spells are
 *       counted in {@link #unseen()}, and a figure then has no upper bound.
 * </ul>
 *
 * <p><b>Thread</b>: any; immutable.
 *
 * <p><b>Source</b>: estimator: Aalen and Johansen 1978; late entry: Klein and Moeschberger 2003,
 * section 4.6. Confidence: high, see the worked examples in the tests. The 5 events and the bounds
 * of a figure are house rules.
 */
public final class Incidence {

  /** Fewer events than this carry no quantile: list the spells instead. */
  public static final int MIN_EVENTS = 5;

  private static final int P90 = 90;
  private static final double NS_PER_S = 1e9;

  private final List<Spell> spells;
  private final Curve early;
  private final Curve late;
  private final long[] pendingNs;

  private Incidence(List<Spell> spells) {
    this.spells = spells;
    late = Curve.of(spells, Spell::latestNs);
    early = spells.stream().allMatch(Spell::isExact) ? late : Curve.of(spells, Spell::earliestNs);
    pendingNs =
        spells.stream()
            .filter(s -> s.cause() == Cause.CENSORED)
            .mapToLong(Spell::latestNs)
            .sorted()
            .toArray();
  }

  /** Estimates over spells in any order. */
  public static Incidence of(List<Spell> spells) {
    return new Incidence(
        spells.stream()
            .sorted(
                Comparator.comparingLong(Spell::latestNs)
                    .thenComparingLong(Spell::earliestNs)
                    .thenComparingLong(Spell::entryNs)
                    .thenComparing(Spell::cause))
            .toList());
  }

  /** All spells by their end: the list to show where there are too few for a quantile. */
  public List<Spell> spells() {
    return spells;
  }

  /** How many spells ended, or stayed open, like this. */
  public int count(Cause cause) {
    return (int) spells.stream().filter(s -> s.cause() == cause).count();
  }

  /** Greatest age of a spell that is still open; 0 if none is. */
  public long oldestPendingNs() {
    return pendingNs.length == 0 ? 0 : pendingNs[pendingNs.length - 1];
  }

  /** Age that 90 % of the open spells do not exceed (nearest rank); 0 if none is open. */
  public long pendingP90Ns() {
    // Whole numbers: 0.9 times a count may round up to the next rank.
    return pendingNs.length == 0 ? 0 : pendingNs[(pendingNs.length * P90 + 99) / 100 - 1];
  }

  /** Greatest age to which any spell was watched; 0 if there is none. */
  public long longestFollowUpNs() {
    return spells.isEmpty() ? 0 : spells.get(spells.size() - 1).latestNs();
  }

  /** Spells that came into view only after the curve had run out of open ones. */
  public int unseen() {
    OptionalLong empty = late.emptyFromNs();
    return empty.isEmpty()
        ? 0
        : (int) spells.stream().filter(s -> s.latestNs() > empty.getAsLong()).count();
  }

  /**
   * The curve, one step per age at which a spell ended; interval-censored ends as late as can be.
   */
  public List<Step> steps() {
    return late.steps();
  }

  /** The curve with interval-censored ends as early as can be. */
  public List<Step> earliestSteps() {
    return early.steps();
  }

  /**
   * A quantile with its bounds, whatever it rests on; {@link #figure} judges that.
   *
   * @param q above 0, at most 1
   */
  public Quantile quantile(double q) {
    if (!(q > 0 && q <= 1)) {
      throw new IllegalArgumentException("not a share: " + q);
    }
    return Quantile.of(q, early, late);
  }

  /**
   * The quantile in seconds, as far as the spells carry it.
   *
   * <ul>
   *   <li>no spell: not applicable;
   *   <li>reached: the value from the late ends; from the lower limit of the confidence interval to
   *       its upper one, each over both readings of interval-censored ends, so the bounds enclose
   *       {@link Quantile#earliestNs} and {@link Quantile#latestNs} too. The upper bound is
   *       infinite where there is no limit or something is {@link #unseen()};
   *   <li>not reached: no value; at least what was watched, or the quantile of the early ends if
   *       that is less; no upper bound;
   *   <li>insufficient evidence: reached by fewer than {@link #MIN_EVENTS} events, or not reached
   *       with fewer events and open spells than that; or fewer than 1/(1 - q) spells.
   * </ul>
   *
   * @param q above 0, at most 1
   */
  public Figure figure(double q) {
    Quantile quantile = quantile(q);
    if (spells.isEmpty()) {
      return Figure.NOT_APPLICABLE;
    }
    boolean canResolve = spells.size() * (1 - q) >= 1 - Step.TOLERANCE;
    int events = count(Cause.EVENT);
    if (quantile.ns().isEmpty()) {
      boolean isKnown = canResolve && events + pendingNs.length >= MIN_EVENTS;
      long lowerNs = Math.min(longestFollowUpNs(), quantile.earliestNs().orElse(Long.MAX_VALUE));
      return new Figure(
          isKnown ? State.MEASURED : State.INSUFFICIENT_EVIDENCE,
          Double.NaN,
          lowerNs / NS_PER_S,
          Double.POSITIVE_INFINITY);
    }
    if (!canResolve || events < MIN_EVENTS) {
      return Figure.INSUFFICIENT;
    }
    return new Figure(
        State.MEASURED,
        quantile.ns().getAsLong() / NS_PER_S,
        quantile.lowerNs().orElseThrow() / NS_PER_S,
        unseen() > 0 ? Double.POSITIVE_INFINITY : secondsOrNever(quantile.upperNs()));
  }

  private static double secondsOrNever(OptionalLong ns) {
    return ns.isEmpty() ? Double.POSITIVE_INFINITY : ns.getAsLong() / NS_PER_S;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Incidence that && spells.equals(that.spells);
  }

  @Override
  public int hashCode() {
    return spells.hashCode();
  }

  @Override
  public String toString() {
    return "Incidence" + spells;
  }
}
