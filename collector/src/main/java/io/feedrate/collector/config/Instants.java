package io.feedrate.collector.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/** Points in time as people write them: with their zone, or as days of the site. */
final class Instants {

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final String FORM =
      "Write it with its zone, like 2026-12-24T12:00:00Z or 2026-12-24T13:00:00+01:00.";
  private static final int DATE_LENGTH = "2026-12-24".length();

  private Instants() {}

  /** A time with its zone. */
  static Instant parse(String text) throws BadValueException {
    try {
      return bounded(OffsetDateTime.parse(text.strip()).toInstant(), FORM);
    } catch (DateTimeException e) {
      throw new BadValueException(Texts.quote(text) + " is not a time", FORM);
    }
  }

  /**
   * A time with its zone, or a day: its begin, or the begin of the next one.
   *
   * @param end whether a day counts with all of it
   */
  static Instant parseDay(String text, ZoneId zone, boolean end) throws BadValueException {
    String form = "Write a day like 2026-12-31, or a time with its zone like 2026-12-24T12:00:00Z.";
    String trimmed = text.strip();
    try {
      if (trimmed.length() > DATE_LENGTH) {
        return bounded(OffsetDateTime.parse(trimmed).toInstant(), form);
      }
      LocalDate day = LocalDate.parse(trimmed).plusDays(end ? 1 : 0);
      return bounded(day.atStartOfDay(zone).toInstant(), form);
    } catch (DateTimeException e) {
      throw new BadValueException(Texts.quote(text) + " is not a day or time", form);
    }
  }

  /** Epoch nanoseconds; what was checked fits into them. */
  static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  private static Instant bounded(Instant time, String form) throws BadValueException {
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new BadValueException("the time must be between the years 1970 and 2200", form);
    }
    return time;
  }
}
