package io.feedrate.collector.ical;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.text.ICalReader;
import biweekly.property.TextProperty;
import io.feedrate.collector.ical.CalendarEvents.NotTaken;
import io.feedrate.collector.ical.CalendarEvents.Occurrence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Reads a calendar's events for a period.
 *
 * <ul>
 *   <li>A time is that of its TZID, of the file's VTIMEZONE or else of the runtime's time zone of
 *       that name; UTC with a Z; else it floats, which means the site's time zone. A day is a day
 *       of the site, 23, 24 or 25 hours.
 *   <li>Recurring events (RRULE, RDATE without periods, EXDATE) are worked out within the period;
 *       single ones that were moved (RECURRENCE-ID) take the place of those they replace.
 *   <li>Left out, with a reason: cancelled and tentative events, those without a length, those of
 *       an unknown time zone, and what cannot be read.
 * </ul>
 *
 * <p><b>Source</b>: RFC 5545, 3.6.1 and 3.8.5. <b>Thread</b>: any. <b>Bounds</b>: a file of {@link
 * #MAX_BYTES}, {@link #MAX_OCCURRENCES} occurrences in all.
 */
public final class CalendarFile {

  /** The largest file. */
  public static final int MAX_BYTES = 4 << 20;

  /** The most occurrences that are taken of one file. */
  public static final int MAX_OCCURRENCES = 10_000;

  private final ZoneId site;
  private final Instant from;
  private final Instant until;
  private final List<Occurrence> occurrences = new ArrayList<>();
  private final List<NotTaken> notTaken = new ArrayList<>();
  private final Set<String> uids = new LinkedHashSet<>();
  private final List<Integer> lines = new ArrayList<>();

  private CalendarFile(ZoneId site, Instant from, Instant until) {
    this.site = site;
    this.from = from;
    this.until = until;
  }

  /**
   * Reads what ends after {@code from} and begins before {@code until}.
   *
   * @param site time zone of days and of times without one
   * @throws CalendarException if the file cannot be read, is too large or no calendar
   */
  public static CalendarEvents read(Path file, ZoneId site, Instant from, Instant until)
      throws CalendarException {
    String text;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CalendarException(
            "%s is larger than %d MiB: no calendar of a plant is".formatted(file, MAX_BYTES >> 20),
            null);
      }
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CalendarException("%s cannot be read as a text in UTF-8: %s".formatted(file, e), e);
    }
    return new CalendarFile(site, from, until).read(file, text);
  }

  private CalendarEvents read(Path file, String text) throws CalendarException {
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.strip().toUpperCase(Locale.ROOT).equals("BEGIN:VEVENT")) {
        lines.add(number);
      }
    }
    List<ICalendar> calendars = new ArrayList<>();
    List<ParseWarning> warnings = new ArrayList<>();
    try (ICalReader reader = new ICalReader(text)) {
      reader.setDefaultTimezone(TimeZone.getTimeZone(site));
      for (ICalendar next = reader.readNext(); next != null; next = reader.readNext()) {
        calendars.add(next);
        warnings.addAll(reader.getWarnings()); // those of the calendar that was read last
      }
    } catch (IOException | RuntimeException e) {
      throw new CalendarException(
          "%s cannot be read as an iCalendar file: %s".formatted(file, e.getMessage()), e);
    }
    if (calendars.isEmpty()) {
      throw new CalendarException(
          file + " is not an iCalendar file: there is no BEGIN:VCALENDAR in it", null);
    }
    int index = 0;
    for (ICalendar calendar : calendars) {
      List<Event> events = new ArrayList<>();
      for (VEvent each : calendar.getEvents()) {
        int first = index < lines.size() ? lines.get(index) : 0;
        int end = index + 1 < lines.size() ? lines.get(index + 1) : number + 1;
        index++;
        events.add(event(calendar, each, first, faults(warnings, first, end)));
      }
      events.forEach(event -> take(event, events));
    }
    return new CalendarEvents(occurrences, notTaken, uids);
  }

  private Event event(ICalendar calendar, VEvent event, int line, List<String> faults) {
    Event read =
        new Event(
            event,
            calendar.getTimezoneInfo(),
            site,
            line,
            text(event.getUid()),
            text(event.getSummary()),
            faults);
    if (!read.uid().isEmpty()) {
      uids.add(read.uid());
    }
    return read;
  }

  /** What the parser did not understand about times between two lines. */
  private static List<String> faults(List<ParseWarning> warnings, int first, int end) {
    List<String> faults = new ArrayList<>();
    for (ParseWarning warning : warnings) {
      Integer line = warning.getLineNumber();
      String property = warning.getPropertyName();
      if (line != null && line >= first && line < end && Event.isAboutTime(property)) {
        faults.add("line %d, %s: %s".formatted(line, property, warning.getMessage()));
      }
    }
    return faults;
  }

  private static String text(@Nullable TextProperty property) {
    String value = property == null ? null : property.getValue();
    return value == null ? "" : value.strip();
  }

  private void take(Event event, List<Event> all) {
    String fault = event.fault();
    if (!fault.isEmpty()) {
      leave(event, fault, true);
      return;
    }
    String unwanted = event.unwanted();
    if (!unwanted.isEmpty()) {
      leave(event, unwanted, false);
      return;
    }
    Event.Found found = event.occurrences(from, until, all);
    if (found.isTooMany() || occurrences.size() + found.all().size() > MAX_OCCURRENCES) {
      leave(
          event,
          "it recurs too often: at most %,d occurrences are taken of a file"
              .formatted(MAX_OCCURRENCES),
          true);
    } else if (found.all().isEmpty()) {
      leave(event, "it has no occurrence from %s to %s".formatted(from, until), false);
    } else {
      occurrences.addAll(found.all());
    }
  }

  private void leave(Event event, String why, boolean isFault) {
    notTaken.add(new NotTaken(event.line(), event.uid(), event.summary(), why, isFault));
  }
}
