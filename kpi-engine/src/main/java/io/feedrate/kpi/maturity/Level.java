package io.feedrate.kpi.maturity;

/**
 * A level of a maturity model. Its number is its place in {@link Profile#levels()}, from 1; 0 means
 * that not even the first is reached.
 *
 * @param name what people read
 * @param from the least score for it where levels are bands of the score, else 0
 */
public record Level(Text name, double from) {

  public Level {
    if (!(from >= 0 && from <= 1)) {
      throw new IllegalArgumentException("a level begins at a score from 0 to 1: " + from);
    }
  }
}
