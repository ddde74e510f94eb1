package io.feedrate.collector.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The hourly files of a journal. */
final class JournalFiles {
  private static final String SUFFIX = "F.cq4";
  private static final DateTimeFormatter HOUR_MINUTE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmm");

  private JournalFiles() {}

  /**
   * One file.
   *
   * @param cycle hours since the epoch
   * @param bytes its length; much of it may be holes
   */
  record HourFile(Path path, int cycle, long bytes) {
    long endNs() {
      return TimeUnit.HOURS.toNanos(cycle + 1L);
    }
  }

  /** All files, oldest first. */
  static List<HourFile> list(Path directory) throws IOException {
    List<HourFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = path.getFileName().toString();
        if (name.endsWith(SUFFIX)) {
          files.add(new HourFile(path, cycle(name), Files.size(path)));
        }
      }
    } catch (NoSuchFileException e) {
      return list(directory); // removed while listing
    }
    files.sort(Comparator.comparingInt(HourFile::cycle));
    return files;
  }

  private static int cycle(String name) {
    String hour = name.substring(0, name.length() - SUFFIX.length());
    long seconds = LocalDateTime.parse(hour + "00", HOUR_MINUTE).toEpochSecond(ZoneOffset.UTC);
    return (int) TimeUnit.SECONDS.toHours(seconds);
  }
}
