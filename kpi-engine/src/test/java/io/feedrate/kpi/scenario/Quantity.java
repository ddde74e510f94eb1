package io.feedrate.kpi.scenario;

import java.math.BigDecimal;

/**
 * A figure as people write it: 0.9, 90%, 54/60, 4s, none (not defined), unbounded, or about 20ms
 * (within 1 %, for values that are kept in coarse steps).
 */
record Quantity(double value, boolean isAbout) {
  private static final String ABOUT = "about ";
  private static final double ABOUT_SHARE = 0.01;
  private static final double EQUAL_SHARE = 1e-12;

  static Quantity read(Text text) {
    boolean about = text.words().startsWith(ABOUT);
    String words = about ? text.words().substring(ABOUT.length()) : text.words();
    return new Quantity(value(text.of(words)), about);
  }

  private static double value(Text text) {
    String words = text.words();
    if (words.equals("none")) {
      return Double.NaN;
    }
    if (words.equals("unbounded")) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      int slash = words.indexOf('/');
      if (slash > 0) {
        return Double.parseDouble(words.substring(0, slash))
            / Double.parseDouble(words.substring(slash + 1));
      }
      if (words.endsWith("%")) {
        return new BigDecimal(words.substring(0, words.length() - 1))
            .movePointLeft(2)
            .doubleValue();
      }
      if (words.matches(".*[a-z]")) {
        return Times.durationNs(text) / 1e9;
      }
      return Double.parseDouble(words);
    } catch (NumberFormatException e) {
      throw text.fault(
          "'%s' is not a figure such as 0.9, 90%%, 54/60, 4s, none, unbounded".formatted(words));
    }
  }

  /** Whether a figure is this one. */
  boolean fits(double came) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.compare(value, came) == 0;
    }
    return Math.abs(came - value) <= Math.abs(value) * (isAbout ? ABOUT_SHARE : EQUAL_SHARE);
  }

  /** A figure for readers. */
  static String write(double figure) {
    return Double.isNaN(figure)
        ? "none"
        : Double.isInfinite(figure)
            ? "unbounded"
            : BigDecimal.valueOf(figure).stripTrailingZeros().toPlainString();
  }
}
