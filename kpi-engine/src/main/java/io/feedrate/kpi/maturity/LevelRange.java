package io.feedrate.kpi.maturity;

/**
 * The levels that the evidence allows: one where both ends of the score give the same, else a
 * range.
 *
 * @param lowest level that is sure; 0 is below the first; -1 where nothing is applicable
 * @param highest level that is still possible
 */
public record LevelRange(int lowest, int highest) {

  /** Nothing is applicable, so there is no level. */
  public static final LevelRange UNDEFINED = new LevelRange(-1, -1);

  public LevelRange {
    if (lowest > highest || lowest < -1 || (lowest < 0) != (highest < 0)) {
      throw new IllegalArgumentException("not a range of levels: " + lowest + " to " + highest);
    }
  }

  /** Whether there is something to give a level for. */
  public boolean isDefined() {
    return lowest >= 0;
  }

  /** Whether the evidence is enough to say one level. */
  public boolean isSingle() {
    return lowest == highest && isDefined();
  }
}
