package io.feedrate.collector.store;

/**
 * How many rows there are of each kind that is computed, which are the ids of the last ones as
 * well.
 */
public record RowCounts(long results, long modelUpdates, long episodes) {

  /** Nothing computed yet. */
  public static final RowCounts NONE = new RowCounts(0, 0, 0);

  /** These and those. */
  public RowCounts plus(RowCounts more) {
    return new RowCounts(
        results + more.results, modelUpdates + more.modelUpdates, episodes + more.episodes);
  }
}
