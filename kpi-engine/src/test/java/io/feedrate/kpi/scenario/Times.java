package io.feedrate.kpi.scenario;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clock texts and durations. All times of day are UTC. */
final class Times {

  /** A time of the scenario's day, or of another day that is named. */
  static final String TIME = "(?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?";

  /** The day of scenarios that name none; a Monday without anything special. */
  static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  static final long SECOND_NS = 1_000_000_000L;

  private static final Pattern DURATION = Pattern.compile("(-?\\d+(?:\\.\\d+)?)(ms|s|min|h|d)");
  private static final Map<String, Long> UNIT_NS =
      Map.of(
          "ms", 1_000_000L,
          "s", SECOND_NS,
          "min", 60 * SECOND_NS,
          "h", 3600 * SECOND_NS,
          "d", 86_400 * SECOND_NS);

  private Times() {}

  /** Epoch nanoseconds of a clock text. */
  static long timeNs(Text text, LocalDate day) {
    String words = text.words();
    if (!words.matches(TIME)) {
      throw text.fault("'%s' is not a time such as 10:00:00.2".formatted(words));
    }
    int space = words.indexOf(' ');
    try {
      LocalDate its = space < 0 ? day : LocalDate.parse(words.substring(0, space));
      LocalTime time = LocalTime.parse(words.substring(space + 1));
      return ChronoUnit.NANOS.between(Instant.EPOCH, its.atTime(time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw text.fault("there is no such time: " + words);
    }
  }

  /** Nanoseconds of a text such as 200ms, 1.5s, 2min, 8h. */
  static long durationNs(Text text) {
    Matcher m = DURATION.matcher(text.words());
    Long unit = m.matches() ? UNIT_NS.get(m.group(2)) : null;
    if (unit == null) {
      throw text.fault("'%s' is not a duration such as 200ms, 5s, 2min".formatted(text.words()));
    }
    return new BigDecimal(m.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact();
  }

  /** A day such as 2026-03-29. */
  static LocalDate day(Text text) {
    try {
      return LocalDate.parse(text.words());
    } catch (DateTimeException e) {
      throw text.fault("'%s' is not a day such as 2026-03-29".formatted(text.words()));
    }
  }

  /** What a reader would write for a time. */
  static String time(long ns, LocalDate day) {
    Instant at = Instant.ofEpochSecond(Math.floorDiv(ns, SECOND_NS), Math.floorMod(ns, SECOND_NS));
    LocalDate its = at.atZone(ZoneOffset.UTC).toLocalDate();
    String time = at.atZone(ZoneOffset.UTC).toLocalTime().toString();
    String full = time.length() == 5 ? time + ":00" : time;
    return its.equals(day) ? full : its + " " + full;
  }

  /** What a reader would write for a duration. */
  static String duration(long ns) {
    return String.format(
        Locale.ROOT, "%ss", BigDecimal.valueOf(ns, 9).stripTrailingZeros().toPlainString());
  }
}
