package io.feedrate.kpi.maturity;

import io.feedrate.kpi.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Figures as people read them: "98.7 %", "12.4 s", "≥ 31 s". English number format. */
public final class Quantities {

  private static final int DECIMALS_MAX = 4;
  private static final int DIGITS = 3;
  private static final int MORE_DIGITS_MAX = 3;
  private static final double MINUTE = 60;
  private static final double HOUR = 3600;
  private static final double DAY = 86400;

  private Quantities() {}

  /** A figure's value; where only a bound is known, that one; "-" where nothing is. */
  public static String text(Figure figure, String unit) {
    if (!Double.isNaN(figure.value())) {
      return text(figure.value(), unit);
    }
    boolean lower = Double.isFinite(figure.lower());
    boolean upper = Double.isFinite(figure.upper());
    if (lower && !upper) {
      return "≥ " + text(figure.lower(), unit);
    } else if (upper && !lower) {
      return "≤ " + text(figure.upper(), unit);
    }
    return lower ? bounds(figure, unit) : "-";
  }

  /** Both bounds, or "" where they say no more than the value. */
  public static String bounds(Figure figure, String unit) {
    boolean lower = Double.isFinite(figure.lower());
    boolean upper = Double.isFinite(figure.upper());
    if (!lower && !upper) {
      return "";
    } else if (lower && upper) {
      return figure.lower() == figure.upper()
          ? ""
          : range(text(figure.lower(), unit), text(figure.upper(), unit));
    }
    return Double.isNaN(figure.value())
        ? "" // the value's text says it already
        : lower ? "≥ " + text(figure.lower(), unit) : "≤ " + text(figure.upper(), unit);
  }

  /** "98.1 to 98.9 %": the unit once, where it is one and the same. */
  private static String range(String lower, String upper) {
    int blank = lower.indexOf(' ');
    boolean same =
        blank > 0
            && blank == lower.lastIndexOf(' ')
            && upper.indexOf(' ') == upper.lastIndexOf(' ')
            && upper.endsWith(lower.substring(blank));
    return (same ? lower.substring(0, blank) : lower) + " to " + upper;
  }

  /** A value in a unit: ratios ("1") as per cent, durations ("s") in the unit that fits. */
  public static String text(double value, String unit) {
    return text(value, unit, 0);
  }

  /** The same, with more digits where it would read as one of these, which it is not. */
  static String textUnlike(double value, String unit, List<Double> others) {
    for (int more = 0; more <= MORE_DIGITS_MAX; more++) {
      String text = text(value, unit, more);
      if (others.stream().noneMatch(o -> o != value && text(o, unit).equals(text))) {
        return text;
      }
    }
    return text(value, unit);
  }

  private static String text(double value, String unit, int more) {
    if (Double.isNaN(value)) {
      return "-";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    return switch (unit) {
      case "1" -> percent(value, more);
      case "s" -> value < 0 ? "-" + duration(-value, more) : duration(value, more);
      case "" -> significant(value, more);
      default -> significant(value, more) + " " + spoken(unit);
    };
  }

  /** "1/10min" is "per 10 min". */
  private static String spoken(String unit) {
    return unit.startsWith("1/")
        ? "per " + unit.substring(2).replaceFirst("(?<=[0-9])(?=[a-z])", " ")
        : unit;
  }

  // 99.97 % must not read as 100 %, nor 0.02 % as 0 %: where one decimal would say so, more follow.
  private static String percent(double ratio, int more) {
    BigDecimal percent = BigDecimal.valueOf(ratio).movePointRight(2);
    for (int decimals = 1 + more; decimals <= DECIMALS_MAX; decimals++) {
      BigDecimal rounded = percent.setScale(decimals, RoundingMode.HALF_EVEN);
      if (!isEnd(rounded) || rounded.compareTo(percent) == 0) {
        return plain(rounded) + " %";
      }
    }
    return ratio < 0.5 ? "< 0.0001 %" : "> 99.9999 %";
  }

  private static boolean isEnd(BigDecimal percent) {
    return percent.signum() == 0 || percent.compareTo(BigDecimal.valueOf(100)) == 0;
  }

  private static String duration(double seconds, int more) {
    if (seconds == 0) {
      return "0 s";
    } else if (seconds < 1) {
      return seconds < 0.001
          ? significant(seconds * 1e6, more) + " µs"
          : significant(seconds * 1e3, more) + " ms";
    } else if (seconds < 2 * MINUTE) {
      return significant(seconds, more) + " s";
    } else if (seconds < HOUR) {
      return pair(seconds, MINUTE, "min", 1, "s");
    } else if (seconds < 2 * DAY) {
      return pair(seconds, HOUR, "h", MINUTE, "min");
    }
    return pair(seconds, DAY, "d", HOUR, "h");
  }

  private static String pair(double seconds, double big, String bigs, double small, String smalls) {
    long total = Math.round(seconds / small);
    long perBig = Math.round(big / small);
    long rest = total % perBig;
    String whole = total / perBig + " " + bigs;
    return rest == 0 ? whole : whole + " " + rest + " " + smalls;
  }

  private static String significant(double value, int more) {
    MathContext digits = new MathContext(DIGITS + more, RoundingMode.HALF_EVEN);
    return plain(BigDecimal.valueOf(value).round(digits));
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
