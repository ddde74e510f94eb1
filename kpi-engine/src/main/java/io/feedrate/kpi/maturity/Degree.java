package io.feedrate.kpi.maturity;

/**
 * How far a requirement is satisfied, in the four steps of GB/T 39117-2020 (numbers from general
 * knowledge; check them against the text of the standard).
 */
public enum Degree {
  /** 不满足. */
  NOT(0),
  /** 部分满足. */
  PARTLY(0.5),
  /** 大部分满足. */
  MOSTLY(0.8),
  /** 全部满足. */
  FULLY(1);

  private final double value;

  Degree(double value) {
    this.value = value;
  }

  /** Between 0 and 1. */
  public double value() {
    return value;
  }

  /** As a word in a sentence: "partly met". */
  public String words() {
    return switch (this) {
      case NOT -> "not met";
      case PARTLY -> "partly met";
      case MOSTLY -> "mostly met";
      case FULLY -> "fully met";
    };
  }
}
