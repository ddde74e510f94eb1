package io.feedrate.simulator;

/**
 * One value on its way out of an asset.
 *
 * @param timeMs source time by the asset's clock, or {@link #NO_TIME}
 * @param value Double, Long, Integer or String
 * @param status OPC UA status code
 */
record Reading(long timeMs, Object value, long status) {
  static final long NO_TIME = Long.MIN_VALUE;
  static final long GOOD = 0;

  Reading withValue(Object other) {
    return new Reading(timeMs, other, status);
  }

  Reading withTime(long otherMs) {
    return new Reading(otherMs, value, status);
  }

  Reading withStatus(long other) {
    return new Reading(timeMs, value, other);
  }
}
