package io.feedrate.kpi.capability;

import io.feedrate.kpi.Episode.Kind;
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
 * wrong. Where serving was polled, the end lies between two polls: the value takes the later one,
 * the bounds both.
 *
 * <p><b>Formula</b>: smallest t with F(t) &ge; q. <b>Unit</b>: s. <b>Thread</b>: any.
 * <b>Allocation</b>: per estimate.
 *
 * <p><b>Source</b>: named by AIMM, house definition; anchors ISO/IEC 25024:2015 Eff-D-5 (per
 * secondary source) and DORA change lead time. Estimator: see {@link Incidence}.
 */
public final class UpdateLatency {

  /** Fewer served updates than this carry no quantile: list them instead. */
  public static final int MIN_SERVED = Incidence.MIN_EVENTS;

  private static final double HALF = 0.5;
  private static final double NINE_TENTHS = 0.9;

  /** Median by the sources' clocks. */
  public static final Kpi MEDIAN =
      of("model_update_latency", "Model update latency (median)", Kind.MODEL_UPDATE, HALF, false);

  /** 90th percentile by the sources' clocks. */
  public static final Kpi P90 =
      of(
          "model_update_latency_p90",
          "Model update latency (90th percentile)",
          Kind.MODEL_UPDATE,
          NINE_TENTHS,
          false);

  /** Median by the collector's clock alone. */
  public static final Kpi RECEIVED_MEDIAN =
      of(
          "model_update_latency_by_receipt",
          "Model update latency by receipt (median)",
          Kind.MODEL_UPDATE,
          HALF,
          true);

  /** 90th percentile by the collector's clock alone. */
  public static final Kpi RECEIVED_P90 =
      of(
          "model_update_latency_by_receipt_p90",
          "Model update latency by receipt (90th percentile)",
          Kind.MODEL_UPDATE,
          NINE_TENTHS,
          true);

  /** Median time to serving that lasted, by the sources' clocks. */
  public static final Kpi STABLE_MEDIAN =
      of(
          "model_update_latency_stable",
          "Model update latency to stable serving (median)",
          Kind.STABLE_MODEL_UPDATE,
          HALF,
          false);

  private static Kpi of(String id, String name, Kind kind, double quantile, boolean byReceipt) {
    boolean isStable = kind == Kind.STABLE_MODEL_UPDATE;
    return Kpi.waiting(
        id,
        name,
        "smallest t with F(t) >= %s, F cumulative incidence of served%s since approval, by the %s"
            .formatted(
                quantile,
                isStable ? " and not rolled back within the soak time" : "",
                byReceipt ? "collector's clock alone" : "sources' clocks"),
        "house definition, named by AIMM; ISO/IEC 25024:2015 Eff-D-5 (per secondary source); DORA"
            + " change lead time (general knowledge)",
        new Kpi.Waiting(kind, quantile, byReceipt));
  }

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

    Spell spell(ModelUpdate t, long fromNs, long toNs, ToCause causes) {
      long startNs = approvedNs.applyAsLong(t);
      long entryNs = Math.max(0, fromNs - startNs);
      End end = endBy(t, toNs);
      if (end == End.PENDING) {
        return Spell.entering(entryNs, toNs - startNs, Cause.CENSORED);
      }
      long latestNs = endNs.applyAsLong(t) - startNs;
      // What was not approved cannot have been served as approved: a poll before the approval says
      // no more than the approval. Only where the clocks contradict that does it stay negative.
      long leastNs = Math.min(0, latestNs);
      long earliestNs = Math.max(leastNs, latestNs - t.endWidthNs());
      return new Spell(entryNs, earliestNs, latestNs, causes.of(t));
    }
  }

  /** What the end of a target is to an estimate. */
  private interface ToCause {
    Cause of(ModelUpdate ended);
  }

  private static Cause cause(ModelUpdate t) {
    return switch (t.end()) {
      case SERVED -> Cause.EVENT;
      case PENDING -> Cause.CENSORED;
      case FAILED, CANCELLED, SUPERSEDED, NODE_RETIRED -> Cause.COMPETING;
    };
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

  /**
   * The latency to serving that lasted, by the sources' clocks: served, and not rolled back within
   * the soak time; what was rolled back in it competes. Whether it lasted is known a soak time
   * later, so targets are watched until a soak time before the period's end; where the period is
   * not longer than that, there are none.
   */
  public static Incidence stable(List<ModelUpdate> targets, long fromNs, long toNs, long soakNs) {
    long untilNs = Math.max(fromNs, toNs - soakNs);
    ToCause causes =
        t ->
            t.rolledBackNs() != ModelUpdate.PENDING && t.rolledBackNs() <= t.endNs() + soakNs
                ? Cause.COMPETING
                : cause(t);
    return Incidence.of(
        untilNs == fromNs
            ? List.of()
            : Clock.SOURCE.openIn(targets, fromNs, untilNs).stream()
                .map(t -> Clock.SOURCE.spell(t, fromNs, untilNs, causes))
                .toList());
  }

  /** Whether a KPI is one of these, so that {@link #figure} computes it. */
  public static boolean isOne(Kpi kpi) {
    return kpi.waiting()
        .filter(w -> w.kind() == Kind.MODEL_UPDATE || w.kind() == Kind.STABLE_MODEL_UPDATE)
        .isPresent();
  }

  /**
   * The figure of one of these KPIs for a period.
   *
   * @param targets latest states of at least all targets that were open in the period
   * @param soakNs {@link io.feedrate.kpi.Rules#soakNs()}
   * @throws java.util.NoSuchElementException if it is another KPI
   */
  public static Figure figure(
      Kpi kpi, List<ModelUpdate> targets, long fromNs, long toNs, long soakNs) {
    Kpi.Waiting waiting = kpi.waiting().orElseThrow();
    if (waiting.kind() == Kind.STABLE_MODEL_UPDATE) {
      boolean isTooShort = toNs - soakNs <= fromNs;
      boolean isAny = !Clock.SOURCE.openIn(targets, fromNs, toNs).isEmpty();
      return isTooShort && isAny
          ? Figure.INSUFFICIENT
          : stable(targets, fromNs, toNs, soakNs).figure(waiting.quantile());
    }
    Clock clock = waiting.byReceipt() ? Clock.COLLECTOR : Clock.SOURCE;
    return incidence(clock.openIn(targets, fromNs, toNs), clock, fromNs, toNs)
        .figure(waiting.quantile());
  }

  private static Incidence incidence(
      List<ModelUpdate> targets, Clock clock, long fromNs, long toNs) {
    return Incidence.of(
        targets.stream().map(t -> clock.spell(t, fromNs, toNs, UpdateLatency::cause)).toList());
  }

  private static int count(List<ModelUpdate> targets, End end, long toNs) {
    return (int) targets.stream().filter(t -> Clock.SOURCE.endBy(t, toNs) == end).count();
  }
}
