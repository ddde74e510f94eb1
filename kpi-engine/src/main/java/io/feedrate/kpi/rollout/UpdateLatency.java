package io.feedrate.kpi.rollout;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import io.feedrate.kpi.State;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Model update latency over a period: the cumulative incidence of "served" (Aalen–Johansen), with
 * failed, cancelled, superseded and retired targets as competing events, targets still open as
 * right-censored at the period's end, and targets approved before the period entering late.
 *
 * <p>A quantile over completed updates only would forget the slow ones, and one that treats
 * failures as censored would answer what would happen if nothing failed; this does neither.
 *
 * <p><b>Source</b>: house definition; anchors ISO/IEC 25024:2015 Eff-D-5 (per secondary source) and
 * DORA change lead time. Estimator: Aalen and Johansen 1978; quantile as the smallest t with F(t) ≥
 * q.
 */
public final class UpdateLatency {

  /** Fewer served updates than this carry no quantile: list them instead. */
  public static final int MIN_SERVED = 5;

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
      List<Step> curve) {

    public Estimate {
      curve = List.copyOf(curve);
    }

    /** Smallest latency by which a share {@code q} of all targets was served; empty if never. */
    public OptionalLong quantileNs(double q) {
      for (Step step : curve) {
        if (step.incidence >= q - 1e-12) {
          return OptionalLong.of(step.latencyNs);
        }
      }
      return OptionalLong.empty();
    }

    /**
     * The quantile in seconds as a figure. Where the curve does not reach it, only a lower bound is
     * known: how long was watched. With fewer than {@link #MIN_SERVED} served updates there is no
     * value.
     */
    public Figure figure(double q) {
      if (targets == 0) {
        return Figure.NOT_APPLICABLE;
      }
      OptionalLong atNs = quantileNs(q);
      if (atNs.isEmpty()) {
        State state = served + pending < MIN_SERVED ? State.INSUFFICIENT_EVIDENCE : State.MEASURED;
        return new Figure(state, Double.NaN, longestFollowUpNs / 1e9, Double.POSITIVE_INFINITY);
      }
      if (served < MIN_SERVED) {
        return Figure.INSUFFICIENT;
      }
      return Figure.exact(atNs.getAsLong() / 1e9);
    }
  }

  private record Spell(long entryNs, long exitNs, End end) {}

  private UpdateLatency() {}

  /**
   * Estimates over targets' latest states; those outside of the period, or without approval, count
   * not.
   */
  public static Estimate over(List<ModelUpdate> targets, long fromNs, long toNs) {
    List<Spell> spells =
        targets.stream()
            .filter(t -> t.approvedNs() != ModelUpdate.PENDING && t.approvedNs() < toNs)
            .filter(t -> t.end() == End.PENDING || t.endNs() >= fromNs)
            .map(t -> spell(t, fromNs, toNs))
            .sorted(Comparator.comparingLong(Spell::exitNs))
            .toList();
    return new Estimate(
        spells.size(),
        count(spells, End.SERVED),
        count(spells, End.FAILED),
        count(spells, End.CANCELLED),
        count(spells, End.SUPERSEDED),
        count(spells, End.NODE_RETIRED),
        count(spells, End.PENDING),
        longest(spells, true),
        longest(spells, false),
        curve(spells));
  }

  private static Spell spell(ModelUpdate t, long fromNs, long toNs) {
    long entryNs = Math.max(0, fromNs - t.approvedNs());
    boolean ended = t.end() != End.PENDING && t.endNs() < toNs;
    long exitNs = (ended ? t.endNs() : toNs) - t.approvedNs();
    return new Spell(entryNs, exitNs, ended ? t.end() : End.PENDING);
  }

  private static int count(List<Spell> spells, End end) {
    return (int) spells.stream().filter(s -> s.end == end).count();
  }

  private static long longest(List<Spell> spells, boolean pendingOnly) {
    return spells.stream()
        .filter(s -> !pendingOnly || s.end == End.PENDING)
        .mapToLong(Spell::exitNs)
        .max()
        .orElse(0);
  }

  private static List<Step> curve(List<Spell> spells) {
    long[] times =
        spells.stream()
            .filter(s -> s.end != End.PENDING)
            .mapToLong(Spell::exitNs)
            .distinct()
            .sorted()
            .toArray();
    double survival = 1;
    double incidence = 0;
    Step[] steps = new Step[times.length];
    for (int i = 0; i < times.length; i++) {
      long t = times[i];
      long atRisk =
          spells.stream().filter(s -> s.exitNs >= t && (s.entryNs <= t || s.entryNs == 0)).count();
      long served = spells.stream().filter(s -> s.exitNs == t && s.end == End.SERVED).count();
      long ended = spells.stream().filter(s -> s.exitNs == t && s.end != End.PENDING).count();
      incidence += survival * served / atRisk;
      survival *= 1 - (double) ended / atRisk;
      steps[i] = new Step(t, incidence);
    }
    return Arrays.asList(steps);
  }
}
