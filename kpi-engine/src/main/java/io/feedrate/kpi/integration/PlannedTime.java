package io.feedrate.kpi.integration;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.exclusion.Exclusions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which seconds of an asset are planned busy: in a shift of the calendar, and neither in a planned
 * downtime nor excluded. A calendar without shifts plans nothing: what is not known is not made up.
 *
 * <p><b>Thread</b>: the engine's. <b>Allocation</b>: once a day for each asset.
 */
final class PlannedTime {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long DAY_NS = 86_400 * SECOND_NS;

  private final Calendar calendar;
  private final Exclusions exclusions;
  private final List<Asset> assets;
  private long[] shifts = {};
  private final long[] @Nullable [] downtimes;
  private long fromNs;
  private long toNs;

  PlannedTime(Register register, Exclusions exclusions) {
    calendar = register.rules().calendar();
    this.exclusions = exclusions;
    assets = register.assets();
    downtimes = new long[assets.size()][];
  }

  /** Whether the second is in a shift. */
  boolean isInShift(long secondNs) {
    look(secondNs);
    return covers(shifts, secondNs);
  }

  /** Whether the second of an asset is planned downtime or excluded. */
  boolean isOut(int asset, long secondNs) {
    if (exclusions.coversAsset(asset, secondNs, secondNs + SECOND_NS)) {
      return true;
    }
    if (calendar.downtimes().isEmpty()) {
      return false;
    }
    look(secondNs);
    long[] its = downtimes[asset];
    if (its == null) {
      its = bounds(calendar.downtimes(assets.get(asset).path(), fromNs, toNs));
      downtimes[asset] = its;
    }
    return covers(its, secondNs);
  }

  /** Has the days around a time at hand: assets are not all at the same time. */
  private void look(long ns) {
    if (fromNs <= ns && ns < toNs) {
      return;
    }
    fromNs = ns - DAY_NS;
    toNs = ns + DAY_NS;
    shifts = bounds(calendar.shifts(fromNs, toNs));
    Arrays.fill(downtimes, null);
  }

  private static long[] bounds(List<Calendar.Interval> intervals) {
    return intervals.stream().flatMapToLong(i -> LongStream.of(i.startNs(), i.endNs())).toArray();
  }

  private static boolean covers(long[] bounds, long secondNs) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] <= secondNs && secondNs < bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
