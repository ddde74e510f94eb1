package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.ExclusionConfig;
import io.feedrate.collector.ical.CalendarEvents;
import io.feedrate.collector.ical.CalendarEvents.NotTaken;
import io.feedrate.collector.ical.CalendarEvents.Occurrence;
import io.feedrate.collector.ical.CalendarException;
import io.feedrate.collector.ical.CalendarFile;
import io.feedrate.collector.journal.ExclusionSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads intervals out of scope, told one by one or by a calendar; their subjects must exist. */
final class ExclusionReader {

  /** How far ahead a calendar's events are taken. They are looked at again with each start. */
  private static final Duration AHEAD = Duration.ofDays(731);

  private static final Path NO_FILE = Path.of("");
  private static final List<String> NOT_WITH_CALENDAR = List.of("from", "to", "source");

  private final Subjects subjects;
  private final ZoneId zone;
  private final Entry.Parser<Path> paths;

  /**
   * A reader.
   *
   * @param zone of days, and of times that tell none
   * @param paths makes paths absolute
   */
  ExclusionReader(Subjects subjects, ZoneId zone, Entry.Parser<Path> paths) {
    this.subjects = subjects;
    this.zone = zone;
    this.paths = paths;
  }

  List<ExclusionConfig> read(Entry top) {
    List<ExclusionConfig> exclusions = new ArrayList<>();
    for (Entry entry : top.items("exclusions")) {
      for (String key : List.of("reason", "approver")) {
        if (entry.text(key).map(String::isBlank).orElse(false)) {
          entry.problem(key, "must not be empty", "An assessor asks why, and who has said so.");
        }
      }
      String subject = subjects.of(entry);
      if (entry.has("calendar")) {
        exclusions.addAll(calendar(entry, subject));
      } else {
        exclusions.add(exclusion(entry, subject));
      }
    }
    return exclusions;
  }

  private static ExclusionConfig exclusion(Entry entry, String subject) {
    for (String key : List.of("from", "to", "reason")) {
      if (!entry.has(key)) {
        entry.missing(key, "Or write \"calendar\" with the path of an iCalendar file.");
      }
    }
    Instant from = entry.parsed("from", Instants::parse, Instant.MIN);
    Instant to = entry.parsed("to", Instants::parse, Instant.MAX);
    if (!from.isBefore(to)) {
      entry.problem("to", "the end is not after the beginning", "Exchange \"from\" and \"to\".");
    }
    return new ExclusionConfig(
        subject,
        from,
        to,
        entry.text("reason", ""),
        entry.text("approver", ""),
        source(entry.text("source", "")),
        entry.text("reference", ""));
  }

  /** A word that there is not is left to the schema. */
  private static ExclusionSource source(String word) {
    for (ExclusionSource each : ExclusionSource.values()) {
      if (each.word().equals(word.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    return ExclusionSource.OTHER;
  }

  /** All that is wrong with the file is told at the place of its name, with the file's lines. */
  private List<ExclusionConfig> calendar(Entry entry, String subject) {
    for (String key : NOT_WITH_CALENDAR) {
      if (entry.has(key)) {
        entry.problem(key, "does not go with \"calendar\"", "The file's events tell it.");
      }
    }
    Path file = entry.parsed("calendar", paths, NO_FILE);
    if (file.equals(NO_FILE)) {
      return List.of();
    }
    CalendarEvents events;
    try {
      Instant now = Instant.now();
      events = CalendarFile.read(file, zone, now, now.plus(AHEAD));
    } catch (CalendarException e) {
      entry.problem(
          "calendar", String.valueOf(e.getMessage()), "The path is relative to this file.");
      return List.of();
    }
    for (NotTaken each : events.notTaken()) {
      if (each.isFault()) {
        entry.problem(
            "calendar",
            "%s:%d: event %s: %s".formatted(file, each.line(), name(each), each.why()),
            "Mend it or take it out of the file.");
      }
    }
    Optional<String> reason = entry.text("reason");
    return events.occurrences().stream()
        .map(each -> exclusion(entry, subject, reason.orElse(title(each)), each))
        .toList();
  }

  private static ExclusionConfig exclusion(
      Entry entry, String subject, String reason, Occurrence each) {
    return new ExclusionConfig(
        subject,
        each.from(),
        each.to(),
        reason,
        entry.text("approver", ""),
        ExclusionSource.CALENDAR,
        entry.text("reference", each.uid()));
  }

  private static String title(Occurrence each) {
    return each.summary().isEmpty() ? "calendar event " + each.uid() : each.summary();
  }

  private static String name(NotTaken each) {
    return Texts.quote(each.summary().isEmpty() ? each.uid() : each.summary());
  }
}
