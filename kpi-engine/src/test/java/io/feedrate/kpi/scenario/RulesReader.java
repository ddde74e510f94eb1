package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Calendar.Downtime;
import io.feedrate.kpi.Calendar.Shift;
import io.feedrate.kpi.Qualification;
import io.feedrate.kpi.Rules;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the rules of a register of what a scenario says of windows, waiting times and calendar. */
final class RulesReader {

  /** Keys of the register's part of a scenario that are rules. */
  static final List<String> KEYS =
      List.of(
          "window",
          "signal window",
          "lateness",
          "lateness of links",
          "revisable for",
          "update deadline",
          "soak",
          "clock limit",
          "zone",
          "shifts",
          "downtimes",
          "qualified");

  private static final Pattern HOURS =
      Pattern.compile("(\\d\\d:\\d\\d) to (\\d\\d:\\d\\d)(?: on ((?:[a-z]+ ?)+))?");
  private static final Pattern QUALIFIED =
      Pattern.compile("(\\S+) for (\\S+) from (" + Times.TIME + ") to (" + Times.TIME + ")");
  private static final long DEFAULT_WINDOW_NS = 10 * Times.SECOND_NS;
  private static final long DEFAULT_LATENESS_NS = 5 * Times.SECOND_NS;
  private static final long DEFAULT_DEADLINE_NS = 60 * Times.SECOND_NS;

  private final Map<String, Block> parts;

  private RulesReader(Map<String, Block> parts) {
    this.parts = parts;
  }

  static Rules read(Map<String, Block> parts, List<String> links) {
    RulesReader reader = new RulesReader(parts);
    Rules rules = Rules.STANDARD;
    long windowNs = reader.durationNs("window", DEFAULT_WINDOW_NS);
    return rules
        .windows(windowNs, reader.durationNs("signal window", windowNs))
        .lateness(reader.durationNs("lateness", DEFAULT_LATENESS_NS), reader.ofLinks(links))
        .revisable(reader.durationNs("revisable for", rules.revisableNs()))
        .modelUpdates(
            reader.durationNs("update deadline", DEFAULT_DEADLINE_NS),
            reader.durationNs("soak", rules.soakNs()))
        .clockLimit(reader.durationNs("clock limit", rules.clockLimitNs()))
        .calendar(reader.calendar())
        .qualifications(reader.qualifications());
  }

  private long durationNs(String key, long otherwise) {
    Block block = parts.get(key);
    return block == null ? otherwise : Times.durationNs(block.text());
  }

  private List<Block.Entry> entries(String key) {
    Block block = parts.get(key);
    return block == null ? List.of() : block.entries();
  }

  private Map<String, Long> ofLinks(List<String> links) {
    Map<String, Long> ofLinks = new TreeMap<>();
    for (Block.Entry entry : entries("lateness of links")) {
      ofLinks.put(entry.key().oneOf(links, "source"), Times.durationNs(entry.value().text()));
    }
    return ofLinks;
  }

  private Calendar calendar() {
    List<Shift> shifts = new ArrayList<>();
    for (Block.Entry entry : entries("shifts")) {
      Matcher m = hours(entry.value().text());
      shifts.add(new Shift(entry.key().words(), days(entry, m), from(m), to(m)));
    }
    List<Downtime> downtimes = new ArrayList<>();
    for (Block.Entry entry : entries("downtimes")) {
      Matcher m = hours(entry.value().text());
      String subject = RegisterReader.path(entry.key().words());
      downtimes.add(new Downtime(subject, days(entry, m), from(m), to(m), "planned"));
    }
    Block zone = parts.get("zone");
    if (zone == null) {
      return new Calendar(Calendar.UTC.zone(), shifts, downtimes);
    }
    try {
      return new Calendar(zone.text().words(), shifts, downtimes);
    } catch (DateTimeException e) {
      throw zone.text().fault("no time zone is called " + zone.text().words(), e);
    }
  }

  private static Matcher hours(Text text) {
    Matcher m = HOURS.matcher(text.words());
    if (!m.matches()) {
      throw text.fault(
          "'%s' is not a time such as 06:00 to 14:00 on monday tuesday".formatted(text.words()));
    }
    return m;
  }

  private static LocalTime from(Matcher m) {
    return LocalTime.parse(m.group(1));
  }

  private static LocalTime to(Matcher m) {
    return LocalTime.parse(m.group(2));
  }

  private static Set<DayOfWeek> days(Block.Entry entry, Matcher m) {
    String named = m.group(3);
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    if (named == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    for (String day : named.strip().split(" ", -1)) {
      days.add(entry.value().text().of(day).constant(DayOfWeek.class, "day of the week"));
    }
    return days;
  }

  private List<Qualification> qualifications() {
    List<Qualification> all = new ArrayList<>();
    Block block = parts.get("qualified");
    for (Block item : block == null ? List.<Block>of() : block.items()) {
      Text text = item.text();
      Matcher m = QUALIFIED.matcher(text.words());
      if (!m.matches()) {
        throw text.fault(
            "'%s' is not a qualification such as: ann for cnc-1 from 06:00:00 to 18:00:00"
                .formatted(text.words()));
      }
      all.add(
          new Qualification(
              m.group(1),
              RegisterReader.path(m.group(2)),
              Times.timeNs(text.of(m.group(3)), Times.DAY),
              Times.timeNs(text.of(m.group(4)), Times.DAY)));
    }
    return all;
  }
}
