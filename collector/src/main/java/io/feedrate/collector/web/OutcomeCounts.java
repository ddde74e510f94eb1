package io.feedrate.collector.web;

import com.fasterxml.jackson.annotation.JsonValue;
import io.feedrate.kpi.Outcome;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** How many slots got which outcome. Immutable; counts of different windows and subjects add up. */
public final class OutcomeCounts {

  /** Nothing settled. */
  public static final OutcomeCounts NONE = new OutcomeCounts(new long[Outcome.COUNT]);

  private static final Outcome[] OUTCOMES = Outcome.values();

  private final long[] counts;

  private OutcomeCounts(long[] counts) {
    this.counts = counts;
  }

  /** From an array in the order of {@link Outcome}, which is copied. */
  public static OutcomeCounts of(long[] counts) {
    if (counts.length != Outcome.COUNT) {
      throw new IllegalArgumentException(Outcome.COUNT + " counts: " + counts.length);
    }
    return new OutcomeCounts(counts.clone());
  }

  /** Slots with this outcome. */
  public long get(Outcome outcome) {
    return counts[outcome.ordinal()];
  }

  /** All slots, excluded ones as well. */
  public long all() {
    return Arrays.stream(counts).sum();
  }

  /** Slots that were in scope. */
  public long inScope() {
    return all() - get(Outcome.EXCLUDED);
  }

  /** The sum of both. */
  public OutcomeCounts plus(OutcomeCounts other) {
    long[] sum = counts.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.counts[i];
    }
    return new OutcomeCounts(sum);
  }

  /** The counts in the order of {@link Outcome}, a copy. */
  public long[] toArray() {
    return counts.clone();
  }

  /** The counts by outcome, all of them, zeros as well. */
  @JsonValue
  public Map<Outcome, Long> toMap() {
    Map<Outcome, Long> map = new EnumMap<>(Outcome.class);
    for (Outcome outcome : OUTCOMES) {
      map.put(outcome, get(outcome));
    }
    return map;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof OutcomeCounts other && Arrays.equals(counts, other.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
