package io.feedrate.collector.journal;

import java.nio.file.Path;
import net.openhft.chronicle.queue.ExcerptAppender;

/** A process that dies in the middle of writing a record, holding the queue's write lock. */
final class HaltMidWrite {
  private HaltMidWrite() {}

  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    EpochClock clock = new EpochClock();
    try (Journal journal = Journal.open(directory, clock)) {
      journal.appendTick();
      journal.appendTick();
    }
    ExcerptAppender appender = Journal.queue(directory, false, clock).createAppender();
    appender.writingDocument().wire().bytes().writeLong(-1).writeLong(-1);
    Runtime.getRuntime().halt(137);
  }
}
