package io.feedrate.kpi.engine;

import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a check for fixed seeds and as many fresh ones, on all cores; a failure names its seed.
 * {@code -Dsim.seed=N} runs one alone, {@code -Dsim.seeds=N} sets how many of each.
 */
final class Seeds {
  private Seeds() {}

  /** The check must share nothing between seeds. */
  static void each(int seeds, LongConsumer check) {
    Long only = Long.getLong("sim.seed");
    if (only != null) {
      check.accept(only);
      return;
    }
    int n = Integer.getInteger("sim.seeds", seeds);
    long fresh = System.nanoTime();
    System.out.println("fresh seeds from " + fresh + " to " + (fresh + n - 1));
    LongStream.concat(LongStream.range(0, n), LongStream.range(fresh, fresh + n))
        .parallel()
        .mapToObj(seed -> failure(check, seed))
        .filter(Objects::nonNull)
        .findAny()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private static @Nullable AssertionError failure(LongConsumer check, long seed) {
    try {
      check.accept(seed);
      return null;
    } catch (AssertionError | RuntimeException e) {
      return new AssertionError("seed " + seed + " (rerun with -Dsim.seed=" + seed + "): " + e, e);
    }
  }
}
