package io.feedrate.collector.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Calendar.Downtime;
import io.feedrate.kpi.Calendar.Shift;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads shifts and planned downtimes, in wall clock time of the site. A time of day may stand
 * without quotes: plain scalars are read by the rules of YAML 1.2, to which {@code 06:00} is a
 * text, and not by those of 1.1, to which {@code 22:00} is the number 1320.
 */
final class CalendarReader {

  private static final Map<String, DayOfWeek> DAYS =
      Stream.of(DayOfWeek.values())
          .collect(Collectors.toMap(CalendarReader::name, Function.identity()));

  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final String END_OF_DAY = "24:00";
  private static final String FORM = "Write it like \"06:00\", from \"00:00\" to \"24:00\".";
  private static final int DAY_MINUTES = 24 * 60;
  private static final int WEEK_MINUTES = 7 * DAY_MINUTES;

  private CalendarReader() {}

  static Calendar read(Entry entry, Subjects subjects) {
    List<Shift> shifts = new ArrayList<>();
    for (Entry item : entry.items("shifts")) {
      Shift shift = new Shift(item.text("name", ""), days(item), from(item), to(item));
      shifts.stream()
          .filter(other -> overlap(shift, other))
          .findFirst()
          .ifPresent(
              other ->
                  item.problem(
                      "from",
                      "overlaps with the shift " + Texts.quote(other.name()),
                      "A moment belongs to one shift: let one begin when the other ends."));
      shifts.add(shift);
    }
    List<Downtime> downtimes = new ArrayList<>();
    for (Entry item : entry.items("downtimes")) {
      downtimes.add(
          new Downtime(
              subjects.of(item), days(item), from(item), to(item), item.text("reason", "")));
    }
    return new Calendar(entry.parsed("zone", CalendarReader::zone, "UTC"), shifts, downtimes);
  }

  private static String zone(String text) throws BadValueException {
    Set<String> known = ZoneId.getAvailableZoneIds();
    if (!known.contains(text)) {
      String hint =
          Texts.nearest(text, known)
              .map(near -> "Did you mean " + Texts.quote(near) + "?")
              .orElse("Write it like Europe/Berlin or UTC.");
      throw new BadValueException(Texts.quote(text) + " is not a time zone", hint);
    }
    return text;
  }

  /** The days as configurations name them: mon, tue and so on. */
  static String name(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  /** Every day where none is named; words that are no days are left to the schema. */
  private static Set<DayOfWeek> days(Entry entry) {
    Entry.Field field = entry.fields().get("days");
    if (field == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (JsonNode word : field.value()) {
      DayOfWeek day = DAYS.get(word.asText());
      if (day != null) {
        days.add(day);
      }
    }
    return days;
  }

  private static LocalTime from(Entry entry) {
    return time(entry, "from");
  }

  private static LocalTime to(Entry entry) {
    return time(entry, "to");
  }

  /** A bare number is looked at too: who writes 6 means a time of day. */
  private static LocalTime time(Entry entry, String key) {
    return entry
        .scalar(key)
        .map(text -> entry.parse(text, key, t -> time(t, key), LocalTime.MIDNIGHT))
        .orElse(LocalTime.MIDNIGHT);
  }

  private static LocalTime time(String text, String key) throws BadValueException {
    if (key.equals("to") && text.equals(END_OF_DAY)) {
      return LocalTime.MIDNIGHT;
    }
    if (!TIME.matcher(text).matches()) {
      throw new BadValueException(Texts.quote(text) + " is not a time of day", FORM);
    }
    return LocalTime.parse(text);
  }

  private static boolean overlap(Shift a, Shift b) {
    for (DayOfWeek dayA : a.days()) {
      for (DayOfWeek dayB : b.days()) {
        // How long after a's begin b begins, round the week; and the other way round.
        int after = Math.floorMod(begin(dayB, b) - begin(dayA, a), WEEK_MINUTES);
        if (after < length(a) || WEEK_MINUTES - after < length(b)) {
          return true;
        }
      }
    }
    return false;
  }

  private static int begin(DayOfWeek day, Shift shift) {
    return day.ordinal() * DAY_MINUTES + minutes(shift.from());
  }

  private static int length(Shift shift) {
    int length = Math.floorMod(minutes(shift.to()) - minutes(shift.from()), DAY_MINUTES);
    return length == 0 ? DAY_MINUTES : length;
  }

  private static int minutes(LocalTime time) {
    return time.toSecondOfDay() / 60;
  }
}
