package io.feedrate.kpi.capability;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import io.feedrate.kpi.episode.Incidence;
import io.feedrate.kpi.episode.Spell;
import io.feedrate.kpi.episode.Spell.Cause;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * Model update latency over a period: the cumulative incidence of "served" (Aalen–Johansen), with
 * failed, cancelled, superseded and retired targets as competing events, targets still open as
 * right-censored at the period's end, and targets approved before the period entering late.
 *
 * <p>A quantile over completed updates only would forget the slow ones, and one that treats
 * failures as censored would answer what would happen if nothing failed; this does neither.
 *
 * <p>Approval and end are stamped by two clocks. Beside that estimate stands one by the collector's
 * clock alone: free of clock offsets, biased by transport delay. If both differ much, a clock is
 * wrong.
 *
 * <p><b>Source</b>: house definition; anchors ISO/IEC 25024:2015 Eff-D-5 (per secondary source) and
 * DORA change lead time. Estimator: see {@link Incidence}.
 */
public final class UpdateLatency {

  /** Fewer served updates than this carry no quantile: list them instead. */
  public static final int MIN_SERVED = Incidence.MIN_EVENTS;

  /** Median update latency; computed from targets, not from counts. */
  public static final Kpi MEDIAN =
      new Kpi(
          "model_update_latency",
          "model_update",
          "Model update latency (median)",
          "s",
          false,
          "smallest t with F(t) >= 0.5, F cumulative incidence of served since approval",
          "ISO/IEC 25024:2015 Eff-D-5 (per secondary source); DORA change lead time",
          List.of(),
          (counts, histogram) -> Figure.INSUFFICIENT);

  /**
   * One step of the incidence curve.
   *
   * @param latencyNs time since approval
   * @param incidence share of targets served by then
   */
  public record Step(long latencyNs, double incidence) {}

  /**
   * What is known of the updates of a period.
   *
   * @param targets targets that were open at some time of the period
   * @param served of those, served in the period
   * @param pending of those, still open at its end
   * @param oldestPendingNs greatest age of a pending one, or 0
   * @param longestFollowUpNs how long any target was watched since its approval
   * @param curve cumulative incidence of served
   * @param incidence all there is of the latency by the sources' clocks, the figure's
   * @param received the same by the collector's clock; what was open in the period is judged by
   *     that clock too, so its counts may differ at the period's ends
   * @param stages where the time went
   */
  public record Estimate(
      int targets,
      int served,
      int failed,
      int cancelled,
      int superseded,
      int retired,
      int pending,
      long oldestPendingNs,
      long longestFollowUpNs,
      List<Step> curve,
      Incidence incidence,
      Incidence received,
      StageTimes stages) {

    public Estimate {
      curve = List.copyOf(curve);
    }

    /** Smallest latency by which a share {@code q} of all targets was served; empty if never. */
    public OptionalLong quantileNs(double q) {
      return incidence.quantile(q).ns();
    }

    /** The quantile in seconds with its bounds, by the sources' clocks. */
    public Figure figure(double q) {
      return incidence.figure(q);
    }

    /** The quantile in seconds with its bounds, by the collector's clock. */
    public Figure receivedFigure(double q) {
      return received.figure(q);
    }
  }

  /** Which clock an approval and an end are read from. */
  @SuppressWarnings("ImmutableEnumChecker") // method references without state
  private enum Clock {
    SOURCE(ModelUpdate::approvedNs, ModelUpdate::endNs),
    COLLECTOR(ModelUpdate::approvedReceivedNs, ModelUpdate::endReceivedNs);

    // Not serialised, as no enum's fields are.
    private final transient ToLongFunction<ModelUpdate> approvedNs;
    private final transient ToLongFunction<ModelUpdate> endNs;

    Clock(ToLongFunction<ModelUpdate> approvedNs, ToLongFunction<ModelUpdate> endNs) {
      this.approvedNs = approvedNs;
      this.endNs = endNs;
    }

    List<ModelUpdate> openIn(List<ModelUpdate> targets, long fromNs, long toNs) {
      return targets.stream()
          .filter(t -> t.approvedNs() != ModelUpdate.PENDING)
          .filter(t -> approvedNs.applyAsLong(t) < toNs)
          .filter(t -> t.end() == End.PENDING || endNs.applyAsLong(t) >= fromNs)
          .toList();
    }

    End endBy(ModelUpdate t, long toNs) {
      return t.end() != End.PENDING && endNs.applyAsLong(t) < toNs ? t.end() : End.PENDING;
    }

    Spell spell(ModelUpdate t, long fromNs, long toNs) {
      long startNs = approvedNs.applyAsLong(t);
      End end = endBy(t, toNs);
      long exitNs = (end == End.PENDING ? toNs : endNs.applyAsLong(t)) - startNs;
      return Spell.entering(Math.max(0, fromNs - startNs), exitNs, cause(end));
    }

    private static Cause cause(End end) {
      return switch (end) {
        case SERVED -> Cause.EVENT;
        case PENDING -> Cause.CENSORED;
        case FAILED, CANCELLED, SUPERSEDED, NODE_RETIRED -> Cause.COMPETING;
      };
    }
  }

  private UpdateLatency() {}

  /**
   * Estimates over targets' latest states; those outside of the period, or without approval, count
   * not.
   */
  public static Estimate over(List<ModelUpdate> targets, long fromNs, long toNs) {
    List<ModelUpdate> open = Clock.SOURCE.openIn(targets, fromNs, toNs);
    Incidence incidence = incidence(open, Clock.SOURCE, fromNs, toNs);
    List<ModelUpdate> received = Clock.COLLECTOR.openIn(targets, fromNs, toNs);
    return new Estimate(
        open.size(),
        count(open, End.SERVED, toNs),
        count(open, End.FAILED, toNs),
        count(open, End.CANCELLED, toNs),
        count(open, End.SUPERSEDED, toNs),
        count(open, End.NODE_RETIRED, toNs),
        count(open, End.PENDING, toNs),
        incidence.oldestPendingNs(),
        incidence.longestFollowUpNs(),
        incidence.steps().stream().map(s -> new Step(s.ns(), s.incidence())).toList(),
        incidence,
        incidence(received, Clock.COLLECTOR, fromNs, toNs),
        StageTimes.of(open, toNs));
  }

  private static Incidence incidence(
      List<ModelUpdate> targets, Clock clock, long fromNs, long toNs) {
    return Incidence.of(targets.stream().map(t -> clock.spell(t, fromNs, toNs)).toList());
  }

  private static int count(List<ModelUpdate> targets, End end, long toNs) {
    return (int) targets.stream().filter(t -> Clock.SOURCE.endBy(t, toNs) == end).count();
  }
}
