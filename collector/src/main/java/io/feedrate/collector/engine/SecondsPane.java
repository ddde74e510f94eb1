package io.feedrate.collector.engine;

import java.util.Arrays;

/**
 * How many slots were settled in each of the last seconds of journal time, by asset with all below
 * it, and how many of them are usable. Immutable.
 */
public final class SecondsPane {

  /** How many seconds it reaches back. */
  public static final int SECONDS = 60;

  /** Before anything was required. */
  public static final SecondsPane EMPTY = new SecondsPane(0, new int[0], new int[0]);

  private final long lastSecond;
  private final int[] usable;
  private final int[] inScope;

  SecondsPane(long lastSecond, int[] usable, int[] inScope) {
    this.lastSecond = lastSecond;
    this.usable = usable;
    this.inScope = inScope;
  }

  /** The newest second, since the epoch. */
  public long lastSecond() {
    return lastSecond;
  }

  /** How many assets it knows. */
  public int assets() {
    return inScope.length / SECONDS;
  }

  /** Usable slots of an asset by second, oldest first; a copy. */
  public int[] usable(int asset) {
    return row(usable, asset);
  }

  /** Slots in scope of an asset by second, oldest first; a copy. */
  public int[] inScope(int asset) {
    return row(inScope, asset);
  }

  private int[] row(int[] ring, int asset) {
    int first = Math.floorMod(lastSecond + 1, SECONDS);
    int from = asset * SECONDS;
    int[] row = Arrays.copyOfRange(ring, from + first, from + first + SECONDS);
    System.arraycopy(ring, from, row, SECONDS - first, first);
    return row;
  }
}
