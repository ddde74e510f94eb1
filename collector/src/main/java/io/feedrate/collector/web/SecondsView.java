package io.feedrate.collector.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What was settled second by second of late, by asset with all below it: the pulse of the plant
 * between two windows. Not to be mixed up with windows: a second holds what was settled in it,
 * which was due some seconds earlier. Immutable.
 */
public final class SecondsView {

  /** The most seconds there are. */
  public static final int MOST = 60;

  /** Nothing yet. */
  public static final SecondsView NONE = new SecondsView(0, List.of());

  private final long newest;
  private final List<Row> rows;

  /**
   * Seconds up to one.
   *
   * @param newest the newest second, since the epoch; it may not be over yet
   */
  public SecondsView(long newest, List<Row> rows) {
    this.newest = newest;
    this.rows = List.copyOf(rows);
  }

  /**
   * One asset.
   *
   * @param usable slots that were settled as known, by second, oldest first; not to be changed
   * @param inScope slots that were settled and required
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Row(String path, int[] usable, int[] inScope) {
    private Row last(int seconds) {
      int from = Math.max(0, usable.length - seconds);
      return new Row(
          path,
          Arrays.copyOfRange(usable, from, usable.length),
          Arrays.copyOfRange(inScope, from, inScope.length));
    }
  }

  /** When the newest second began. */
  @JsonProperty
  public Instant newest() {
    return Instant.ofEpochSecond(newest);
  }

  /** All assets, parents first. */
  @JsonProperty
  public List<Row> assets() {
    return rows;
  }

  /** The newest second, since the epoch. */
  @JsonIgnore
  public long newestSecond() {
    return newest;
  }

  /** The same with its last seconds alone. */
  public SecondsView last(long seconds) {
    int n = (int) Math.max(0, Math.min(seconds, MOST));
    return new SecondsView(newest, rows.stream().map(row -> row.last(n)).toList());
  }
}
