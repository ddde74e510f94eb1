package io.feedrate.collector.evidence;

import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.store.HeadRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The signed heads once more, in a plain file: notes one after the other, an empty line after each.
 * It only grows. Copied elsewhere from time to time, it is what proves a rollback.
 *
 * <p><b>Thread</b>: one at a time.
 */
final class HeadsFile {

  /** Its name in the data directory. */
  static final String NAME = "heads.log";

  private static final String PART_END = "\n\n";

  private static final long UNKNOWN = -1;

  private final Path file;

  /** Where the notes ended when this wrote last: the whole file need not be read each minute. */
  private long writtenTo = UNKNOWN;

  HeadsFile(Path dataDirectory) {
    this.file = dataDirectory.resolve(NAME);
  }

  /**
   * What the file holds.
   *
   * @param notes that could be read, oldest first
   * @param faults what could not
   * @param length of the complete notes, in bytes
   */
  record Contents(List<SignedNote> notes, List<String> faults, long length) {

    Optional<SignedNote> newest() {
      return notes.isEmpty() ? Optional.empty() : Optional.of(notes.get(notes.size() - 1));
    }

    private Set<String> texts() {
      return notes.stream().map(SignedNote::toString).collect(Collectors.toSet());
    }

    /** Whether all of these are in it. */
    boolean holds(List<HeadRow> rows) {
      Set<String> texts = texts();
      return rows.stream().allMatch(row -> texts.contains(row.note()));
    }

    /** This, and of what was read later those that are among the rows. */
    Contents with(Contents later, List<HeadRow> rows) {
      Set<String> here = texts();
      Set<String> wanted = rows.stream().map(HeadRow::note).collect(Collectors.toSet());
      List<SignedNote> all = new ArrayList<>(notes);
      later.notes.stream()
          .filter(note -> wanted.contains(note.toString()) && !here.contains(note.toString()))
          .forEach(all::add);
      return new Contents(all, faults, length);
    }
  }

  /** Reads all; nothing where there is no file. A note that was cut off at the end is left out. */
  Contents read() throws IOException {
    List<SignedNote> notes = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    if (!Files.exists(file)) {
      return new Contents(notes, faults, 0);
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    int from = 0;
    int number = 1;
    int end;
    while ((end = endOfNote(text, from)) > 0) {
      try {
        notes.add(SignedNote.parse(text.substring(from, end - 1)));
      } catch (IllegalArgumentException e) {
        faults.add("%s: note %d cannot be read: %s".formatted(NAME, number, e.getMessage()));
      }
      from = end;
      number++;
    }
    long length = text.substring(0, from).getBytes(StandardCharsets.UTF_8).length;
    return new Contents(notes, faults, length);
  }

  /** Where the note that begins here ends, its empty line included; 0 where it is cut off. */
  private static int endOfNote(String text, int from) {
    int signatures = text.indexOf(PART_END, from);
    int end = signatures < 0 ? -1 : text.indexOf(PART_END, signatures + PART_END.length());
    return end < 0 ? 0 : end + PART_END.length();
  }

  /** Appends a note and flushes it; what a crash left half-written is cut off before. */
  void append(SignedNote note) throws IOException {
    boolean asLeft = writtenTo != UNKNOWN && Files.exists(file) && Files.size(file) == writtenTo;
    long length = asLeft ? writtenTo : read().length();
    byte[] bytes = (note + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(length);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        length += channel.write(buffer, length);
      }
      channel.force(true);
      writtenTo = length;
    }
  }
}
