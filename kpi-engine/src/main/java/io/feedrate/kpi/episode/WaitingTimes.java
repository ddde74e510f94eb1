package io.feedrate.kpi.episode;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Episode.End;
import io.feedrate.kpi.episode.Spell.Cause;
import java.util.List;

/**
 * Waiting times over a period: what was open at some time of it is watched from the period's start,
 * or its own, to its end or the period's.
 */
public final class WaitingTimes {
  private WaitingTimes() {}

  /**
   * The incidence of the end that was waited for.
   *
   * @param episodes latest states, of one kind
   * @param byReceipt whether on the collector's clock instead of the sources' clocks
   */
  public static Incidence over(List<Episode> episodes, long fromNs, long toNs, boolean byReceipt) {
    return Incidence.of(
        episodes.stream()
            .filter(e -> startNs(e, byReceipt) < toNs)
            .filter(e -> e.end() == End.OPEN || endNs(e, byReceipt) >= fromNs)
            .map(e -> spell(e, fromNs, toNs, byReceipt))
            .toList());
  }

  private static Spell spell(Episode e, long fromNs, long toNs, boolean byReceipt) {
    long startNs = startNs(e, byReceipt);
    long endNs = endNs(e, byReceipt);
    boolean isOpen = e.end() == End.OPEN || endNs >= toNs;
    long exitNs = (isOpen ? toNs : endNs) - startNs;
    return Spell.entering(
        Math.max(0, fromNs - startNs), exitNs, isOpen ? Cause.CENSORED : cause(e.end()));
  }

  private static Cause cause(End end) {
    return end == End.DONE ? Cause.EVENT : Cause.COMPETING;
  }

  private static long startNs(Episode e, boolean byReceipt) {
    return byReceipt ? e.startReceivedNs() : e.startNs();
  }

  private static long endNs(Episode e, boolean byReceipt) {
    return byReceipt ? e.endReceivedNs() : e.endNs();
  }
}
