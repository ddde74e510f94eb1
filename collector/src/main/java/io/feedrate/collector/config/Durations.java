package io.feedrate.collector.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 100ms}, {@code 1.5s}, {@code 5m}, or ISO-8601. */
final class Durations {

  private static final Pattern SHORT = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)([a-zµ]*)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Duration MAX = Duration.ofDays(3650);
  private static final String FORM = "Write it like 100ms, 1s, 5m, 1h, 1d or PT1S.";

  private Durations() {}

  /** The duration, over 0 and at most ten years. */
  static Duration parse(String text) throws BadValueException {
    String trimmed = text.strip();
    Duration duration = trimmed.startsWith("P") ? iso(trimmed) : shortForm(trimmed);
    if (duration.isZero() || duration.isNegative()) {
      throw new BadValueException("a duration must be over 0", FORM);
    }
    if (duration.compareTo(MAX) > 0) {
      throw new BadValueException("a duration must be at most 3650d", FORM);
    }
    return duration;
  }

  private static Duration iso(String text) throws BadValueException {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new BadValueException(Texts.quote(text) + " is not a duration", FORM);
    }
  }

  private static Duration shortForm(String text) throws BadValueException {
    Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      String message =
          text.startsWith("-")
              ? "a duration must be over 0"
              : Texts.quote(text) + " is not a duration";
      throw new BadValueException(message, FORM);
    }
    String number = matcher.group(1);
    String unit = matcher.group(2);
    if (unit.isEmpty()) {
      throw new BadValueException(
          "the unit of the duration is missing",
          String.format(
              "Write %sms, %ss, %sm, %sh or %sd.", number, number, number, number, number));
    }
    Duration one = UNITS.get(unit);
    if (one == null) {
      throw new BadValueException(Texts.quote(text) + " has an unknown unit", FORM);
    }
    BigDecimal ns = new BigDecimal(number).multiply(BigDecimal.valueOf(one.toNanos()));
    if (ns.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new BadValueException("a duration must be at most 3650d", FORM);
    }
    return Duration.ofNanos(ns.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  /** The duration in the short form, in the largest unit that needs no fraction. */
  static String format(Duration duration) {
    long ns = duration.toNanos();
    if (ns % 86_400_000_000_000L == 0) {
      return ns / 86_400_000_000_000L + "d";
    } else if (ns % 3_600_000_000_000L == 0) {
      return ns / 3_600_000_000_000L + "h";
    } else if (ns % 60_000_000_000L == 0) {
      return ns / 60_000_000_000L + "m";
    } else if (ns % 1_000_000_000L == 0) {
      return ns / 1_000_000_000L + "s";
    }
    return BigDecimal.valueOf(ns, 6).stripTrailingZeros().toPlainString() + "ms";
  }
}
