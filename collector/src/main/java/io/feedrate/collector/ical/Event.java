package io.feedrate.collector.ical;

import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.property.DateStart;
import biweekly.property.ExceptionDates;
import biweekly.property.ICalProperty;
import biweekly.property.RecurrenceDates;
import biweekly.property.RecurrenceId;
import biweekly.util.DateTimeComponents;
import biweekly.util.Duration;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import io.feedrate.collector.ical.CalendarEvents.Occurrence;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** One event of a calendar: whether it can be taken, and when it takes place. */
record Event(
    VEvent its,
    TimezoneInfo zones,
    ZoneId site,
    int line,
    String uid,
    String summary,
    List<String> faults) {

  private static final Set<String> TIMES =
      Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID");

  /** How many occurrences are looked at: daily ones of a century, and no endless loop. */
  private static final int MAX_STEPS = 40_000;

  /** Occurrences within a period, or that there are too many to work them out. */
  record Found(List<Occurrence> all, boolean isTooMany) {}

  static boolean isAboutTime(@Nullable String property) {
    return property != null && TIMES.contains(property);
  }

  /** Why it cannot be taken, or "". */
  String fault() {
    if (!faults.isEmpty()) {
      return String.join("; ", faults);
    }
    ICalDate start = value(its.getDateStart());
    if (start == null) {
      return "it has no DTSTART that can be read";
    }
    String zone = unknownZone();
    if (!zone.isEmpty()) {
      return ("its time zone %s is not known: neither the file nor Java's time zones have it;"
              + " export the calendar with its time zones, or write a name like Europe/Berlin")
          .formatted(zone);
    }
    ICalDate end = value(its.getDateEnd());
    if (end != null && end.hasTime() != start.hasTime()) {
      return "its DTSTART and DTEND are not both days or both times";
    }
    for (RecurrenceDates dates : its.getRecurrenceDates()) {
      if (!dates.getPeriods().isEmpty()) {
        return "its RDATE has periods, which are not supported";
      }
    }
    RecurrenceId id = its.getRecurrenceId();
    if (id != null && id.getRange() != null) {
      return "it changes all occurrences from one on (RANGE), which is not supported:"
          + " export the calendar with two events";
    }
    Instant first = start.hasTime() ? start.toInstant() : instant(day(start));
    if (!endOf(first).isAfter(first)) {
      return "it has no length: neither a later DTEND nor a DURATION";
    }
    return "";
  }

  /** The TZID of a time that could not be found, or "": the parser leaves only such a one. */
  private String unknownZone() {
    for (ICalProperty each : its.getProperties().values()) {
      String zone = each.getParameters().first("TZID");
      if (zone != null && isTime(each)) {
        return zone;
      }
    }
    return "";
  }

  private static boolean isTime(ICalProperty property) {
    return property instanceof DateOrDateTimeProperty
        || property instanceof ExceptionDates
        || property instanceof RecurrenceDates;
  }

  /** Why nobody wants it, or "". */
  String unwanted() {
    if (its.getStatus() != null && its.getStatus().isCancelled()) {
      return "it is cancelled";
    }
    if (its.getStatus() != null && its.getStatus().isTentative()) {
      return "it is only tentative";
    }
    return "";
  }

  /** What ends after one time and begins before another. */
  Found occurrences(Instant from, Instant until, List<Event> all) {
    Set<Instant> replaced = replaced(all);
    List<Occurrence> found = new ArrayList<>();
    int steps = 0;
    for (DateIterator dates = its.getDateIterator(zone()); dates.hasNext(); steps++) {
      if (steps == MAX_STEPS || found.size() > CalendarFile.MAX_OCCURRENCES) {
        return new Found(List.of(), true);
      }
      Instant start = start(dates.next());
      if (!start.isBefore(until)) {
        break;
      }
      Instant end = endOf(start);
      if (end.isAfter(from) && !replaced.contains(start)) {
        found.add(new Occurrence(line, uid, summary, start, end));
      }
    }
    return new Found(found, false);
  }

  /** The occurrences of a recurring event that other events of the same UID stand for. */
  private Set<Instant> replaced(List<Event> all) {
    Set<Instant> replaced = new HashSet<>();
    if (its.getRecurrenceId() == null && !uid.isEmpty()) {
      for (Event other : all) {
        ICalDate id = value(other.its.getRecurrenceId());
        if (id != null && other.uid.equals(uid)) {
          replaced.add(id.hasTime() ? id.toInstant() : instant(day(id)));
        }
      }
    }
    return replaced;
  }

  private boolean isOfDays() {
    ICalDate start = value(its.getDateStart());
    return start != null && !start.hasTime();
  }

  /** The library works out days in the runtime's zone; what counts are days of the site. */
  private Instant start(Date next) {
    Instant at = next.toInstant();
    return isOfDays() ? instant(at.atZone(ZoneId.systemDefault()).toLocalDate()) : at;
  }

  /** Where the times of the event are told. */
  private TimeZone zone() {
    DateStart start = its.getDateStart();
    ICalDate value = value(start);
    if (value != null && value.getRawComponents() != null && value.getRawComponents().isUtc()) {
      return TimeZone.getTimeZone("UTC");
    }
    TimezoneAssignment told = start == null ? null : zones.getTimezone(start);
    return told == null ? TimeZone.getTimeZone(site) : told.getTimeZone();
  }

  private Instant endOf(Instant start) {
    ICalDate first = value(its.getDateStart());
    ICalDate end = value(its.getDateEnd());
    Duration duration = its.getDuration() == null ? null : its.getDuration().getValue();
    if (isOfDays() && first != null) {
      long days = 1;
      if (end != null) {
        days = ChronoUnit.DAYS.between(day(first), day(end));
      } else if (duration != null) {
        days = number(duration.getDays()) + 7L * number(duration.getWeeks());
      }
      return instant(start.atZone(site).toLocalDate().plusDays(days));
    }
    if (end != null && first != null) {
      return start.plusMillis(end.getTime() - first.getTime()); // exact, RFC 5545, 3.8.5.3
    }
    return duration == null ? start : plus(start, duration);
  }

  /** Days of a duration are days of the calendar, its hours are exact: RFC 5545, 3.3.6. */
  private Instant plus(Instant start, Duration duration) {
    if (duration.isPrior()) {
      return start;
    }
    Calendar calendar = Calendar.getInstance(zone(), Locale.ROOT); // also for a file's own zone
    calendar.setTime(Date.from(start));
    calendar.add(Calendar.DATE, number(duration.getDays()) + 7 * number(duration.getWeeks()));
    return calendar
        .toInstant()
        .plusSeconds(3600L * number(duration.getHours()))
        .plusSeconds(60L * number(duration.getMinutes()))
        .plusSeconds(number(duration.getSeconds()));
  }

  private static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  private Instant instant(LocalDate day) {
    return day.atStartOfDay(site).toInstant();
  }

  private static LocalDate day(ICalDate date) {
    DateTimeComponents raw = date.getRawComponents();
    return raw == null
        ? date.toInstant().atZone(ZoneId.systemDefault()).toLocalDate()
        : LocalDate.of(raw.getYear(), raw.getMonth(), raw.getDate());
  }

  private static @Nullable ICalDate value(@Nullable DateOrDateTimeProperty property) {
    return property == null ? null : property.getValue();
  }
}
