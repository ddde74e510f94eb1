package io.feedrate.collector.store;

/**
 * Something that the collector missed.
 *
 * @param fromNs journal time before it; {@link Long#MIN_VALUE} at the first start of all
 * @param toNs journal time after it; of a clock that was set back the time that it showed then
 * @param software version that goes on
 */
public record GapRow(Cause cause, long fromNs, long toNs, String software) {

  /** Why something was missed. */
  public enum Cause {
    /** The collector was not running. */
    STOPPED,
    /** The machine's clock was set back, and the journal's time stood still for that long. */
    CLOCK_SET_BACK
  }
}
