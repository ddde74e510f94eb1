package io.feedrate.collector.config;

import io.feedrate.kpi.Qualification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the training register: who may do what, and until when. It stands in the configuration, or
 * in a file with comma-separated values as training systems write them.
 */
final class QualificationReader {

  private static final String KEY = "qualifications";
  private static final String HEADER = "person,subject,from,to";
  private static final int COLUMNS = 4;
  private static final int MAX_BYTES = 8 << 20;
  private static final Path NO_FILE = Path.of("");

  private final Subjects subjects;
  private final ZoneId zone;
  private final Entry.Parser<Path> paths;

  /**
   * A reader.
   *
   * @param zone where days begin
   * @param paths makes paths absolute
   */
  QualificationReader(Subjects subjects, ZoneId zone, Entry.Parser<Path> paths) {
    this.subjects = subjects;
    this.zone = zone;
    this.paths = paths;
  }

  List<Qualification> read(Entry top) {
    Entry reference = top.child(KEY);
    if (reference.has("file")) {
      return file(reference);
    }
    List<Qualification> list = new ArrayList<>();
    for (Entry entry : top.items(KEY)) {
      Instant from = entry.parsed("from", this::from, Instant.MIN);
      Instant to = entry.parsed("to", this::to, Instant.MAX);
      boolean read = !from.equals(Instant.MIN) && !to.equals(Instant.MAX);
      if (read && !from.isBefore(to)) {
        entry.problem("to", "the end is not after the beginning", "Exchange \"from\" and \"to\".");
      }
      String subject = subjects.of(entry);
      if (read) {
        list.add(qualification(entry.text("person", ""), subject, from, to));
      }
    }
    return list;
  }

  private static Qualification qualification(String person, String path, Instant from, Instant to) {
    return new Qualification(person, path, Instants.nanos(from), Instants.nanos(to));
  }

  private Instant from(String text) throws BadValueException {
    return Instants.parseDay(text, zone, false);
  }

  private Instant to(String text) throws BadValueException {
    return Instants.parseDay(text, zone, true);
  }

  /** All that is wrong with the file is told at the place of its name, with the file's lines. */
  private List<Qualification> file(Entry reference) {
    Path file = reference.parsed("file", paths, NO_FILE);
    List<Qualification> list = new ArrayList<>();
    List<String> lines = file.equals(NO_FILE) ? List.of() : lines(reference, file);
    for (int i = 0; i < lines.size(); i++) {
      try {
        if (i == 0) {
          header(lines.get(i));
        } else if (!lines.get(i).isBlank()) {
          list.add(row(lines.get(i).split(",", -1)));
        }
      } catch (BadValueException e) {
        reference.problem("file", file + ":" + (i + 1) + ": " + e.message(), e.hint());
      }
    }
    return list;
  }

  private static List<String> lines(Entry reference, Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
      }
      reference.problem(
          "file",
          "there is no file " + file + " of at most " + (MAX_BYTES >> 20) + " MiB",
          "The path is relative to this file.");
    } catch (IOException e) {
      reference.problem("file", file + " cannot be read", "It must be a text in UTF-8.");
    }
    return List.of();
  }

  private static void header(String line) throws BadValueException {
    if (!line.strip().equals(HEADER)) {
      throw new BadValueException("the first line must be " + HEADER, "");
    }
  }

  private Qualification row(String[] columns) throws BadValueException {
    if (columns.length != COLUMNS || columns[0].isBlank()) {
      throw new BadValueException(
          "this is not " + HEADER, "Write it like op-17,line-1,2026-01-01,2026-12-31.");
    }
    String subject = columns[1].strip();
    if (!subjects.isKnown(subject)) {
      throw new BadValueException(subjects.unknown(subject), subjects.suggestion(subject));
    }
    Instant from = from(columns[2]);
    Instant to = to(columns[3]);
    if (!from.isBefore(to)) {
      throw new BadValueException("the end is not after the beginning", "Exchange the two.");
    }
    return qualification(columns[0].strip(), subjects.path(subject), from, to);
  }
}
