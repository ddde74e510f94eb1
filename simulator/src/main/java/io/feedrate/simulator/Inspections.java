package io.feedrate.simulator;

/**
 * What later inspections found of parts on which a model had decided.
 *
 * @param trueGood good, and said to be
 * @param escape bad, but said to be good
 * @param overkill good, but said to be bad
 * @param trueBad bad, and said to be
 */
public record Inspections(long trueGood, long escape, long overkill, long trueBad) {
  static final Inspections NONE = new Inspections(0, 0, 0, 0);

  Inspections plus(boolean saidBad, boolean isBad) {
    return new Inspections(
        trueGood + (!saidBad && !isBad ? 1 : 0),
        escape + (!saidBad && isBad ? 1 : 0),
        overkill + (saidBad && !isBad ? 1 : 0),
        trueBad + (saidBad && isBad ? 1 : 0));
  }

  /** All inspected parts on which a model had decided. */
  public long all() {
    return trueGood + escape + overkill + trueBad;
  }
}
